/// Tags of a quick tagger: at most ``lanes``, so that the scores of a token are one vector.
///
/// Outside is 0. A type has up to three parts, as many as fit: of five types each has begin, middle and end (a span of one token is an end); of eight most have begin and inside. A type with one part is inside only,
/// so that two spans of it that touch are one.
struct QuickTags: Sendable, Hashable {
    static let lanes = 16
    /// Types that have a lane each.
    static let typesMax = 15

    let types: [String]
    /// Parts of each type: 1, 2 or 3.
    let parts: [Int]
    /// Type of each tag, and which part of it; -1 for outside.
    private let owners: [(type: Int, part: Int)]

    enum Part: Int { case begin, middle, end, inside }

    /// - Parameters:
    ///   - types: in the order of the model's file.
    ///   - counts: how often each type occurs; frequent types get more parts.
    init(types: [String], counts: [String: Int]) {
        let share = min(3, (Self.lanes - 1) / max(1, types.count))
        var parts = [Int](repeating: share, count: types.count)
        var free = Self.lanes - 1 - share * types.count
        for type in types.indices.sorted(by: { (counts[types[$1], default: 0], $0) < (counts[types[$0], default: 0], $1) }) where free > 0 && share < 3 {
            parts[type] += 1
            free -= 1
        }
        self.init(types: types, parts: parts)
    }

    init(types: [String], parts: [Int]) {
        (self.types, self.parts) = (types, parts)
        owners = [(-1, 0)] + parts.enumerated().flatMap { type, count in (0..<count).map { (type, $0) } }
    }

    /// Outside, and the parts of all types.
    var count: Int { owners.count }

    static func == (a: Self, b: Self) -> Bool { a.types == b.types && a.parts == b.parts }
    func hash(into hasher: inout Hasher) { (types, parts).0.hash(into: &hasher) }

    func part(_ tag: Int) -> (type: Int, part: Part)? {
        let owner = owners[tag]
        guard owner.type >= 0 else { return nil }
        switch (parts[owner.type], owner.part) {
        case (1, _): return (owner.type, .inside)
        case (2, 0): return (owner.type, .begin)
        case (2, _): return (owner.type, .middle)
        case (_, 0): return (owner.type, .begin)
        case (_, 1): return (owner.type, .middle)
        default: return (owner.type, .end)
        }
    }

    /// Whether a span is open behind this tag and must go on.
    private func mustGoOn(_ tag: Int) -> Bool { part(tag).map { parts[$0.type] == 3 && $0.part != .end } ?? false }
    private func needsOpen(_ tag: Int) -> Bool { part(tag)?.part == .middle }

    /// Whether a text may begin, and end, with a tag; and whether one may follow another.
    func canBegin(_ tag: Int) -> Bool { !needsOpen(tag) }
    func canEnd(_ tag: Int) -> Bool { !mustGoOn(tag) }
    func canFollow(_ tag: Int, _ next: Int) -> Bool {
        let (own, other) = (part(tag), part(next))
        if mustGoOn(tag) { return other?.type == own?.type && other?.part != .begin }
        guard needsOpen(next) else { return true }
        // Only types of two parts come here: their spans may end anywhere.
        return own?.type == other?.type && own.map { parts[$0.type] == 2 } ?? false
    }

    /// Tags of tokens; spans are ranges of tokens that do not overlap, with the type's place.
    func tags(_ spans: [(range: Range<Int>, type: Int)], count: Int) -> [Int] {
        var tags = [Int](repeating: 0, count: count)
        let firsts = parts.indices.map { 1 + parts[..<$0].reduce(0, +) }
        for (range, type) in spans {
            let first = firsts[type]
            for place in range { tags[place] = parts[type] == 1 ? first : first + 1 }
            if parts[type] > 1 { tags[range.lowerBound] = first }
            if parts[type] == 3 { tags[range.upperBound - 1] = first + 2 }
        }
        return tags
    }

    /// The spans of a path that follows the rules, as ranges of places, with the types' places.
    func spans(_ path: [UInt8]) -> [(range: Range<Int>, type: Int)] {
        // Most paths have none, and then nothing is allocated.
        var place = 0, spans: [(range: Range<Int>, type: Int)] = []
        while place < path.count {
            guard let begun = part(Int(path[place])) else {
                place += 1
                continue
            }
            let start = place
            place += 1
            if begun.part != .end {
                while place < path.count, let next = part(Int(path[place])), next.type == begun.type, next.part == .middle || next.part == .inside || next.part == .end && parts[begun.type] == 3 {
                    place += 1
                    if next.part == .end { break }
                }
            }
            spans.append((start..<place, begun.type))
        }
        return spans
    }
}
