/// Reads texts and values alike for ``ExactTable``: ASCII letters in lower case, full-width forms as ASCII, the separators blank, `-`, `.`, `_` and `/` left out.
enum ExactText {
    /// Separators in a row that a match may lie across.
    static let separatorCountMax = 3

    /// What a scalar stands for; nil for a separator.
    static func folded(_ scalar: UInt32) -> UInt32? {
        var scalar = scalar
        if (0xFF01...0xFF5E).contains(scalar) { scalar -= 0xFEE0 } else if scalar == 0x3000 { scalar = 32 }
        switch scalar {
        case 32, 45, 46, 47, 95: return nil
        case 65...90: return scalar | 32
        default: return scalar
        }
    }

    /// Letters and digits of scripts that set blanks between words. A match does not begin or end within a run of them; an ideograph is a word by itself.
    static func isWord(_ scalar: UInt32) -> Bool { scalar &- 48 < 10 || (scalar | 32) &- 97 < 26 || (0xC0...0x0DFF).contains(scalar) }

    /// A value as it is hashed; nil unless it has 4 to 64 characters then.
    static func scalars(of value: String) -> [UInt32]? {
        var scalars: [UInt32] = []
        for scalar in trimmed(value) {
            guard let folded = folded(scalar) else { continue }
            guard scalars.count < ExactTable.lengths.upperBound else { return nil }
            scalars.append(folded)
        }
        return scalars.count >= ExactTable.lengths.lowerBound ? scalars : nil
    }

    private static func trimmed(_ value: String) -> some Sequence<UInt32> {
        let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace || scalar.value == 0xFEFF }
        let scalars = value.unicodeScalars.drop(while: isBlank)
        let end = scalars.lastIndex { !isBlank($0) }.map { scalars.index(after: $0) } ?? scalars.startIndex
        return scalars[..<end].lazy.map(\.value)
    }

    /// A character of a text as it is hashed, and where it stands.
    struct Unit {
        var scalar: UInt32
        var range: Range<Int>
        /// Whether no separator stands between it and the place from which it was looked for.
        var isGlued: Bool
    }

    /// The character at `place` or after the separators there; nil at the end of the text and after too many separators.
    static func unit(_ text: [UInt8], at place: Int) -> Unit? {
        var next = place
        for index in 0...separatorCountMax {
            guard next < text.count else { return nil }
            let (scalar, count) = text[next] < 0x80 ? (UInt32(text[next]), 1) : Escapes.scalar(text, at: next)
            if let folded = folded(scalar) { return Unit(scalar: folded, range: next..<next + count, isGlued: index == 0) }
            next += count
        }
        return nil
    }
}
