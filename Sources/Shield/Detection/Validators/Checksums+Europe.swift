extension Checksums {
    /// British NHS numbers: MOD 11, weights 10 to 2.
    static func isNHS(_ digits: [Int]) -> Bool {
        guard digits.count == 10, !isRepeated(digits) else { return false }
        return (11 - weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 == digits[9]
    }

    /// German tax identifiers: eleven digits, the first not 0, one digit two or three times among the first ten, MOD 11,10.
    static func isGermanTaxID(_ digits: [Int]) -> Bool {
        guard digits.count == 11, digits[0] != 0 else { return false }
        let distinct = Set(digits.prefix(10)).count
        return (distinct == 9 || distinct == 8) && isMod11And10(digits)
    }

    /// French INSEE numbers (NIR): 13 characters and a key of 97 minus the remainder; Corsica's 2A and 2B count as 19 and 18.
    static func isNIR(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 15, bytes[0] == 49 || bytes[0] == 50 else { return false }
        var body = bytes
        if bytes[5] == 50, bytes[6] == 65 || bytes[6] == 66 {
            let isFirst = bytes[6] == 65
            body[5] = 49
            body[6] = isFirst ? 57 : 56
        }
        guard body.allSatisfy(isDigit) else { return false }
        let digits = body.map { Int($0) - 48 }
        let month = digits[3] * 10 + digits[4]
        guard (1...12).contains(month) || (20...99).contains(month) else { return false }
        return 97 - remainder(digits.prefix(13), by: 97) == digits[13] * 10 + digits[14]
    }

    /// Spanish DNI and NIE: eight digits (X, Y, Z stand for 0, 1, 2) and a letter, MOD 23.
    static func isSpanishID(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 9 else { return false }
        var body = Array(bytes.prefix(8))
        if let foreign = Array("XYZ".utf8).firstIndex(of: upper(body[0])) { body[0] = UInt8(48 + foreign) }
        guard body.allSatisfy(isDigit) else { return false }
        let number = body.reduce(0) { $0 * 10 + Int($1) - 48 }
        return Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[number % 23] == upper(bytes[8])
    }

    /// Italian fiscal codes: 15 characters and a letter; odd places have values of their own.
    static func isFiscalCode(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 16, bytes.allSatisfy({ isDigit($0) || isLetter($0) }) else { return false }
        let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
        let sum = bytes.prefix(15).enumerated().reduce(0) { total, entry in
            let byte = upper(entry.element)
            let value = isDigit(byte) ? Int(byte) - 48 : Int(byte) - 65
            return total + (entry.offset % 2 == 0 ? odd[value] : value)
        }
        return sum % 26 == Int(upper(bytes[15])) - 65
    }

    /// Polish PESEL: date with the century in the month, weights 1 3 7 9.
    static func isPESEL(_ digits: [Int]) -> Bool {
        guard digits.count == 11 else { return false }
        let month = (digits[2] * 10 + digits[3]) % 20
        let day = digits[4] * 10 + digits[5]
        guard (1...12).contains(month), (1...31).contains(day) else { return false }
        return (10 - weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10 == digits[10]
    }

    /// Dutch BSN: weights 9 to 2 and -1, divisible by 11.
    static func isBSN(_ digits: [Int]) -> Bool {
        digits.count == 9 && !isRepeated(digits) && weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0
    }

    /// Belgian national numbers: a check of 97 minus the remainder; people born from 2000 on count with a 2 in front.
    static func isBelgianNumber(_ digits: [Int]) -> Bool {
        guard digits.count == 11, isShortDate(digits.prefix(6)) || digits[2] * 10 + digits[3] == 0 else { return false }
        let check = digits[9] * 10 + digits[10]
        return 97 - remainder(digits.prefix(9), by: 97) == check || 97 - remainder([2] + digits.prefix(9), by: 97) == check
    }

    /// Swedish personal numbers: a date (60 is added to the day of coordination numbers), three digits, Luhn over the last ten.
    static func isSwedishNumber(_ digits: [Int]) -> Bool {
        let short = Array(digits.suffix(10))
        guard digits.count == 10 || digits.count == 12 else { return false }
        let day = (short[4] * 10 + short[5]) % 60
        return isShortDate([short[0], short[1], short[2], short[3], day / 10, day % 10]) && isLuhn(short)
    }

    /// Finnish personal codes: date, a sign of the century, three digits and a check of 31.
    static func isFinnishCode(_ bytes: [UInt8], sign: UInt8) -> Bool {
        guard bytes.count == 10, bytes.prefix(9).allSatisfy(isDigit) else { return false }
        let digits = bytes.prefix(9).map { Int($0) - 48 }
        guard isShortDate([digits[4], digits[5], digits[2], digits[3], digits[0], digits[1]]) else { return false }
        return Array("0123456789ABCDEFHJKLMNPRSTUVWXY".utf8)[digits.reduce(0) { $0 * 10 + $1 } % 31] == upper(bytes[9])
    }

    /// Norwegian birth numbers: date (40 is added to the day of D-numbers) and two checks, MOD 11.
    static func isNorwegianNumber(_ digits: [Int]) -> Bool {
        guard digits.count == 11 else { return false }
        let day = (digits[0] * 10 + digits[1]) % 40
        guard isShortDate([digits[4], digits[5], digits[2], digits[3], day / 10, day % 10]) else { return false }
        let first = (11 - weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11) % 11
        let second = (11 - weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
        return first == digits[9] && second == digits[10]
    }

    /// Swiss AHV numbers: 756 and the check of EAN-13.
    static func isSwissNumber(_ digits: [Int]) -> Bool {
        guard digits.count == 13, digits.starts(with: [7, 5, 6]) else { return false }
        return (10 - weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10) % 10 == digits[12]
    }

    /// Russian INN of firms (10 digits) and persons (12), MOD 11.
    static func isINN(_ digits: [Int]) -> Bool {
        let weights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
        func check(_ count: Int) -> Int { weighted(Array(digits.prefix(count)), Array(weights.suffix(count))) % 11 % 10 }
        if digits.count == 10 { return check(9) == digits[9] }
        return digits.count == 12 && check(10) == digits[10] && check(11) == digits[11]
    }

    /// Russian SNILS: nine digits, weights 9 to 1, MOD 101.
    static func isSNILS(_ digits: [Int]) -> Bool {
        digits.count == 11 && weighted(Array(digits.prefix(9)), [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100 == digits[9] * 10 + digits[10]
    }
}
