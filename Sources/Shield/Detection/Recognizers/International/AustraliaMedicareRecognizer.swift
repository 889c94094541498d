/// Australian Medicare cards: 4-5-1 digits with a check, after their name.
struct AustraliaMedicareRecognizer: Recognizer {
    let card = TypeCard("au-medicare", zh: "澳大利亚医保号", en: "Australian Medicare number", .international)
    let rules: [Rule] = [.word("[2-6][0-9]{3}[ -][0-9]{5}[ -][0-9]", 0.3) { .when(Checksums.isAustralianMedicare($0.digits), 0.45,
        "groups and check digit") }, .label("[2-6][0-9]{3}[ -]?[0-9]{5}[ -]?[0-9](?:[ /-]?[0-9])?",
        0.9) { .when(Checksums.isAustralianMedicare($0.digits), 0.9, "check digit after its name") },
        .spread(8...15, letters: []) { Checksums.isAustralianMedicare($0) },
    ]
    let labels = [
        "澳大利亚医保号", "澳大利亚医疗卡号", "澳大利亚medicare",
        "medicare", "medicare no", "medicare number", "medicare card", "medicare card number"]
    let fixtures = RecognizerFixtures(positive: [("Medicare 2123 45670 1", "2123 45670 1"), ("medicare card number: 3456789081", "3456789081")],
        negative: ["2123456701", "Medicare 7123456701"])
}
