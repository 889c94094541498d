/// Passports of Taiwan: nine digits, after their name only.
struct TaiwanPassportRecognizer: Recognizer {
    let card = TypeCard("taiwan-passport", zh: "台湾护照号", en: "Taiwan passport", .identity)
    let rules: [Rule] = [.number([9]),
        .spread(8...24),
    ]
    let labels = ["台湾护照号码", "台湾护照号", "台湾护照", "台湾地区护照", "中华民国护照", "taiwan passport", "roc passport", "tw passport"]
    let fixtures = RecognizerFixtures(
        positive: [("台湾护照号：300123456", "300123456"), ("Taiwan passport 351 234 567", "351 234 567")], negative: ["300123456", "台湾护照 3001234", "护照办理 300 元"])
}
