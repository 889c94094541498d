import Kernels

/// Which patterns can match a word at all, told by how it looks: its length, whether a letter begins it, of which digits and letters it is, and what stands behind it.
///
/// A word is a run of ASCII letters and digits that nothing of the kind touches. A pattern that must match a word whole has nothing to do with one of another length, one that goes
/// on behind a word nothing with other bytes there, and most words of a text are short numbers: walks that begin with the patterns of their kind alone meet far fewer states, and most end at once. (Rejected: an automaton for each length, which shares no states.)
struct WordKinds {
    /// The kind of places where no word is known to stand: all patterns.
    static let any = 0
    /// Longer words are of ``any`` kind.
    static let lengthMax = 63
    /// Sets of bytes that words are of, the narrowest first: digits; with a…f; with A…F; with letters of lower case; of upper case; with both.
    private static let sets: [UInt8] = [digit, digit | lowHex, digit | highHex, digit | lowHex | low, digit | highHex | high, 31]
    private static let (digit, lowHex, low, highHex, high): (UInt8, UInt8, UInt8, UInt8, UInt8) = (1, 2, 4, 8, 16)
    static let count = 1 + 2 * sets.count * lengthMax * followerCount
    /// Classes of bytes behind a word: the end of the text, blanks, four marks that numbers are joined by, other ASCII, and what is beyond it.
    private static let followerCount = 8
    private static let followers: [UInt8] = (0...255).map { (byte: UInt8) -> UInt8 in
        switch byte {
        case 9, 10, 13, 32: 1
        case UInt8(ascii: "-"): 2
        case UInt8(ascii: "."): 3
        case UInt8(ascii: ":"): 4
        case UInt8(ascii: "/"): 5
        case 0..<128: 6
        default: 7
        }
    }

    /// Of each byte its part of the sets; 0 for what belongs to no word.
    private static let parts: [UInt8] = (0...255).map { (byte: UInt8) -> UInt8 in
        switch byte {
        case 48...57: digit
        case 97...102: lowHex
        case 103...122: low
        case 65...70: highHex
        case 71...90: high
        default: 0
        }
    }
    /// Of each union of parts the narrowest set that holds it.
    private static let setOf: [UInt8] = (0..<32).map { (union: UInt8) -> UInt8 in UInt8(sets.firstIndex { $0 & union == union } ?? sets.count - 1) }

    /// The kinds of words that ``ByteScan/words(in:into:)`` has found.
    static func kinds(of words: [ByteScan.Span], in text: [UInt8], into out: inout [UInt32]) {
        ByteScan.kinds(of: words, in: text, parts: parts, sets: setOf, followers: followers, most: lengthMax, into: &out)
    }

    /// The kind of a word.
    static func kind(_ text: [UInt8], _ word: Range<Int>) -> Int {
        guard word.count <= lengthMax, !word.isEmpty else { return any }
        let (parts, setOf) = (parts, setOf)
        var union: UInt8 = 0
        for place in word { union |= parts[Int(text[place])] }
        let row = (2 * Int(setOf[Int(union)]) + (text[word.lowerBound] >= 65 ? 1 : 0)) * lengthMax + word.count - 1
        return 1 + row * followerCount + (word.upperBound < text.count ? Int(followers[Int(text[word.upperBound])]) : 0)
    }

    /// Words of one set and first byte, read as far as some length.
    private struct Reading {
        /// Instructions that the last byte has led to.
        var members: [Int32]
        /// Patterns that match a part of the word, by number.
        var hasMatched: [Bool]
        /// For each length, and each class of what follows, the starts of the patterns that may match.
        var starts: [[[Int32]]] = []
    }

    private let program: PatternProgram
    /// Of each pattern whether it must match the word whole, or go on behind it.
    private let isWhole: [Bool]
    /// Of each instruction its pattern.
    private let owners: [Int32]
    /// Of each instruction the parts that its bytes are of, and from bit 8 on the classes of those that are of none.
    private let unions: [UInt16]
    private var readings: [Reading?]
    private var seen: [Int32]
    private var round: Int32 = 0

    init(_ program: PatternProgram, isWhole: [Bool]) {
        precondition(isWhole.count == program.patternCount)
        (self.program, self.isWhole) = (program, isWhole)
        var owner: Int32 = 0
        owners = program.instructions.map { instruction in
            // A pattern's instructions follow its match.
            if case .match(let number) = instruction { owner = number }
            return owner
        }
        unions = program.instructions.map { instruction in
            guard case .bytes(let low, let high, _) = instruction, low <= high else { return 0 }
            return (low...high).reduce(0) { $0 | (Self.parts[Int($1)] == 0 ? 256 << UInt16(Self.followers[Int($1)]) : UInt16(Self.parts[Int($1)])) }
        }
        readings = [Reading?](repeating: nil, count: 2 * Self.sets.count)
        seen = [Int32](repeating: 0, count: program.instructions.count)
    }

    /// The starts of the patterns that may match a word of a kind. Words of the kind are read all at once: what some of them lead to counts for all, so that a pattern can be named in vain and is never missed.
    mutating func starts(of kind: Int) -> [Int32] {
        let (follower, word) = ((kind - 1) % Self.followerCount, (kind - 1) / Self.followerCount)
        let (row, length) = (word / Self.lengthMax, word % Self.lengthMax + 1)
        var reading = readings[row] ?? Reading(members: closed(program.starts), hasMatched: [Bool](repeating: false, count: program.patternCount))
        let set = Self.sets[row / 2]
        while reading.starts.count < length {
            let isFirst = reading.starts.isEmpty
            let bytes = isFirst ? (row % 2 == 0 ? Self.digit : set & ~Self.digit) : set
            reading.members = closed(
                reading.members.compactMap { place -> Int32? in
                    guard unions[Int(place)] & UInt16(bytes) != 0, case .bytes(_, _, let next) = program.instructions[Int(place)] else { return nil }
                    return next
                })
            reading.starts.append(possible(&reading))
        }
        readings[row] = reading
        return reading.starts[length - 1][follower]
    }

    /// The starts of patterns that have matched, or go on behind the word.
    private func possible(_ reading: inout Reading) -> [[Int32]] {
        // Of each pattern a bit for each class of bytes that it may go on with; all for one that has matched.
        var ways = [UInt16](repeating: 0, count: program.patternCount)
        for place in reading.members {
            let owner = Int(owners[Int(place)])
            if case .match = program.instructions[Int(place)] {
                (ways[owner], reading.hasMatched[owner]) = (.max, true)
            } else {
                ways[owner] |= unions[Int(place)] >> 8
            }
        }
        return (0..<Self.followerCount).map { follower in
            ways.indices.filter { ways[$0] >> UInt16(follower) & 1 == 1 || (!isWhole[$0] && reading.hasMatched[$0]) }.map { program.starts[$0] }
        }
    }

    /// What places lead to without a byte. Assertions are taken to hold.
    private mutating func closed(_ places: [Int32]) -> [Int32] {
        round += 1
        var (found, stack): ([Int32], [Int32]) = ([], places)
        while let place = stack.popLast() {
            guard seen[Int(place)] != round else { continue }
            seen[Int(place)] = round
            switch program.instructions[Int(place)] {
            case .split(let first, let second): stack += [first, second]
            case .assertion(_, let next): stack.append(next)
            default: found.append(place)
            }
        }
        return found
    }
}
