extension Checksums {
    /// Value added tax numbers of the European Union (Directive 2006/112/EC, article 215): the country, and the check of those that publish one.
    static func isValueAddedTax(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 4 else { return false }
        let body = Array(bytes.dropFirst(2))
        let digits = body.compactMap { isDigit($0) ? Int($0) - 48 : nil }
        let isNumber = digits.count == body.count
        switch String(decoding: bytes.prefix(2), as: UTF8.self) {
        case "AT": return body.count == 9 && body[0] == UInt8(ascii: "U") && digits.count == 8 && isAustrian(digits)
        case "BE": return isNumber && digits.count == 10 && 97 - remainder(digits.prefix(8), by: 97) == digits[8] * 10 + digits[9]
        case "DE": return isNumber && digits.count == 9 && isMod11And10(digits)
        case "DK": return isNumber && digits.count == 8 && weighted(digits, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
        case "ES": return body.count == 9 && (isSpanishID(body) || digits.count == 8 || digits.count == 7)
        case "FI": return isNumber && digits.count == 8 && (11 - weighted(digits, [7, 9, 10, 5, 8, 4, 2]) % 11) % 11 == digits[7]
        case "FR": return isNumber && digits.count == 11 && (12 + 3 * remainder(digits.suffix(9), by: 97)) % 97 == digits[0] * 10 + digits[1]
        case "HR": return isNumber && digits.count == 11 && isMod11And10(digits)
        case "IT": return isNumber && digits.count == 11 && isLuhn(digits)
        case "NL": return body.count == 12 && body[9] == UInt8(ascii: "B") && digits.count == 11
        case "PL": return isNumber && digits.count == 10 && weighted(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digits[9]
        case "PT": return isNumber && digits.count == 9 && portugueseCheck(digits) == digits[8]
        case "SE": return isNumber && digits.count == 12 && isLuhn(Array(digits.prefix(10)))
        case "SI": return isNumber && digits.count == 8 && (11 - weighted(digits, [8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == digits[7]
        case "LU": return isNumber && digits.count == 8 && remainder(digits.prefix(6), by: 89) == digits[6] * 10 + digits[7]
        default: return false
        }
    }

    private static func isAustrian(_ digits: [Int]) -> Bool {
        let sum = digits.prefix(7).enumerated().reduce(0) { total, entry in
            let value = entry.element * (entry.offset % 2 == 1 ? 2 : 1)
            return total + value / 10 + value % 10
        }
        return (96 - sum) % 10 == digits[7]
    }

    private static func portugueseCheck(_ digits: [Int]) -> Int {
        let check = 11 - weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
        return check > 9 ? 0 : check
    }
}
