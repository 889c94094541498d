/// What scanners must know of a Unicode scalar, as bits: its general category in groups, and the properties that patterns ask for.
enum ScalarClass {
    static let letter: UInt16 = 1, number: UInt16 = 2, mark: UInt16 = 4, punctuation: UInt16 = 8, symbol: UInt16 = 16, other: UInt16 = 32
    /// White_Space, which is what \s means in the patterns' own engines.
    static let space: UInt16 = 64
    /// Lu and Lt; Ll. Lm and Lo have neither bit.
    static let upper: UInt16 = 128, lower: UInt16 = 256
    static let han: UInt16 = 512
    /// CR and LF.
    static let newline: UInt16 = 1024
    /// Nd.
    static let digit: UInt16 = 2048
    /// What \w means beside letters, marks and digits: Nl and Pc.
    static let joiner: UInt16 = 4096

    /// The classes of the first plane: asking the standard library for each scalar again would cost more than all the rest of a scan.
    static let table: [UInt16] = (0..<0x10000).map(computed)

    static func of(_ scalar: UInt32) -> UInt16 { scalar < 0x10000 ? table[Int(scalar)] : computed(scalar) }

    private static func computed(_ value: UInt32) -> UInt16 {
        guard let scalar = Unicode.Scalar(value) else { return other }
        var bits: UInt16 =
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .titlecaseLetter: letter | upper
            case .lowercaseLetter: letter | lower
            case .modifierLetter, .otherLetter: letter
            case .decimalNumber: number | digit
            case .letterNumber: number | joiner
            case .otherNumber: number
            case .nonspacingMark, .spacingMark, .enclosingMark: mark
            case .connectorPunctuation: punctuation | joiner
            case .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation: punctuation
            case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: symbol
            case .spaceSeparator, .lineSeparator, .paragraphSeparator: 0
            case .control, .format, .surrogate, .privateUse: other
            // Unassigned scalars belong to no group: they may be letters in a newer Unicode, and BERT keeps them where it drops controls.
            case .unassigned: 0
            @unknown default: 0
            }
        if scalar.properties.isWhitespace { bits |= space }
        if value == 10 || value == 13 { bits |= newline }
        if hanRanges.contains(where: { $0.contains(value) }) { bits |= han }
        return bits
    }

    /// Script=Han (Unicode 16), which the standard library does not tell.
    private static let hanRanges: [ClosedRange<UInt32>] = [
        0x2E80...0x2E99, 0x2E9B...0x2EF3, 0x2F00...0x2FD5, 0x3005...0x3005, 0x3007...0x3007, 0x3021...0x3029, 0x3038...0x303B, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xF900...0xFA6D, 0xFA70...0xFAD9, 0x16FE2...0x16FE3, 0x16FF0...0x16FF1, 0x20000...0x2A6DF, 0x2A700...0x2B739, 0x2B740...0x2B81D, 0x2B820...0x2CEA1,
        0x2CEB0...0x2EBE0, 0x2EBF0...0x2EE5D, 0x2F800...0x2FA1D, 0x30000...0x3134A, 0x31350...0x323AF,
    ]
}

/// Text as scalars with their classes, the form in which scanners read it.
struct ScalarText {
    private(set) var scalars: [UInt32] = []
    private(set) var classes: [UInt16] = []

    /// Reads the UTF-8 in `range`. Bytes of a `String` are always valid; a stray byte would count as one scalar U+FFFD.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        scalars.reserveCapacity(range.count)
        classes.reserveCapacity(range.count)
        let table = ScalarClass.table
        var at = range.lowerBound
        while at < range.upperBound {
            let (scalar, count) = UTF8Reader.scalar(bytes, at, range.upperBound)
            scalars.append(scalar)
            classes.append(scalar < 0x10000 ? table[Int(scalar)] : ScalarClass.of(scalar))
            at += count
        }
    }

    var count: Int { scalars.count }
}

/// Steps through UTF-8.
enum UTF8Reader {
    /// The scalar at `at` and its length in bytes; U+FFFD and 1 for anything but well-formed UTF-8 before `limit`.
    @inline(__always)
    static func scalar(_ bytes: [UInt8], _ at: Int, _ limit: Int) -> (UInt32, Int) {
        let lead = UInt32(bytes[at])
        if lead < 0x80 { return (lead, 1) }
        let count = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard lead >= 0xC2, lead <= 0xF4, count <= limit - at else { return (0xFFFD, 1) }
        var value = lead & (0xFF >> UInt32(count + 1))
        for index in 1..<count {
            guard bytes[at + index] & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            value = value << 6 | UInt32(bytes[at + index] & 0x3F)
        }
        return value <= 0x10FFFF && !(0xD800...0xDFFF).contains(value) ? (value, count) : (0xFFFD, 1)
    }

    /// The length of a scalar in UTF-8.
    @inline(__always)
    static func width(_ scalar: UInt32) -> Int { scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4 }
}
