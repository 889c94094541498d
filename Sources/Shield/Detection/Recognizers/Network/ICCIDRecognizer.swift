/// Identifiers of SIM cards, ITU-T E.118: 89, 86 for China and an issuer, 19 or 20 characters, Luhn over 19 of some issuers.
struct ICCIDRecognizer: Recognizer {
    let card = TypeCard("iccid", zh: "SIM 卡 ICCID", en: "ICCID", .network)
    let rules: [Rule] = [
        .word("8986[ -]?[0-9]{2}(?:[ -]?[0-9A-Fa-f]){13,14}", 0.3) { match in
            let digits = match.digits
            return .either((19...20).contains(digits.count) && (Checksums.isLuhn(digits) || Checksums.isLuhn(Array(digits.prefix(19)))), 0.65,
                "issuer of China and check digit (Luhn)", 0.4, otherwise: "issuer of China")
        },
        .label("89(?:[ -]?[0-9A-Fa-f]){17,18}", 0.92),
        .spread(18...20),
    ]
    let labels = [
        "sim卡iccid", "sim卡编号", "sim卡卡号", "手机卡卡号", "流量卡号", "esim iccid", "eid号", "集成电路卡号", "uim卡号", "iccid no", "iccid number", "sim iccid",
        "sim card no", "sim number", "sim iccid no", "sim kh",
        "iccid号", "iccid码", "iccid", "sim卡号", "sim卡序列号", "集成电路卡识别码", "sim卡", "sim no", "sim card", "sim serial", "sim id"]
    let fixtures = RecognizerFixtures(positive: [("ICCID：8986001234567890120", "8986001234567890120"),
        ("iccid=89860318760105012345", "89860318760105012345")], negative: ["订单 89860318760105012345", "8986 元"])
}
