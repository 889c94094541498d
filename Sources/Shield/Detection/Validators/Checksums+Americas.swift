extension Checksums {
    /// Brazilian CPF: nine digits and two checks, MOD 11.
    static func isCPF(_ digits: [Int]) -> Bool {
        guard digits.count == 11, !isRepeated(digits) else { return false }
        return (9...10).allSatisfy { count in
            let sum = weighted(Array(digits.prefix(count)), Array((2...count + 1).reversed()))
            return digits[count] == sum * 10 % 11 % 10
        }
    }

    /// Brazilian CNPJ: twelve digits and two checks, MOD 11 with weights 2 to 9.
    static func isCNPJ(_ digits: [Int]) -> Bool {
        guard digits.count == 14, !isRepeated(digits) else { return false }
        let weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
        return [12, 13].allSatisfy { count in
            let rest = weighted(Array(digits.prefix(count)), Array(weights.suffix(count))) % 11
            return digits[count] == (rest < 2 ? 0 : 11 - rest)
        }
    }

    /// Argentine CUIT and CUIL: prefix of persons or firms, MOD 11.
    static func isCUIT(_ digits: [Int]) -> Bool {
        guard digits.count == 11, [20, 23, 24, 25, 26, 27, 30, 33, 34].contains(digits[0] * 10 + digits[1]) else { return false }
        return (11 - weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == digits[10]
    }

    /// Chilean RUT: seven or eight digits and a check of 0-9 or K, MOD 11 with weights 2 to 7 from the right.
    static func isRUT(_ bytes: [UInt8]) -> Bool {
        guard (8...9).contains(bytes.count), bytes.dropLast().allSatisfy(isDigit), let last = bytes.last else { return false }
        let sum = zip(bytes.dropLast().reversed(), 0...).reduce(0) { $0 + (Int($1.0) - 48) * (2 + $1.1 % 6) }
        let check = 11 - sum % 11
        return upper(last) == (check == 10 ? UInt8(ascii: "K") : UInt8(48 + check % 11))
    }

    /// Mexican CURP: sixteen characters, a differentiator and a check over an alphabet with Ñ.
    static func isCURP(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 18, let last = bytes.last, isDigit(last) else { return false }
        let values = bytes.prefix(17).compactMap { byte in alphanumericValue(byte).map { $0 > 23 ? $0 + 1 : $0 } }
        guard values.count == 17 else { return false }
        return (10 - weighted(values, Array((2...18).reversed())) % 10) % 10 == Int(last) - 48
    }

    /// American national provider identifiers: Luhn after the prefix 80840.
    static func isProvider(_ digits: [Int]) -> Bool { digits.count == 10 && isLuhn([8, 0, 8, 4, 0] + digits) }

    /// American DEA registrations: two letters, six digits and a check.
    static func isDEA(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 9, bytes.dropFirst(2).allSatisfy(isDigit) else { return false }
        let digits = bytes.dropFirst(2).map { Int($0) - 48 }
        return (digits[0] + digits[2] + digits[4] + 2 * (digits[1] + digits[3] + digits[5])) % 10 == digits[6]
    }

    /// American social security numbers: no area 000, 666 or 9xx, no group 00, no serial 0000, and none of the numbers printed in advertisements.
    static func isSocialSecurity(_ digits: [Int]) -> Bool {
        guard digits.count == 9 else { return false }
        let number = digits.reduce(0) { $0 * 10 + $1 }
        let area = number / 1_000_000
        return area != 0 && area != 666 && area < 900 && number / 10_000 % 100 != 0 && number % 10_000 != 0 && ![78_051_120, 219_099_999,
            123_456_789].contains(number) && !isRepeated(digits)
    }
}
