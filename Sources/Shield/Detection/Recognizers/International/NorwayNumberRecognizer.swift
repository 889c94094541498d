/// Norwegian birth numbers: a date, three digits and two checks, near their name.
struct NorwayNumberRecognizer: Recognizer {
    let card = TypeCard("no-fnr", zh: "挪威个人号", en: "Norwegian birth number", .international)
    let rules: [Rule] = [.word("[0-7][0-9][01][0-9]{3} ?[0-9]{5}", 0.1) { .when(Checksums.isNorwegianNumber($0.digits), 0.4, "date and two check digits") },
        .label("[0-7][0-9][01][0-9]{3} ?[0-9]{5}", 0.92) { .when(Checksums.isNorwegianNumber($0.digits), 0.92,
        "date and two check digits after its name") },
        .spread(8...15, letters: []) { Checksums.isNorwegianNumber($0) },
    ]
    let labels = [
        "挪威个人编号", "挪威出生号", "挪威身份证号",
        "fødselsnummer", "fodselsnummer", "fnr", "personnummer", "norwegian id", "d-nummer"]
    let fixtures = RecognizerFixtures(positive: [("fnr 12068512326", "12068512326"), ("fødselsnummer: 01019011263", "01019011263")],
        negative: ["12068512326", "fnr 12068512300"])
}
