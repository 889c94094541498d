/// Mobile numbers of mainland China: 11 digits from 13 to 19, in groups of 3-4-4 or 3-8, after +86 or 0086 or not. Prefixes that the ministry has
/// assigned count more; others (test data, future ones) need a context word.
struct MobileRecognizer: Recognizer {
    let card = TypeCard("mobile", zh: "手机号", en: "Mobile number", .contact)
    private static let assigned: Set<Int> = Set(130...139).union(145...149).union(150...153).union(155...159).union([162]).union(165...167)
        .union(170...178).union(180...193).union(195...199)
    let rules: [Rule] = [
        .word("1[3-9][0-9](?:[ .-]?[0-9]{4}[ .-]?[0-9]{4}|[ -][0-9]{8}|[ -][0-9]{3}[ -][0-9]{5})", 0.4) { match in
            let digits = match.digits
            guard !match.isInsideNumber,
                !Checksums.isRepeated(Array(digits.suffix(8))) || digits.suffix(8).first == 8 else { return .drop("part of a longer number") }
            let prefix = digits[0] * 100 + digits[1] * 10 + digits[2]
            return .keep(MobileRecognizer.assigned.contains(prefix) ? 0.8 : 0.4, "eleven digits of a mobile number")
        },
        .word("(?:0086|86)[) -]{0,2}1[3-9][0-9][ .-]?[0-9]{4}[ .-]?[0-9]{4}", 0.4) { match in
            let plus = match.widened(by: match.bytes.contains(UInt8(ascii: ")")) ? "(" : "+")
            let isInternational = plus.lowerBound < match.range.lowerBound || match.bytes.starts(with: "0086".utf8)
            guard isInternational || match.bytes.contains(where: { !Checksums.isDigit($0) }) else { return .keep(0.3, "eleven digits after 86") }
            return .span(plus, 0.9, "country code 86 and eleven digits")
        },
        .spread(11...11, letters: []) { $0[0] == 1 && $0[1] > 2 },
    ]
    let labels = [
        "手机号码", "手机号", "手机", "移动电话", "联系电话", "联系方式", "联系号码", "联系手机", "电话号码", "电话", "预留手机", "绑定手机", "收件人电话", "来电号码", "来电", "致电", "微信同号", "mobile",
        "mobile no", "mobile phone", "phone", "phone no", "phone number", "cell", "cellphone",
        "tel", "telephone", "msisdn", "contact", "contact no", "sjh", "sjhm", "lxdh", "lxfs", "dhhm", "dianhua", "shouji", "dh", "yddh",
    ]
    let negativeContext = Recognizers.numberedThings + ["oid", "snmp", "snmpget", "object identifier"]
    let context = ["拨打", "短信", "呼叫", "接听", "热线", "注册", "用户", "客户", "收件", "call", "sms", "dial", "whatsapp"]
    let fixtures = RecognizerFixtures(
        positive: [
            ("电话13800138000", "13800138000"), ("请拨138-0013-8000", "138-0013-8000"), ("+86 13912345678", "+86 13912345678"),
            ("{\"mobile\":\"0086-139 1234 5678\"}", "0086-139 1234 5678"), ("手机号16412345678", "16412345678"), ("在13700137000.", "13700137000"),
        ],
        negative: ["快递单号13800138000", "12345678901", "913800138000", "16412345678", "耗时13800138000.25", "0.13912345678"])
}
