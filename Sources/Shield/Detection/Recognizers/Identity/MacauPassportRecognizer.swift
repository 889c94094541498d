/// Passports of Macau SAR: M and 8 digits, MA or MB and 7 digits.
struct MacauPassportRecognizer: Recognizer {
    let card = TypeCard("macau-passport", zh: "澳门特区护照号", en: "Macau SAR passport", .identity)
    let rules: [Rule] = [
        .word("[Mm][ABab][0-9]{7}", 0.35, "shape of a Macau passport"), .label("[Mm](?:[ABab][ -]?[0-9]{3}[ -]?[0-9]{4}|[0-9]{8})", 0.8),
        .spread(7...8, letters: ["[Mm]", "[ABab]"]),
    ]
    let labels = ["澳门特区护照", "澳门特别行政区护照", "澳门护照号码", "澳门护照号", "澳门护照", "特区护照", "护照号码", "护照号", "护照", "macau passport", "macao passport", "passport no",
        "passport number", "passport"]
    let fixtures = RecognizerFixtures(
        positive: [("澳门护照 MA1234567", "MA1234567"), ("护照号：MB0012345。", "MB0012345")], negative: ["MA1234567", "型号 MB0012345", "澳门护照 MA12345"])
}
