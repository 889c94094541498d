import Kernels

/// What scalars stand for when they are meant as ASCII: full-width forms, other scripts' digits, look-alikes of letters, numerals; and those that are not seen at all.
enum Folding {
    /// 0: stands for itself; 1: is left out; else an ASCII byte.
    static let replacements: [UInt8] = tables.replacements
    /// A ``ByteScan/Fold`` for each scalar of the basic plane.
    static let kinds: [UInt8] = tables.kinds

    /// 1 for each 64 scalars among which one has a kind.
    static let blocks: [UInt8] = (0..<1_024).map { block in kinds[64 * block..<64 * block + 64].contains { $0 != 0 } ? 1 : 0 }

    static let leftOut: UInt8 = 1

    private static let tables: (replacements: [UInt8], kinds: [UInt8]) = {
        var replacements = [UInt8](repeating: 0, count: 65_536)
        var kinds = [UInt8](repeating: 0, count: 65_536)
        func set(_ scalar: UInt32, _ byte: UInt8, _ kind: ByteScan.Fold) {
            replacements[Int(scalar)] = byte
            kinds[Int(scalar)] = kind.rawValue
        }
        func digits(from scalar: UInt32, first: UInt8 = 0, count: UInt8 = 10, _ kind: ByteScan.Fold = .strong) {
            for digit in 0..<count { set(scalar + UInt32(digit), 48 + first + digit, kind) }
        }
        // Full-width ASCII: letters and digits count; its punctuation is ordinary in Chinese text and is folded only beside other signs.
        for scalar: UInt32 in 0xFF01...0xFF5E {
            let byte = UInt8(scalar - 0xFEE0)
            let isWord = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 64
            set(scalar, byte, isWord ? .strong : .none)
        }
        // Digits of other scripts, in circles, raised and lowered.
        for start: UInt32 in [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x2080, 0xA620] { digits(from: start) }
        set(0x2070, 48, .strong)
        set(0xB9, 49, .strong)
        set(0xB2, 50, .strong)
        set(0xB3, 51, .strong)
        digits(from: 0x2074, first: 4, count: 6)
        for start: UInt32 in [0x2460, 0x2474, 0x2488, 0x24F5, 0x2776, 0x2780, 0x278A] { digits(from: start, first: 1, count: 9) }
        set(0x24EA, 48, .strong)
        set(0x24FF, 48, .strong)
        for letter: UInt32 in 0..<26 {
            set(0x24B6 + letter, UInt8(65 + letter), .strong)
            set(0x24D0 + letter, UInt8(97 + letter), .strong)
            set(0x249C + letter, UInt8(97 + letter), .strong)
        }
        // What is not seen.
        for range: ClosedRange<UInt32> in [0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0x0300...0x036F, 0xFE00...0xFE0F] {
            for scalar in range { set(scalar, leftOut, .strong) }
        }
        for scalar: UInt32 in [0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0] { set(scalar, leftOut, .strong) }
        // Blanks, dashes and points count beside letters and digits.
        for scalar: UInt32 in [0xA0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x202F, 0x205F, 0x3000] { set(scalar, 32, .weak) }
        for scalar: UInt32 in [0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58, 0xFE63, 0x2043] { set(scalar, 45, .weak) }
        for scalar: UInt32 in [0x2024, 0xFE52, 0x3002] { set(scalar, 46, scalar == 0x3002 ? .none : .weak) }
        set(0x2215, 47, .weak)
        set(0x2044, 47, .weak)
        for (scalar, byte) in zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαινρυχ".unicodeScalars, "ABESIJKMHOPCTYXaesijopcyxdqwhlABEZHIKMNOPTYXoaivpux".utf8) {
            set(scalar.value, byte, .weak)
        }
        // Numerals, also the forms of banknotes and of radio.
        let numerals: [(String, UInt8)] = [
            ("零〇○◯洞", 48), ("一壹幺弌", 49), ("二贰貳兩两弍", 50), ("三叁參叄弎", 51), ("四肆", 52), ("五伍", 53), ("六陆陸", 54), ("七柒拐", 55), ("八捌", 56), ("九玖勾", 57),
        ]
        for (texts, byte) in numerals {
            for scalar in texts.unicodeScalars { set(scalar.value, byte, .numeral) }
        }
        return (replacements, kinds)
    }()

    /// Letters and digits of the supplementary planes: mathematical alphabets and boxed letters.
    static func replacement(supplementary scalar: UInt32) -> UInt8 {
        switch scalar {
        case 0x1D7CE...0x1D7FF: return UInt8(48 + (scalar - 0x1D7CE) % 10)
        case 0x1D400...0x1D6A3:
            let letter = (scalar - 0x1D400) % 52
            return UInt8(letter < 26 ? 65 + letter : 71 + letter)
        case 0x1F130...0x1F149: return UInt8(65 + scalar - 0x1F130)
        case 0x1F150...0x1F169: return UInt8(65 + scalar - 0x1F150)
        case 0x1F170...0x1F189: return UInt8(65 + scalar - 0x1F170)
        case 0x1F100...0x1F10A: return UInt8(48 + (scalar == 0x1F100 ? 0 : scalar - 0x1F101))
        default: return 0
        }
    }

    /// Numerals become digits in runs of at least this many.
    static let numeralRunMin = 5
}
