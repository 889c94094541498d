/// Swedish personal numbers: a date, a sign, four digits with Luhn.
struct SwedenNumberRecognizer: Recognizer {
    let card = TypeCard("se-personnummer", zh: "瑞典个人号", en: "Swedish personal number", .international)
    let rules: [Rule] = [.word("(?:19|20)?[0-9]{6}[-+][0-9]{4}", 0.3) { .when(Checksums.isSwedishNumber($0.digits) && !$0.isInsideNumber, 0.62,
        "date and check digit (Luhn)") }, .label("(?:19|20)?[0-9]{6}[-+]?[0-9]{4}", 0.92) { .when(Checksums.isSwedishNumber($0.digits), 0.92,
        "date and check digit after its name") },
        .spread(8...15, letters: []) { Checksums.isSwedishNumber($0) },
    ]
    let labels = [
        "瑞典个人编号", "瑞典个人号码", "瑞典身份证号",
        "personnummer", "personal number", "samordningsnummer", "swedish id"]
    let fixtures = RecognizerFixtures(positive: [("personnummer 850612-1238", "850612-1238"), ("personnummer: 199001010017", "199001010017")],
        negative: ["851332-1234", "order 850612-1239", "8506121239"])
}
