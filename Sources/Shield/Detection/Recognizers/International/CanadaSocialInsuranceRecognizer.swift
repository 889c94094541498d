/// Canadian social insurance numbers: nine digits, Luhn, the first not 0 or 8.
struct CanadaSocialInsuranceRecognizer: Recognizer {
    let card = TypeCard("ca-sin", zh: "加拿大社会保险号", en: "Canadian social insurance number", .international)
    let rules: [Rule] = [.word("[1-79][0-9]{2}[ -][0-9]{3}[ -][0-9]{3}", 0.2) { .when(Checksums.isLuhn($0.digits) && !Checksums.isRepeated($0.digits), 0.4,
        "check digit (Luhn)") }, .label("[1-79][0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}", 0.9) { .when(Checksums.isLuhn($0.digits), 0.9,
        "check digit (Luhn) after its name") },
        .spread(8...15, letters: []) { Checksums.isLuhn($0) },
    ]
    let labels = [
        "加拿大社会保险", "加拿大sin码", "加拿大工卡号",
        "加拿大社会保险号", "加拿大社会保险号码", "加拿大sin", "加拿大sin号", "canadian sin", "canada sin", "ca sin",
        "sin", "sin no", "sin number", "social insurance", "social insurance number", "加拿大社保号"]
    let fixtures = RecognizerFixtures(positive: [("SIN: 123 456 782", "123 456 782"), ("social insurance number 543210983", "543210983")],
        negative: ["123456782", "SIN 123456781"])
}
