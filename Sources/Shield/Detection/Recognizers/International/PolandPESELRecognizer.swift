/// Polish PESEL: eleven digits with a date and a check, near their name.
struct PolandPESELRecognizer: Recognizer {
    let card = TypeCard("pl-pesel", zh: "波兰身份号", en: "Polish PESEL", .international)
    let rules: [Rule] = [.word("[0-9]{11}", 0.1) { .when(Checksums.isPESEL($0.digits), 0.2, "date and check digit") },
        .label("[0-9]{11}", 0.92) { .when(Checksums.isPESEL($0.digits), 0.92, "date and check digit after its name") },
        .spread(8...15, letters: []) { Checksums.isPESEL($0) },
    ]
    let labels = [
        "波兰pesel", "波兰pesel号", "波兰身份证号",
        "pesel", "pesel no", "numer pesel"]
    let fixtures = RecognizerFixtures(positive: [("PESEL: 85061212346", "85061212346"), ("pesel 02210156788", "02210156788")],
        negative: ["85061212346", "PESEL 85061212340"])
}
