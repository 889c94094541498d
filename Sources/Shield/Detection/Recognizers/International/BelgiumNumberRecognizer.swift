/// Belgian national numbers: a date, three digits and a check of 97, with points and hyphen or not.
struct BelgiumNumberRecognizer: Recognizer {
    let card = TypeCard("be-national-number", zh: "比利时国民号", en: "Belgian national number", .international)
    let rules: [Rule] = [.word("[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}-[0-9]{3}\\.[0-9]{2}", 0.4) { .when(Checksums.isBelgianNumber($0.digits), 0.93,
        "date and check (MOD 97)") }, .label("[0-9]{2}[ .]?[0-9]{2}[ .]?[0-9]{2}[ -]?[0-9]{3}[ .]?[0-9]{2}",
        0.92) { .when(Checksums.isBelgianNumber($0.digits), 0.92, "date and check (MOD 97) after its name") },
        .spread(8...15, letters: []) { Checksums.isBelgianNumber($0) },
    ]
    let labels = [
        "比利时国民号", "比利时身份证号", "比利时国民登记号",
        "rijksregisternummer", "national number", "numéro national", "insz", "niss", "registre national"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("rijksregisternummer 85.06.12-123.83", "85.06.12-123.83"), ("NISS: 90010100123", "90010100123")],
        negative: ["85.06.12-123.00", "85061212383"])
}
