/// Codes of administrative divisions, GB/T 2260: two digits of a province, two of a prefecture, two of a county.
enum ChineseRegions {
    /// Province, prefecture and county as digits: the province is assigned, the rest is in the range the standard uses.
    /// A full table would age: divisions are renumbered every year, and old codes live on in numbers for life.
    static func isRegion(_ digits: some Collection<Int>) -> Bool {
        let code = Array(digits.prefix(6))
        guard code.count == 6, provinces.contains(code[0] * 10 + code[1]) else { return false }
        let prefecture = code[2] * 10 + code[3]
        return prefecture <= 43 || prefecture == 90
    }

    /// Whether two digits name a province, without Hong Kong, Macau and Taiwan's permits (81 to 83).
    static let provinces: Set<Int> = [
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71,
    ]

    /// The one-character names that stand on plates, filings and permits.
    static let letters = [
        "京", "津", "沪", "渝", "冀", "豫", "云", "辽", "黑", "湘", "皖", "鲁", "新", "苏", "浙", "赣", "鄂", "桂", "甘", "晋", "蒙", "陕", "吉", "闽", "贵", "粤", "青", "藏", "川",
            "宁", "琼",
    ]

    /// A pattern for one of ``letters``.
    static let letterPattern = "(?:" + letters.joined(separator: "|") + ")"
}
