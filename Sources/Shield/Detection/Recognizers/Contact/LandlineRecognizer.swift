/// Landline numbers with area code: 0XX-XXXXXXXX or 0XXX-XXXXXXX(X), hyphen, space or nothing between, area code in brackets too, with an extension or not.
struct LandlineRecognizer: Recognizer {
    let card = TypeCard("landline", zh: "固定电话", en: "Landline", .contact)
    private static let extensionPattern = "(?:(?: ?(?:转|分机|ext\\.?|x|Ext\\.?|EXT\\.?) ?|-)[0-9]{1,6})?"
    let rules: [Rule] = [
        .word("0(?:10|2[0-9]|[3-9][0-9]{2})(?: ?- ?| |[)）] ?-?)?[2-8][0-9]{2,3}[ -]?[0-9]{4}" + LandlineRecognizer.extensionPattern, 0.45) { match in
            let digits = match.digits
            guard !match.isInsideNumber else { return .drop("part of a longer number") }
            let areaCount = digits[1] <= 2 ? 3 : 4
            guard areaCount == 4 ? digits.count >= 11 : digits.count >= 11 else { return .drop("too few digits of a landline") }
            let mark = match.bytes[match.range.lowerBound + areaCount]
            // A closing bracket after the area code (full-width ones are three bytes) has its opening one before it.
            let isWide = mark == 0xEF && match.isPreceded(by: "（")
            let range = isWide ? match.range.lowerBound - 3..<match.range.upperBound : mark == UInt8(ascii: ")") ? match.widened(by: "(") : match.range
            return .span(range, Checksums.isDigit(mark) ? 0.45 : 0.85, Checksums.isDigit(mark) ? "digits of a landline, not separated" : "area code and number")
        },
        .word("(?:0086|86)[ -]?\\(?0?(?:10|2[0-9]|[3-9][0-9]{2})\\)?[ -]?[2-8][0-9]{2,3}[ -]?[0-9]{4}" + LandlineRecognizer.extensionPattern, 0.3) { match in
            let plus = match.widened(by: "+")
            let isInternational = plus.lowerBound < match.range.lowerBound || match.bytes.starts(with: "0086".utf8)
            return isInternational ? .span(plus, 0.85, "country code, area code and number") : .drop("no country code")
        },
        .label("[2-8][0-9]{2,3}[ -]?[0-9]{4}" + LandlineRecognizer.extensionPattern, 0.75, "local number after its name"),
        .spread(10...12, letters: []) { $0[0] == 0 && $0[1] > 0 },
    ]
    let labels = [
        "固定电话", "固话号码", "固话", "座机号码", "座机号", "座机", "办公电话", "办公室电话", "家庭电话", "住宅电话", "单位电话", "公司电话", "宅电", "联系电话", "电话号码", "电话", "总机", "值班电话", "landline",
        "telephone", "tel", "phone", "office phone", "home phone", "fixed line", "gddh", "zj", "bgdh",
        "zzdh", "lxdh", "dhhm",
    ]
    let context = ["联系", "热线", "拨打", "call"]
    let fixtures = RecognizerFixtures(
        positive: [
            ("座机0591-87654321", "0591-87654321"), ("电话010 62345678", "010 62345678"), ("(0592)5123456", "(0592)5123456"),
            ("总机 021-62345678转8001", "021-62345678转8001"), ("办公电话：87654321", "87654321"), ("+86-755-83765566", "+86-755-83765566"),
        ],
        negative: ["请拨打12345", "金额0591元", "订单02162345678", "0.0591-87654321"])
}
