import Core

/// A piece of a text that has a type, such as a person's name.
public struct TextSpan: Sendable, Hashable, Comparable {
    /// The first Unicode scalar, and the one behind the last.
    public var start: Int, end: Int
    public var type: String

    public init(start: Int, end: Int, type: String) { (self.start, self.end, self.type) = (start, end, type) }

    /// By place; of spans that begin together, the longer one first.
    public static func < (a: Self, b: Self) -> Bool { (a.start, -a.end, a.type) < (b.start, -b.end, b.type) }
}

/// A text with its spans, as a file of labels gives them.
public struct TaggedText: Sendable, Hashable {
    /// What the text says, as Unicode scalars.
    public var scalars: [UInt32]
    /// In the order of places, none twice; they may overlap.
    public var spans: [TextSpan]

    public init(scalars: [UInt32], spans: [TextSpan]) { (self.scalars, self.spans) = (scalars, Set(spans).sorted()) }

    public init(_ text: String, spans: [TextSpan]) { self.init(scalars: text.unicodeScalars.map(\.value), spans: spans) }

    /// Spans of which no two overlap: of those that do, the one that begins first stays, and of those that begin together the longest.
    public var flatSpans: [TextSpan] {
        var end = 0
        return spans.filter { span in
            guard span.start >= end else { return false }
            end = span.end
            return true
        }
    }
}

/// Tags of characters: outside (0), and for each type begin, inside, end, and single. Only some tags may follow others, so that tags and spans are the same thing.
public struct TagScheme: Sendable, Hashable {
    public let types: [String]
    /// More types make tables of transitions that no longer fit the caches.
    public static let typesMax = 256
    /// The score of what cannot be.
    static let forbidden: Float = -10_000

    public init(types: [String]) { self.types = types }

    public var count: Int { 1 + 4 * types.count }

    private enum Part: Int { case begin, inside, end, single }

    /// Tags of a text of some length; spans must not overlap and must lie within. A type that the scheme does not know is outside.
    public func tags(_ spans: [TextSpan], length: Int) -> [Int32] {
        var tags = [Int32](repeating: 0, count: length)
        let places = Dictionary(types.enumerated().map { ($1, $0) }) { first, _ in first }
        func tag(_ part: Part, _ type: Int) -> Int32 { Int32(1 + 4 * type + part.rawValue) }
        for span in spans {
            guard let type = places[span.type], span.start >= 0, span.start < span.end, span.end <= length else { continue }
            if span.end == span.start + 1 {
                tags[span.start] = tag(.single, type)
                continue
            }
            for place in span.start..<span.end { tags[place] = tag(.inside, type) }
            tags[span.start] = tag(.begin, type)
            tags[span.end - 1] = tag(.end, type)
        }
        return tags
    }

    /// Spans of tags; what does not follow the rules is no span.
    public func spans(_ tags: some Collection<Int32>) -> [TextSpan] {
        var spans: [TextSpan] = []
        var open: (start: Int, type: Int)?
        for (place, tag) in tags.enumerated() {
            guard tag > 0, let part = Part(rawValue: Int(tag - 1) % 4) else {
                open = nil
                continue
            }
            let type = Int(tag - 1) / 4
            switch part {
            case .begin: open = (place, type)
            case .inside: if open?.type != type { open = nil }
            case .end:
                if let begun = open, begun.type == type { spans.append(TextSpan(start: begun.start, end: place + 1, type: types[type])) }
                open = nil
            case .single:
                spans.append(TextSpan(start: place, end: place + 1, type: types[type]))
                open = nil
            }
        }
        return spans
    }

    /// What is added to scores so that only what is possible remains: 0, or ``forbidden``. Of tag j after tag i, of the first, and of the last.
    var masks: (transitions: [Float], starts: [Float], ends: [Float]) {
        func part(_ tag: Int) -> Part? { tag == 0 ? nil : Part(rawValue: (tag - 1) % 4) }
        func opens(_ tag: Int) -> Bool { part(tag) == .begin || part(tag) == .inside }
        func goesOn(_ tag: Int) -> Bool { part(tag) == .inside || part(tag) == .end }
        var transitions = [Float](repeating: 0, count: count * count)
        for i in 0..<count { for j in 0..<count {
            let isPossible = opens(i) ? goesOn(j) && (i - 1) / 4 == (j - 1) / 4 : !goesOn(j)
            if !isPossible { transitions[i * count + j] = Self.forbidden }
        } }
        return (transitions, (0..<count).map { goesOn($0) ? Self.forbidden : 0 }, (0..<count).map { opens($0) ? Self.forbidden : 0 })
    }
}

/// How well spans were found: exact places and types.
public struct SpanScores: Sendable, Hashable {
    /// Spans found that are there; all that were found; all that are there.
    public struct Counts: Sendable, Hashable {
        /// Found and there; found; there.
        public var right = 0, found = 0, there = 0

        public init() {}

        public var precision: Double { found > 0 ? Double(right) / Double(found) : 0 }
        public var recall: Double { there > 0 ? Double(right) / Double(there) : 0 }
        public var f1: Double { found + there > 0 ? 2 * Double(right) / Double(found + there) : 0 }
    }

    public private(set) var byType: [String: Counts] = [:]

    public init() {}

    /// Counts the spans of a text.
    public mutating func add(found: some Sequence<TextSpan>, there: some Sequence<TextSpan>) {
        let (found, there) = (Set(found), Set(there))
        for span in found { byType[span.type, default: Counts()].found += 1 }
        for span in there { byType[span.type, default: Counts()].there += 1 }
        for span in found.intersection(there) { byType[span.type, default: Counts()].right += 1 }
    }

    /// All types together (micro average).
    public var all: Counts {
        byType.values.reduce(into: Counts()) { sum, own in (sum.right, sum.found, sum.there) = (sum.right + own.right, sum.found + own.found, sum.there + own.there) }
    }

    public var json: JSONValue {
        func object(_ counts: Counts) -> JSONValue {
            ["precision": .double(counts.precision), "recall": .double(counts.recall), "f1": .double(counts.f1), "right": .int(counts.right), "found": .int(counts.found), "there": .int(counts.there)]
        }
        return ["micro": object(all), "types": .object(byType.mapValues(object))]
    }
}
