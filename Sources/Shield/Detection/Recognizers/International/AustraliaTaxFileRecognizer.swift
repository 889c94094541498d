/// Australian tax file numbers: nine digits with a check, after their name or in groups near a context word.
struct AustraliaTaxFileRecognizer: Recognizer {
    let card = TypeCard("au-tfn", zh: "澳大利亚税号", en: "Australian tax file number", .international)
    let rules: [Rule] = [.word("[0-9]{3} [0-9]{3} [0-9]{3}", 0.2) { .when(Checksums.isTaxFileNumber($0.digits), 0.4, "groups and check digit (MOD 11)") },
        .label("[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}", 0.9) { .when(Checksums.isTaxFileNumber($0.digits), 0.9, "check digit (MOD 11) after its name") },
        .spread(8...15, letters: []) { Checksums.isTaxFileNumber($0) },
    ]
    let labels = [
        "澳大利亚税号", "澳大利亚税务档案号", "澳大利亚tfn",
        "tfn", "tfn no", "tax file number", "tax file no"]
    let fixtures = RecognizerFixtures(positive: [("TFN 123 456 782", "123 456 782"), ("tax file number: 876543210", "876543210")],
        negative: ["123456782", "TFN 123456789"])
}
