/// The columns that text takes in a terminal: two for a Chinese character or an emoji, none for a combining mark (Unicode TR 11, in short).
enum TextColumns {
    static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

    /// The columns of a character; its first scalar decides, unless a variation selector asks for an emoji.
    static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first(where: { !isZero($0) }) else { return 0 }
        let asksForEmoji = character.unicodeScalars.contains { $0.value == 0xFE0F } && first.properties.isEmoji && first.value > 0x7F
        // Halfwidth katakana take a column for their sound mark.
        let marks = character.unicodeScalars.dropFirst().count { $0.value == 0xFF9E || $0.value == 0xFF9F }
        return (isWide(first) || asksForEmoji ? 2 : 1) + marks
    }

    private static func isZero(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: true
        default: false
        }
    }

    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x26AA...0x26AB, 0x26BD...0x26BE, 0x2705...0x2705, 0x270A...0x270B,
        0x2728...0x2728, 0x274C...0x274C, 0x2753...0x2755, 0x2795...0x2797, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F1E6...0x1F1FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F7E0...0x1F7EB,
        0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
    ]

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x1100 && wide.contains { $0.contains(scalar.value) } }
}
