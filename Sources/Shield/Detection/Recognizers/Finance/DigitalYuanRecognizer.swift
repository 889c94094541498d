/// Wallets of the digital yuan: 16 digits from 0, after their name.
struct DigitalYuanRecognizer: Recognizer {
    let card = TypeCard("digital-yuan-wallet", zh: "数字人民币钱包编号", en: "Digital yuan wallet", .finance)
    let rules: [Rule] = [.label("0[0-9]{3}(?:[ -]?[0-9]{4}){3}", 0.9), .number([16, 19], 0.82),
        .spread(8...24),
    ]
    let labels = [
        "数字钱包编号", "数字钱包号", "数字钱包", "数字人民币钱包账号", "数字人民币账户", "数字人民币账号", "数币钱包id", "数币账号", "数币编号", "ecny wallet id", "ecny id", "ecny no",
        "ecny", "dcep", "dcep wallet id", "dcep id", "e cny wallet id", "digital yuan", "digital rmb wallet", "digital wallet id",
        "wallet no", "szqb", "szqbbh", "sbqbbh",
        "数字人民币钱包编号", "数字人民币钱包id", "数字人民币钱包号", "数字人民币钱包", "数币钱包编号", "数币钱包", "数字人民币", "钱包编号", "钱包id", "e-cny wallet", "e-cny", "ecny wallet",
        "dcep wallet",
        "digital yuan wallet", "wallet id", "szrmb", "sbqb"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("数字人民币钱包编号：0021001234567890", "0021001234567890"),
        ("digital yuan wallet 0052 0012 3456 7890", "0052 0012 3456 7890")], negative: ["0021001234567890", "数字人民币红包 20 元"])
}
