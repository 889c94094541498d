import Core

/// Base58 with a check (Bitcoin's alphabet): what addresses and exported keys of many chains are written in.
enum Base58 {
    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

    /// The bytes of a text, or nil where a character is not of the alphabet. Quadratic, so texts over 128 characters are refused.
    static func decode(_ text: ArraySlice<UInt8>, alphabet: [UInt8] = alphabet) -> [UInt8]? {
        guard text.count <= 128 else { return nil }
        var bytes: [UInt8] = []
        for character in text {
            guard var carry = alphabet.firstIndex(of: character) else { return nil }
            for index in bytes.indices {
                carry += Int(bytes[index]) * 58
                bytes[index] = UInt8(carry & 255)
                carry >>= 8
            }
            while carry > 0 {
                bytes.append(UInt8(carry & 255))
                carry >>= 8
            }
        }
        bytes += [UInt8](repeating: 0, count: text.prefix { $0 == alphabet[0] }.count)
        return bytes.reversed()
    }

    /// The bytes without their check of four (the double SHA-256 begins with it), or nil where it is wrong.
    static func checked(_ text: ArraySlice<UInt8>, alphabet: [UInt8] = alphabet) -> [UInt8]? {
        guard let bytes = decode(text, alphabet: alphabet), bytes.count > 4 else { return nil }
        let body = bytes.dropLast(4)
        guard SHA256.digest(SHA256.digest(body)).starts(with: bytes.suffix(4)) else { return nil }
        return Array(body)
    }

    /// The alphabet of the XRP Ledger.
    static let ripple = Array("rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz".utf8)
}
