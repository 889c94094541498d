/// Argentine CUIT and CUIL: 2-8-1 digits with a check of MOD 11.
struct ArgentinaCUITRecognizer: Recognizer {
    let card = TypeCard("ar-cuit", zh: "阿根廷税号", en: "Argentine CUIT", .international)
    let rules: [Rule] = [.word("(?:2[03-7]|3[034])-[0-9]{8}-[0-9]", 0.3) { .when(Checksums.isCUIT($0.digits), 0.85, "prefix and check digit (MOD 11)") },
        .label("(?:2[03-7]|3[034])[ -]?[0-9]{8}[ -]?[0-9]", 0.92) { .when(Checksums.isCUIT($0.digits), 0.92, "check digit after its name") },
        .spread(8...15, letters: []) { Checksums.isCUIT($0) },
    ]
    let labels = [
        "阿根廷cuit", "阿根廷cuil",
        "cuit", "cuil", "cuit no", "阿根廷税号"]
    let fixtures = RecognizerFixtures(positive: [("CUIT 20-12345678-6", "20-12345678-6"), ("cuil: 27987654320", "27987654320")],
        negative: ["21-12345678-0", "27987654320"])
}
