/// Bech32 and Bech32m (BIP 173, BIP 350): a readable part, a separator 1, data in an alphabet of 32, and six characters of a BCH code.
enum Bech32 {
    private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

    /// Whether the check is right, of either form. Mixed case is refused; texts over 120 characters are refused too (Cardano's addresses have 103).
    static func isValid(_ text: ArraySlice<UInt8>) -> Bool {
        let bytes = text.map { (65...90).contains($0) ? $0 + 32 : $0 }
        let hasLower = text.contains { (97...122).contains($0) }
        let hasUpper = text.contains { (65...90).contains($0) }
        guard bytes.count <= 120, !(hasLower && hasUpper), let separator = bytes.lastIndex(of: UInt8(ascii: "1")), separator > 0 else { return false }
        let data = bytes[(separator + 1)...].compactMap { alphabet.firstIndex(of: $0) }
        guard data.count >= 6, data.count == bytes.count - separator - 1 else { return false }
        let prefix = bytes[..<separator].map(Int.init)
        let check = polynomial(prefix.map { $0 >> 5 } + [0] + prefix.map { $0 & 31 } + data)
        return check == 1 || check == 0x2bc8_30a3
    }

    private static func polynomial(_ values: [Int]) -> UInt32 {
        let generator: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
        var check: UInt32 = 1
        for value in values {
            let top = check >> 25
            check = (check & 0x1ff_ffff) << 5 ^ UInt32(value)
            for index in 0..<5 where top >> UInt32(index) & 1 == 1 { check ^= generator[index] }
        }
        return check
    }
}
