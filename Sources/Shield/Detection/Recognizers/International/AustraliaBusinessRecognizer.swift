/// Australian business numbers (11 digits, MOD 89) and company numbers (9 digits, MOD 10).
struct AustraliaBusinessRecognizer: Recognizer {
    let card = TypeCard("au-abn", zh: "澳大利亚商业号", en: "Australian business number", .international)
    let rules: [Rule] = [
        .word("[1-9][0-9] [0-9]{3} [0-9]{3} [0-9]{3}", 0.2) { .when(Checksums.isABN($0.digits), 0.55, "groups and check digits (MOD 89)") },
            .label("[1-9][0-9][ -]?[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}", 0.92) { .when(Checksums.isABN($0.digits), 0.92,
            "check digits (MOD 89) after its name") },
        .label("[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}", 0.9) { .when(Checksums.isACN($0.digits), 0.9, "check digit (MOD 10) after its name") },
        .spread(8...15, letters: []) { Checksums.isABN($0) },
    ]
    let labels = [
        "澳大利亚商业号码", "澳大利亚公司编号", "澳大利亚abn", "澳大利亚acn",
        "abn", "abn no", "australian business number", "acn", "australian company number"]
    let fixtures = RecognizerFixtures(positive: [("ABN: 51 824 753 556", "51 824 753 556"), ("ACN 005 123 455", "005 123 455")],
        negative: ["ABN 12345678901", "51824753556"])
}
