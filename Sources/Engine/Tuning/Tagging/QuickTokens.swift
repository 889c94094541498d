/// A word, a number, an ideograph or a mark of a text, as a quick tagger sees it.
struct QuickToken: Sendable, Hashable {
    /// Bytes of the text, the end behind the last.
    var start: Int32, end: Int32
    /// Of the word in small letters, or of the character.
    var hash: UInt32
    /// Up to three small letters at either end of a word, a byte each; 0 for what is no word.
    var prefix: UInt32 = 0, suffix: UInt32 = 0
    /// One of ``QuickTokens/shapeCount`` shapes, and a sixth bit for white space before it.
    var shape: UInt32

    static let edge = QuickToken(start: 0, end: 0, hash: 0x51ED_270B, shape: 0)
}

/// Cuts UTF-8 into tokens: runs of letters (Latin, Greek, Cyrillic), runs of digits, line breaks, and everything else one character at a time. White space is left out and remembered by what follows it.
///
/// Room for tokens is kept from text to text. ``padding`` edges stand before the first and behind the last, so that no feature asks whether it has a neighbor.
struct QuickTokens: Sendable {
    static let padding = 3
    static let shapeCount = 32
    /// Stands for a line break in texts of several lines (SYMBOL FOR NEWLINE).
    private static let newlineSymbol: UInt32 = 0xE2_908A

    private(set) var items: [QuickToken] = []
    /// What a byte begins, see ``Kind``.
    private let kinds: [UInt8]

    /// Tokens of the text, without edges.
    var count: Int { max(0, items.count - 2 * Self.padding) }
    /// A token, counted from 0.
    subscript(index: Int) -> QuickToken { items[Self.padding + index] }

    private enum Kind { static let space: UInt8 = 0, digit: UInt8 = 1, letter: UInt8 = 2, mark: UInt8 = 3, two: UInt8 = 4, three: UInt8 = 5, four: UInt8 = 6, letterTwo: UInt8 = 7, letterThree: UInt8 = 8, stray: UInt8 = 9, newline: UInt8 = 10 }

    init() {
        kinds = (0..<256).map { byte in
            switch byte {
            case 0x0A...0x0D: Kind.newline
            case 0...0x20, 0x7F: Kind.space
            case 0x30...0x39: Kind.digit
            case 0x41...0x5A, 0x61...0x7A: Kind.letter
            case 0x21..<0x7F: Kind.mark
            case 0xC3...0xD4: Kind.letterTwo
            case 0xC2, 0xD5...0xDF: Kind.two
            case 0xE1: Kind.letterThree
            case 0xE0...0xEF: Kind.three
            case 0xF0...0xF4: Kind.four
            default: Kind.stray
            }
        }
    }

    /// Reads the bytes of a range; what was read before is forgotten.
    mutating func read(_ bytes: [UInt8], _ range: Range<Int>) {
        items.removeAll(keepingCapacity: true)
        for _ in 0..<Self.padding { items.append(.edge) }
        var place = range.lowerBound, spaced: UInt32 = 0
        let end = range.upperBound
        while place < end {
            let start = place, kind = kinds[Int(bytes[place])]
            var token: QuickToken
            switch kind {
            case Kind.space:
                (place, spaced) = (place + 1, 32)
                continue
            case Kind.letter, Kind.letterTwo, Kind.letterThree: token = word(bytes, &place, end)
            case Kind.digit: token = number(bytes, &place, end)
            case Kind.newline:
                place += 1
                token = QuickToken(start: 0, end: 0, hash: Self.mixed(Self.newlineSymbol), shape: 17)
            default:
                let length = kind == Kind.three ? 3 : kind == Kind.two ? 2 : kind == Kind.four ? 4 : 1
                var value: UInt32 = 0
                let last = min(end, place + length)
                while place < last {
                    value = value << 8 | UInt32(bytes[place])
                    place += 1
                }
                // Ideographic and no-break spaces.
                if value == 0xE3_8080 || value == 0xC2A0 {
                    spaced = 32
                    continue
                }
                token = QuickToken(start: 0, end: 0, hash: Self.mixed(Self.halved(value)), shape: Self.shape(of: value))
            }
            (token.start, token.end) = (Int32(truncatingIfNeeded: start), Int32(truncatingIfNeeded: place))
            token.shape |= spaced
            spaced = 0
            items.append(token)
        }
        for _ in 0..<Self.padding { items.append(.edge) }
    }

    private func word(_ bytes: [UInt8], _ place: inout Int, _ end: Int) -> QuickToken {
        var hash: UInt32 = 0x811C_9DC5, prefix: UInt32 = 0, suffix: UInt32 = 0, letters = 0, capitals = 0, isFirstCapital = false
        while place < end {
            let byte = bytes[place], kind = kinds[Int(byte)]
            if kind == Kind.letter {
                let small = byte | 0x20
                if small != byte {
                    capitals += 1
                    if letters == 0 { isFirstCapital = true }
                }
                hash = (hash ^ UInt32(small)) &* 0x0100_0193
                suffix = suffix << 8 | UInt32(small)
                place += 1
            } else if kind == Kind.letterTwo || kind == Kind.letterThree {
                // Capital letters of Latin-1 and of the Greek and Cyrillic blocks stand before the small ones; others pass as small.
                let last = min(end, place + (kind == Kind.letterTwo ? 2 : 3))
                if place + 1 < end, byte == 0xC3 && bytes[place + 1] < 0x9F || (byte == 0xCE || byte == 0xD0) && bytes[place + 1] < 0xB0 {
                    capitals += 1
                    if letters == 0 { isFirstCapital = true }
                }
                while place < last {
                    let small = byte == 0xC3 && bytes[place] < 0x9F ? bytes[place] | 0x20 : bytes[place]
                    hash = (hash ^ UInt32(small)) &* 0x0100_0193
                    suffix = suffix << 8 | UInt32(small)
                    place += 1
                }
            } else {
                break
            }
            letters += 1
            if letters <= 3 { prefix = suffix }
        }
        let shape: UInt32 = capitals == 0 ? (letters > 3 ? 1 : 2) : capitals == letters ? (letters == 1 ? 3 : 4) : isFirstCapital ? (capitals == 1 ? 5 : 6) : 7
        return QuickToken(start: 0, end: 0, hash: Self.mixed(hash), prefix: prefix, suffix: suffix & 0xFF_FFFF, shape: shape)
    }

    /// Numbers of one length are one number: what counts is how long it is.
    private func number(_ bytes: [UInt8], _ place: inout Int, _ end: Int) -> QuickToken {
        let start = place
        var value: UInt32 = 0
        while place < end, kinds[Int(bytes[place])] == Kind.digit {
            value = value &* 10 &+ UInt32(bytes[place] & 15)
            place += 1
        }
        let length = place - start
        // Years and numbers of up to two digits say more than their length.
        let isYear = length == 4 && (1900...2099).contains(value)
        return QuickToken(start: 0, end: 0, hash: Self.mixed(length <= 2 ? 0x100 | value : isYear ? 0x201 : 0x300 | UInt32(min(length, 20))), shape: isYear ? 9 : length <= 2 ? 8 : length <= 4 ? 10 : 11)
    }

    /// Full-width forms of ASCII as ASCII, packed as their bytes.
    private static func halved(_ value: UInt32) -> UInt32 {
        guard value >= 0xEF_BC81, value <= 0xEF_BD9E else { return value }
        return value & 0xFF00 == 0xBC00 ? (value & 0xFF) - 0x60 : (value & 0xFF) - 0x20
    }

    private static func shape(of value: UInt32) -> UInt32 {
        switch value {
        case 0xE3_9080...0xE9_BFBF: 12  // U+3400…U+9FFF
        case 0x2C, 0xEF_BC8C, 0xE3_8081: 13
        case 0x2E, 0x21, 0x3F, 0x3B, 0xE3_8082, 0xEF_BC81, 0xEF_BC9F, 0xEF_BC9B: 14
        case 0x3A, 0xEF_BC9A: 15
        case 0x28, 0x5B, 0x22, 0xEF_BC88, 0xE2_809C, 0xE3_808A, 0xE3_8090: 16
        case newlineSymbol: 17
        case 0x29, 0x5D, 0xEF_BC89, 0xE2_809D, 0xE3_808B, 0xE3_8091: 18
        case 0x27, 0xE2_8099, 0xC2B7, 0xE2_80A2: 19
        case 0x2D, 0x2F, 0x26: 20
        case 0x40, 0x23, 0x5F, 0x3D, 0x5C, 0x24, 0x25: 21
        case 0...0x7F: 22
        case 0xE3_8180...0xE3_83BF, 0xEA_B080...0xED_9EA3: 23  // kana, Hangul
        default: 24
        }
    }

    static func mixed(_ value: UInt32) -> UInt32 {
        var value = (value ^ value >> 16) &* 0x85EB_CA6B
        value = (value ^ value >> 13) &* 0xC2B2_AE35
        return value ^ value >> 16
    }
}
