extension Checksums {
    /// Korean resident registration numbers: a date, a digit of sex and century; the check is not used for numbers given since October 2020.
    static func isKoreanResident(_ digits: [Int]) -> Bool {
        guard digits.count == 13, isShortDate(digits.prefix(6)), digits[6] != 0 else { return false }
        return true
    }

    /// The check of Korean resident registration numbers given before October 2020.
    static func isKoreanCheck(_ digits: [Int]) -> Bool {
        digits.count == 13 && (11 - weighted(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11) % 10 == digits[12]
    }

    /// Japanese individual numbers: twelve digits, MOD 11.
    static func isJapaneseNumber(_ digits: [Int]) -> Bool {
        guard digits.count == 12, !isRepeated(digits) else { return false }
        let remainder = weighted(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
        return digits[11] == (remainder <= 1 ? 0 : 11 - remainder)
    }

    /// Singapore NRIC and FIN: S, T, F, G or M, seven digits and a letter.
    static func isSingaporeID(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 9, bytes[1..<8].allSatisfy(isDigit) else { return false }
        let sum = weighted(bytes[1..<8].map { Int($0) - 48 }, [2, 7, 6, 5, 4, 3, 2])
        let letter = upper(bytes[8])
        switch upper(bytes[0]) {
        case UInt8(ascii: "S"): return Array("JZIHGFEDCBA".utf8)[sum % 11] == letter
        case UInt8(ascii: "T"): return Array("JZIHGFEDCBA".utf8)[(sum + 4) % 11] == letter
        case UInt8(ascii: "F"): return Array("XWUTRQPNMLK".utf8)[sum % 11] == letter
        case UInt8(ascii: "G"): return Array("XWUTRQPNMLK".utf8)[(sum + 4) % 11] == letter
        case UInt8(ascii: "M"): return Array("XWUTRQPNJLK".utf8)[10 - (sum + 3) % 11] == letter
        default: return false
        }
    }

    /// Indian Aadhaar numbers: twelve digits, the first from 2 on, Verhoeff.
    static func isAadhaar(_ digits: [Int]) -> Bool { digits.count == 12 && digits[0] >= 2 && !isRepeated(digits) && isVerhoeff(digits) }

    /// Verhoeff's check over the dihedral group of ten.
    static func isVerhoeff(_ digits: [Int]) -> Bool {
        let permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
        var state = 0
        for (index, digit) in digits.reversed().enumerated() {
            var value = digit
            for _ in 0..<index % 8 { value = permutation[value] }
            state = product(state, value)
        }
        return state == 0
    }

    /// The product in the dihedral group of order ten: below 5 are rotations, from 5 on reflections.
    private static func product(_ left: Int, _ right: Int) -> Int {
        switch (left < 5, right < 5) {
        case (true, true): (left + right) % 5
        case (true, false): 5 + (left + right - 5) % 5
        case (false, true): 5 + (left - 5 - right + 5) % 5
        case (false, false): (left - right + 5) % 5
        }
    }

    /// Indian GSTIN: state, PAN, entity, Z and a check of 36.
    static func isGSTIN(_ bytes: [UInt8]) -> Bool {
        bytes.count == 15 && isDoubledSum(bytes, base: 36)
    }

    /// Thai citizen numbers: thirteen digits, MOD 11.
    static func isThaiNumber(_ digits: [Int]) -> Bool {
        guard digits.count == 13, digits[0] != 0, !isRepeated(digits) else { return false }
        return (11 - weighted(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == digits[12]
    }

    /// Turkish identity numbers: eleven digits, the first not 0, two checks.
    static func isTurkishNumber(_ digits: [Int]) -> Bool {
        guard digits.count == 11, digits[0] != 0 else { return false }
        let odd = digits[0] + digits[2] + digits[4] + digits[6] + digits[8]
        let even = digits[1] + digits[3] + digits[5] + digits[7]
        return (odd * 7 - even + 100) % 10 == digits[9] && digits.prefix(10).reduce(0, +) % 10 == digits[10]
    }

    /// Australian tax file numbers of nine digits.
    static func isTaxFileNumber(_ digits: [Int]) -> Bool {
        digits.count == 9 && !isRepeated(digits) && weighted(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0
    }

    /// Australian business numbers: one is taken from the first of eleven digits, MOD 89.
    static func isABN(_ digits: [Int]) -> Bool {
        guard digits.count == 11, digits[0] > 0 else { return false }
        return weighted([digits[0] - 1] + digits.dropFirst(), [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 == 0
    }

    /// Australian company numbers of nine digits.
    static func isACN(_ digits: [Int]) -> Bool {
        digits.count == 9 && !isRepeated(digits) && (10 - weighted(digits, [8, 7, 6, 5, 4, 3, 2, 1]) % 10) % 10 == digits[8]
    }

    /// Australian Medicare cards: ten or eleven digits, the first 2 to 6, the ninth the check.
    static func isAustralianMedicare(_ digits: [Int]) -> Bool {
        guard (10...11).contains(digits.count), (2...6).contains(digits[0]) else { return false }
        return weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 == digits[8]
    }

    /// South African identity numbers: a date, sequence, citizenship, Luhn.
    static func isSouthAfrican(_ digits: [Int]) -> Bool {
        digits.count == 13 && isShortDate(digits.prefix(6)) && digits[10] <= 2 && isLuhn(digits)
    }
}
