/// Check digits of identifiers. All take ASCII bytes and answer false for anything malformed.
public enum Checksums {
    /// GB 11643-1999: ISO 7064 MOD 11-2 over 17 digits, check 0-9 or X.
    public static func isResidentID(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 18, bytes.prefix(17).allSatisfy(isDigit) else { return false }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(bytes, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
        return Array("10X98765432".utf8)[sum % 11] == upper(bytes[17])
    }

    /// ISO/IEC 7812: Luhn.
    public static func isLuhn(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 1, bytes.allSatisfy(isDigit) else { return false }
        let sum = bytes.reversed().enumerated().reduce(0) { total, entry in
            let digit = Int(entry.element - 48) * (entry.offset % 2 == 1 ? 2 : 1)
            return total + (digit > 9 ? digit - 9 : digit)
        }
        return sum % 10 == 0
    }

    /// GB 32100-2015: 18 of 0-9 and letters without I, O, S, V, Z; weights 3^(i-1) mod 31.
    public static func isCreditCode(_ bytes: [UInt8]) -> Bool {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
        let values = bytes.compactMap { byte in alphabet.firstIndex(of: upper(byte)) }
        guard bytes.count == 18, values.count == 18 else { return false }
        var weight = 1
        var sum = 0
        for value in values.prefix(17) {
            sum += value * weight
            weight = weight * 3 % 31
        }
        return values[17] == (31 - sum % 31) % 31
    }

    /// A date of the years 1900 to 2099 that exists, as YYYYMMDD.
    public static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count == 8, bytes.allSatisfy(isDigit) else { return false }
        let number = bytes.reduce(0) { $0 * 10 + Int($1 - 48) }
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
        guard (1900...2099).contains(year), (1...12).contains(month) else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    static func upper(_ byte: UInt8) -> UInt8 { (97...122).contains(byte) ? byte - 32 : byte }
}
