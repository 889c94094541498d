/// What a rule matches, before it is compiled.
indirect enum GrammarExpression: Sendable, Hashable {
    case bytes([UInt8])
    /// One character.
    case scalars(GrammarCharacters)
    /// One after another; nothing for none.
    case sequence([GrammarExpression])
    /// One of them; of none there is no text at all.
    case choice([GrammarExpression])
    /// At least so often, at most so often.
    case repeated(GrammarExpression, Int, Int?)
    /// The rule of this number.
    case rule(Int)

    static let nothing = sequence([])
    static func text(_ text: String) -> GrammarExpression { .bytes(Array(text.utf8)) }
    static func optional(_ expression: GrammarExpression) -> GrammarExpression { .repeated(expression, 0, 1) }
}

/// A rule with the name that errors call it by.
struct GrammarRule: Sendable, Hashable {
    var name: String
    var expression: GrammarExpression
}

/// A set of Unicode scalars as ascending ranges that do not touch.
struct GrammarCharacters: Sendable, Hashable {
    let ranges: [ClosedRange<UInt32>]
    static let last: UInt32 = 0x10FFFF
    static let all = GrammarCharacters([0...last])

    init(_ ranges: [ClosedRange<UInt32>]) {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let end = merged.last, range.lowerBound <= end.upperBound &+ 1 {
                merged[merged.count - 1] = end.lowerBound...max(end.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    init(_ characters: String) { self.init(characters.unicodeScalars.map { $0.value...$0.value }) }

    var inverted: GrammarCharacters {
        var result: [ClosedRange<UInt32>] = [], start: UInt32 = 0
        for range in ranges {
            if range.lowerBound > start { result.append(start...range.lowerBound - 1) }
            start = range.upperBound + 1
        }
        if start <= Self.last { result.append(start...Self.last) }
        return GrammarCharacters(result)
    }

    func union(_ other: GrammarCharacters) -> GrammarCharacters { GrammarCharacters(ranges + other.ranges) }
    func subtracting(_ other: GrammarCharacters) -> GrammarCharacters { inverted.union(other).inverted }
    func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } }

    /// The UTF-8 forms of all members, as sequences of ranges of bytes. Surrogates have none.
    var byteSequences: [[ClosedRange<UInt8>]] {
        var result: [[ClosedRange<UInt8>]] = []
        // Within a piece all forms have the same length.
        for piece: ClosedRange<UInt32> in [0...0x7F, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x10000...Self.last] {
            for range in ranges where range.overlaps(piece) { Self.split(range.clamped(to: piece), into: &result) }
        }
        return result
    }

    /// Cuts a range until all bytes but the first that differs run through all continuation bytes.
    private static func split(_ range: ClosedRange<UInt32>, into result: inout [[ClosedRange<UInt8>]]) {
        let (low, high) = (range.lowerBound, range.upperBound)
        if high > 0x7F {
            for bits: UInt32 in [6, 12, 18] {
                let mask: UInt32 = 1 << bits - 1
                guard low & ~mask != high & ~mask else { continue }
                if low & mask != 0 {
                    split(low...(low | mask), into: &result)
                    return split((low | mask) + 1...high, into: &result)
                }
                if high & mask != mask {
                    split(low...(high & ~mask) - 1, into: &result)
                    return split((high & ~mask)...high, into: &result)
                }
            }
        }
        result.append(zip(encoded(low), encoded(high)).map { $0...$1 })
    }

    private static func encoded(_ scalar: UInt32) -> [UInt8] {
        func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | (scalar >> shift) & 0x3F) }
        if scalar < 0x80 { return [UInt8(scalar)] }
        if scalar < 0x800 { return [UInt8(0xC0 | scalar >> 6), tail(0)] }
        if scalar < 0x10000 { return [UInt8(0xE0 | scalar >> 12), tail(6), tail(0)] }
        return [UInt8(0xF0 | scalar >> 18), tail(12), tail(6), tail(0)]
    }
}
