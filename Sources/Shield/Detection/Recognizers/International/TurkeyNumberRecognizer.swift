/// Turkish identity numbers: eleven digits with two checks, near their name.
struct TurkeyNumberRecognizer: Recognizer {
    let card = TypeCard("tr-tckn", zh: "土耳其身份号", en: "Turkish identity number", .international)
    let rules: [Rule] = [.label("[1-9][0-9]{10}", 0.92) { .when(Checksums.isTurkishNumber($0.digits), 0.92, "two check digits after its name") },
        .spread(8...15, letters: []) { Checksums.isTurkishNumber($0) },
    ]
    let labels = [
        "土耳其tckn", "土耳其公民号",
        "土耳其身份证号", "土耳其身份证", "土耳其身份号", "tc no", "tc kimlik numarasi", "turkey id", "turkish national id", "kimlik no",
        "tckn", "tc kimlik", "tc kimlik no", "t.c. kimlik no", "kimlik numarası", "turkish id"]
    let fixtures = RecognizerFixtures(positive: [("TC Kimlik No: 12345678950", "12345678950"), ("tckn=98765432150", "98765432150")],
        negative: ["12345678950", "TCKN 12345678901"])
}
