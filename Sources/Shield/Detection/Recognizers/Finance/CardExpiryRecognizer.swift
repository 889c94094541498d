/// Expiry dates of cards, MM/YY or MM/YYYY, after their name.
struct CardExpiryRecognizer: Recognizer {
    let card = TypeCard("card-expiry", zh: "卡有效期", en: "Card expiry", .finance)
    let rules: [Rule] = [.label("(?:0[1-9]|1[0-2]) ?[/-]? ?(?:20)?[2-4][0-9]", 0.8), .label("(?:20)?[2-4][0-9][/-](?:0[1-9]|1[0-2])", 0.75)]
    let labels = ["有效期至", "有效期", "卡有效期", "信用卡有效期", "卡片有效期", "银行卡有效期", "有效期mm/yy", "expiry date", "exp date", "expiration date", "card expiration",
        "card expiry",
        "valid thru", "valid through", "good thru", "kyxq"]
    let negativeContext = ["证书", "token", "license", "cookie", "域名", "合同", "session", "药品", "保质期"]
    let fixtures = RecognizerFixtures(positive: [("信用卡有效期：08/29", "08/29"), ("卡号后面写着有效期 08/29", "08/29"), ("valid thru 11/2028", "11/2028")],
        negative: ["08/29", "有效期 3 年", "token expiry 08/29"])
}
