/// The check of tokens of GitHub and npm: the last six characters are the CRC-32 of the 30 before them in base 62.
enum TokenCheck {
    static func isValid(_ secret: ArraySlice<UInt8>) -> Bool {
        guard secret.count == 36 else { return false }
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        var rest = crc32(secret.prefix(30))
        var check: [UInt8] = []
        for _ in 0..<6 {
            check.insert(alphabet[Int(rest % 62)], at: 0)
            rest /= 62
        }
        return check.elementsEqual(secret.suffix(6))
    }

    /// CRC-32 of ISO 3309, reflected.
    static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var check: UInt32 = 0xffff_ffff
        for byte in bytes {
            check ^= UInt32(byte)
            for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xedb8_8320 : check >> 1 }
        }
        return ~check
    }
}
