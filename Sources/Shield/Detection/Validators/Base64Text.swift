/// Base64 (RFC 4648) of both alphabets, with or without padding.
enum Base64Text {
    /// The bytes, or nil where a character is of neither alphabet. Texts over 4,096 characters are cut: checks look at beginnings only.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits = 0
        var count = 0
        for character in text.prefix(4096) where character != UInt8(ascii: "=") {
            guard let value = digit(character) else { return nil }
            bits = (bits << 6 | Int(value)) & 0xffff
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 255))
            }
        }
        return bytes
    }

    /// What a character stands for, in either alphabet.
    static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 65...90: UInt32(byte) - 65
        case 97...122: UInt32(byte) - 71
        case 48...57: UInt32(byte) + 4
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
