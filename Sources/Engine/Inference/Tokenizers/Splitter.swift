/// One step of a pre-tokenizer: cuts pieces of text into smaller pieces. Steps run one after another, each on the pieces of the last, as Hugging Face's "isolated" splits do.
protocol Splitter: Sendable {
    /// The ends of the new pieces, given the ends of the old ones. Both are ascending indices into the text's scalars, and the last is its length.
    func split(_ text: ScalarText, _ ends: [Int]) -> [Int]
}

/// A splitter that finds matches from left to right. A match is a piece, and so is all that lies between two matches.
protocol MatchingSplitter: Splitter {
    /// Where the match at `start` ends; `start` itself if there is none. `limit` counts as the end of the text.
    ///
    /// A failing match must look at a bounded number of scalars only, or the scan would be quadratic.
    func matchEnd(_ text: ScalarText, _ start: Int, _ limit: Int, _ memory: inout SpaceMemory) -> Int
}

extension MatchingSplitter {
    func split(_ text: ScalarText, _ ends: [Int]) -> [Int] {
        var result: [Int] = []
        result.reserveCapacity(max(ends.count, text.count / 4))
        var gap = 0, at = 0
        for limit in ends {
            var memory = SpaceMemory()
            while at < limit {
                let end = matchEnd(text, at, limit, &memory)
                guard end > at else { at += 1; continue }
                if gap < at { result.append(at) }
                result.append(end)
                at = end
                gap = end
            }
            if gap < limit { result.append(limit) }
            gap = limit
        }
        return result
    }
}

/// Where the current run of whitespace ends, kept from match to match: patterns that take a long run in small bites would otherwise walk it again for each bite.
struct SpaceMemory {
    private(set) var runEnd = 0
    /// The place after the run's last CR or LF; 0 if it has none.
    private(set) var newlineEnd = 0

    /// Makes the two ends those of the run at `start`.
    @inline(__always)
    mutating func note(_ text: ScalarText, _ start: Int, _ limit: Int) {
        guard start >= runEnd else {
            if newlineEnd <= start { newlineEnd = 0 }
            return
        }
        var at = start
        newlineEnd = 0
        while at < limit, text.classes[at] & ScalarClass.space != 0 {
            at += 1
            if text.classes[at - 1] & ScalarClass.newline != 0 { newlineEnd = at }
        }
        runEnd = at
    }
}

/// A set of scalars: some classes, and some ranges of values; or all others.
struct ScalarSet: Sendable {
    private let classes: UInt16
    private let ranges: [ClosedRange<UInt32>]
    private let isInverted: Bool

    /// - Parameters:
    ///   - members: single scalars; `ranges`: pairs of scalars, first and last, one after another: "azAZ".
    init(_ classes: UInt16 = 0, members: String = "", ranges: String = "", isInverted: Bool = false) {
        let bounds = ranges.unicodeScalars.map(\.value)
        let pairs = stride(from: 0, to: bounds.count - 1, by: 2).compactMap { bounds[$0] <= bounds[$0 + 1] ? bounds[$0]...bounds[$0 + 1] : nil }
        self.init(pairs + members.unicodeScalars.map { $0.value...$0.value }, classes, isInverted: isInverted)
    }

    /// - Parameter ranges: may touch but not overlap, which the search relies on.
    init(_ ranges: [ClosedRange<UInt32>], _ classes: UInt16 = 0, isInverted: Bool = false) {
        self.ranges = ranges.sorted { $0.lowerBound < $1.lowerBound }
        self.classes = classes
        self.isInverted = isInverted
    }

    @inline(__always)
    func contains(_ scalar: UInt32, _ bits: UInt16) -> Bool { (bits & classes != 0 || inRanges(scalar)) != isInverted }

    private func inRanges(_ scalar: UInt32) -> Bool {
        var low = 0, high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(scalar)
    }
}

/// Runs of one set of scalars: `X{count}`, perhaps with one space before.
struct Runs: MatchingSplitter {
    /// What may stand before a run: nothing, ` ?` or `\s?`.
    enum Lead { case nothing, blank, space }

    let set: ScalarSet
    var counts = 1...Int.max
    var lead = Lead.nothing

    func matchEnd(_ text: ScalarText, _ start: Int, _ limit: Int, _ memory: inout SpaceMemory) -> Int {
        let takesLead =
            switch lead {
            case .nothing: false
            case .blank: text.scalars[start] == 32
            case .space: text.classes[start] & ScalarClass.space != 0
            }
        if takesLead, let end = runEnd(text, start + 1, limit) { return end }
        return runEnd(text, start, limit) ?? start
    }

    private func runEnd(_ text: ScalarText, _ start: Int, _ limit: Int) -> Int? {
        var at = start
        while at < limit, at - start < counts.upperBound, set.contains(text.scalars[at], text.classes[at]) { at += 1 }
        return at - start >= counts.lowerBound ? at : nil
    }
}

/// Runs of several sets, each run of one set: `A+|B+`.
struct EitherRuns: MatchingSplitter {
    let sets: [ScalarSet]

    func matchEnd(_ text: ScalarText, _ start: Int, _ limit: Int, _ memory: inout SpaceMemory) -> Int {
        for set in sets {
            let end = Runs(set: set).matchEnd(text, start, limit, &memory)
            if end > start { return end }
        }
        return start
    }
}

/// The whitespace at the end of each piece: `\s+$`.
struct TrailingSpace: Splitter {
    func split(_ text: ScalarText, _ ends: [Int]) -> [Int] {
        var result: [Int] = []
        result.reserveCapacity(ends.count)
        var start = 0
        for end in ends {
            var space = end
            while space > start, text.classes[space - 1] & ScalarClass.space != 0 { space -= 1 }
            if space > start, space < end { result.append(space) }
            result.append(end)
            start = end
        }
        return result
    }
}

/// Numbers in groups of three from the right, as they are written.
struct DigitGroups: Splitter {
    enum Style {
        /// Each group is a piece.
        case isolated
        /// The same, but a number that a letter or the like follows is left whole: `\d{1,3}(?=(?:\d{3})*\b)`.
        case isolatedBeforeBoundary
        /// Cuts before groups of three only, so that what else stands beside the number stays with it: `(?=(\d{3})+(?!\d))`.
        case cut
    }

    let digits: UInt16
    var style = Style.isolated

    private static let word = ScalarClass.letter | ScalarClass.mark | ScalarClass.number | ScalarClass.joiner

    func split(_ text: ScalarText, _ ends: [Int]) -> [Int] {
        var result: [Int] = []
        result.reserveCapacity(ends.count)
        var at = 0, pieceStart = 0
        func cut(_ place: Int) {
            if place > pieceStart { result.append(place) }
            pieceStart = place
        }
        for limit in ends {
            while at < limit {
                let start = at
                while at < limit, text.classes[at] & digits != 0 { at += 1 }
                if at == start { at += 1; continue }
                if style == .isolatedBeforeBoundary, at < limit, text.classes[at] & Self.word != 0 { continue }
                if style != .cut { cut(start) }
                for place in stride(from: start + (at - start) % 3, to: at, by: 3) { cut(place) }
                if style != .cut { cut(at) }
            }
            cut(limit)
        }
        return result
    }
}

/// The tokens that Chameleon writes into text: `<sentinel:[0-9]+>` or `IMGIMG[A-I]{1,4}Z`.
struct ChameleonMarks: MatchingSplitter {
    let isImage: Bool

    func matchEnd(_ text: ScalarText, _ start: Int, _ limit: Int, _ memory: inout SpaceMemory) -> Int {
        let prefix = isImage ? "IMGIMG" : "<sentinel:"
        var at = start
        for scalar in prefix.unicodeScalars {
            guard at < limit, text.scalars[at] == scalar.value else { return start }
            at += 1
        }
        let inside: ClosedRange<UInt32> = isImage ? 65...73 : 48...57
        let first = at
        while at < limit, inside.contains(text.scalars[at]), at - first < (isImage ? 4 : 64) { at += 1 }
        guard at > first, at < limit, text.scalars[at] == (isImage ? 90 : 62) else { return start }
        return at + 1
    }
}

/// Chameleon's whitespace: a tab, a line feed, four spaces or two.
struct ChameleonSpaces: MatchingSplitter {
    func matchEnd(_ text: ScalarText, _ start: Int, _ limit: Int, _ memory: inout SpaceMemory) -> Int {
        if text.scalars[start] == 9 || text.scalars[start] == 10 { return start + 1 }
        var at = start
        while at < limit, at - start < 4, text.scalars[at] == 32 { at += 1 }
        return at - start == 4 ? at : at - start >= 2 ? start + 2 : start
    }
}
