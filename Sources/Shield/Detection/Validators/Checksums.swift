/// Check digits of identifiers. All take ASCII bytes, or digits as numbers 0…9, and answer false for anything malformed.
public enum Checksums {
    /// GB 11643-1999: ISO 7064 MOD 11-2 over 17 digits, check 0-9 or X.
    public static func isResidentID(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 18, bytes.prefix(17).allSatisfy(isDigit) else { return false }
        let sum = weighted(bytes.prefix(17).map { Int($0) - 48 }, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
        return Array("10X98765432".utf8)[sum % 11] == upper(bytes[17])
    }

    /// ISO/IEC 7812: Luhn.
    public static func isLuhn(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy(isDigit) && isLuhn(bytes.map { Int($0) - 48 }) }

    /// ISO/IEC 7812: Luhn.
    public static func isLuhn(_ digits: [Int]) -> Bool {
        guard digits.count > 1 else { return false }
        let sum = digits.reversed().enumerated().reduce(0) { total, entry in
            let digit = entry.element * (entry.offset % 2 == 1 ? 2 : 1)
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

    /// GB 11714-1997: 8 digits or letters and a check of 0-9 or X.
    public static func isOrganizationCode(_ bytes: [UInt8]) -> Bool {
        let values = bytes.compactMap(alphanumericValue)
        guard bytes.count == 9, values.count == 9 else { return false }
        let check = 11 - weighted(Array(values.prefix(8)), [3, 7, 9, 10, 5, 8, 4, 2]) % 11
        let expected = check == 10 ? UInt8(ascii: "X") : UInt8(48 + check % 11)
        return upper(bytes[8]) == expected
    }

    /// ISO 7064 MOD 11,10: old business licenses of 15 digits, German tax identifiers.
    public static func isMod11And10(_ digits: [Int]) -> Bool {
        guard digits.count > 1 else { return false }
        var product = 10
        for digit in digits.dropLast() {
            let sum = (digit + product) % 10
            product = (sum == 0 ? 10 : sum) * 2 % 11
        }
        return (product + digits[digits.count - 1]) % 10 == 1
    }

    /// A date of the years 1900 to 2099 that exists, as YYYYMMDD.
    public static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count == 8, bytes.allSatisfy(isDigit) else { return false }
        return isDate(number: bytes.reduce(0) { $0 * 10 + Int($1 - 48) })
    }

    /// A date of the years 1900 to 2099 that exists, as the digits of YYYYMMDD.
    static func isDate(_ digits: some Collection<Int>) -> Bool { digits.count == 8 && isDate(number: digits.reduce(0) { $0 * 10 + $1 }) }

    /// A date without its century, as the digits of YYMMDD: one that exists in a leap year.
    static func isShortDate(_ digits: some Collection<Int>) -> Bool {
        digits.count == 6 && isDate(number: 20_040_000 + digits.reduce(0) { $0 * 10 + $1 } % 10_000)
    }

    static func isDate(number: Int) -> Bool {
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
        guard (1900...2099).contains(year), (1...12).contains(month) else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    /// The sum of products of digits and weights, as far as both reach.
    static func weighted(_ digits: [Int], _ weights: [Int]) -> Int { zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } }

    /// The remainder of a number given as decimal digits; 97 and 11 are what check digits use.
    static func remainder(_ digits: some Sequence<Int>, by divisor: Int) -> Int { digits.reduce(0) { ($0 * 10 + $1) % divisor } }

    /// 0…9 for digits, 10…35 for letters.
    static func alphanumericValue(_ byte: UInt8) -> Int? {
        if isDigit(byte) { return Int(byte) - 48 }
        let letter = upper(byte)
        return (65...90).contains(letter) ? Int(letter) - 55 : nil
    }

    /// Whether all digits are one and the same, which no issuer assigns and many check digits accept.
    static func isRepeated(_ digits: [Int]) -> Bool { digits.allSatisfy { $0 == digits.first } }

    static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(upper(byte)) }
    static func upper(_ byte: UInt8) -> UInt8 { (97...122).contains(byte) ? byte - 32 : byte }
}
