/// German tax identifiers: eleven digits, ISO 7064 MOD 11,10, after their name.
struct GermanyTaxIDRecognizer: Recognizer {
    let card = TypeCard("de-tax-id", zh: "德国税号", en: "German tax ID", .international)
    let rules: [Rule] = [.label("[1-9][0-9][ ]?[0-9]{3}[ ]?[0-9]{3}[ ]?[0-9]{3}", 0.92) { .when(Checksums.isGermanTaxID($0.digits), 0.92,
        "check digit (MOD 11,10) after its name") },
        .spread(8...15, letters: []) { Checksums.isGermanTaxID($0) },
    ]
    let labels = [
        "德国税务识别号", "德国税务号",
        "steuer-id", "steueridentifikationsnummer", "steuer identifikationsnummer", "steuerid", "idnr", "tax id", "tin", "identifikationsnummer",
        "德国税号"]
    let fixtures = RecognizerFixtures(positive: [("Steuer-ID: 86 095 742 719", "86 095 742 719"), ("steuerid=47036925658", "47036925658")],
        negative: ["86095742719", "Steuer-ID 12345678901"])
}
