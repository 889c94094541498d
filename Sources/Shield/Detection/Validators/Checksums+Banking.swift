extension Checksums {
    /// International bank account numbers, ISO 13616: country, length of the country, ISO 7064 MOD 97-10.
    static func isIBAN(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 15, let count = accountLengths[String(decoding: bytes.prefix(2), as: UTF8.self)], bytes.count == count else { return false }
        return isMod97And10(Array(bytes[4...]) + bytes.prefix(4))
    }

    private static let accountLengths: [String: Int] = [
        "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28,
            "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18,
        "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27,
            "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21,
        "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25,
            "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
        "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
    ]

    /// ISO 7064 MOD 97-10 over letters and digits: the remainder is 1.
    static func isMod97And10(_ bytes: [UInt8]) -> Bool {
        var remainder = 0
        for byte in bytes {
            guard let value = alphanumericValue(byte) else { return false }
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
        }
        return remainder == 1
    }

    /// Legal entity identifiers, ISO 17442: 18 letters or digits and two check digits.
    static func isLegalEntity(_ bytes: [UInt8]) -> Bool { bytes.count == 20 && bytes.suffix(2).allSatisfy(isDigit) && isMod97And10(bytes) }

    /// American bank routing numbers: weights 3 7 1; the first two digits name a district.
    static func isRoutingNumber(_ digits: [Int]) -> Bool {
        guard digits.count == 9 else { return false }
        let district = digits[0] * 10 + digits[1]
        guard (1...12).contains(district) || (21...32).contains(district) || (61...72).contains(district) || district == 80 else { return false }
        return weighted(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 == 0
    }

    /// International securities identification numbers, ISO 6166: letters become two digits, then Luhn.
    static func isSecuritiesNumber(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 12, bytes.prefix(2).allSatisfy(isLetter), isDigit(bytes[11]) else { return false }
        return isLuhn(bytes.compactMap(alphanumericValue).flatMap { $0 > 9 ? [$0 / 10, $0 % 10] : [$0] })
    }

    /// CUSIP: eight characters and a check; every second value is doubled.
    static func isCUSIP(_ bytes: [UInt8]) -> Bool {
        bytes.count == 9 && isDoubledSum(bytes, base: 10)
    }

    /// Whether the last character is the check of the others: every second value is doubled, and the digits of each in the base are added.
    static func isDoubledSum(_ bytes: [UInt8], base: Int) -> Bool {
        let values = bytes.compactMap(alphanumericValue)
        guard let check = values.last, values.count == bytes.count else { return false }
        let sum = values.dropLast().enumerated().reduce(0) { total, entry in
            let value = entry.element * (entry.offset % 2 == 1 ? 2 : 1)
            return total + value / base + value % base
        }
        return (base - sum % base) % base == check
    }

    /// SEDOL: six characters without vowels and a check; weights 1 3 1 7 3 9 1.
    static func isSEDOL(_ bytes: [UInt8]) -> Bool {
        let values = bytes.compactMap(alphanumericValue)
        guard bytes.count == 7, values.count == 7, bytes.allSatisfy({ !Array("AEIOU".utf8).contains(upper($0)) }) else { return false }
        return weighted(values, [1, 3, 1, 7, 3, 9, 1]) % 10 == 0
    }
}
