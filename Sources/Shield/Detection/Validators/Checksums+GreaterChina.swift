extension Checksums {
    /// Hong Kong identity cards: one or two letters, six digits, check 0-9 or A; weights 9 to 1, sum divisible by 11 (a missing first letter counts 36).
    static func isHongKongID(_ bytes: [UInt8]) -> Bool {
        guard (8...9).contains(bytes.count) else { return false }
        let letterCount = bytes.count - 7
        guard bytes.prefix(letterCount).allSatisfy(isLetter), bytes[letterCount..<bytes.count - 1].allSatisfy(isDigit) else { return false }
        var values = bytes.compactMap(alphanumericValue)
        guard values.count == bytes.count, values[values.count - 1] <= 10 else { return false }
        if letterCount == 1 { values.insert(36, at: 0) }
        return weighted(values, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
    }

    /// Taiwan identity cards and resident certificates of 2021: a letter and nine digits, the second 1, 2, 8 or 9; weights 1 9 8 7 6 5 4 3 2 1 1.
    static func isTaiwanID(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 10, let letter = taiwanLetters.firstIndex(of: upper(bytes[0])), bytes.dropFirst().allSatisfy(isDigit) else { return false }
        guard Array("1289".utf8).contains(bytes[1]) else { return false }
        let value = letter + 10
        let digits = [value / 10, value % 10] + bytes.dropFirst().map { Int($0) - 48 }
        return weighted(digits, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 == 0
    }

    /// Letters in the order of their values from 10 on.
    private static let taiwanLetters = Array("ABCDEFGHJKLMNPQRSTUVXYWZIO".utf8)

    /// GB 32100-2015 with Amendment 1: which categories (second character) a registering department (first) assigns.
    static func isCreditCodeCategory(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 18, let categories = creditCodeCategories[upper(bytes[0])] else { return false }
        return categories.contains(bytes[1])
    }

    private static let creditCodeCategories: [UInt8: [UInt8]] = Dictionary(
        uniqueKeysWithValues: [
            ("1", "1239"), ("2", "19"), ("3", "123459"), ("4", "19"), ("5", "1239"), ("6", "129"), ("7", "129"), ("8", "19"), ("9", "123"), ("A", "19"),
                ("N", "1239"), ("Y", "1"),
        ].map { (Array($0.0.utf8)[0], Array($0.1.utf8)) })

    /// Old business licenses of 15 digits: a region and ISO 7064 MOD 11,10.
    static func isOldBusinessLicense(_ digits: [Int]) -> Bool {
        digits.count == 15 && ChineseRegions.isRegion(digits) && isMod11And10(digits)
    }
}
