/// Dutch citizen service numbers: nine digits with a check of eleven, after their name.
struct NetherlandsBSNRecognizer: Recognizer {
    let card = TypeCard("nl-bsn", zh: "荷兰公民号", en: "Dutch BSN", .international)
    let rules: [Rule] = [.label("[0-9]{4}[ .]?[0-9]{2}[ .]?[0-9]{3}|[0-9]{9}", 0.92) { .when(Checksums.isBSN($0.digits), 0.92,
        "check (MOD 11) after its name") },
        .spread(8...15, letters: []) { Checksums.isBSN($0) },
    ]
    let labels = [
        "荷兰身份证号", "荷兰税号",
        "荷兰bsn", "荷兰公民服务号", "荷兰社保号", "荷兰公民号", "dutch bsn", "bsn nummer", "bsn no", "bsn number", "nl bsn",
        "bsn", "burgerservicenummer", "sofinummer", "citizen service number"]
    let fixtures = RecognizerFixtures(positive: [("BSN: 111222333", "111222333"), ("burgerservicenummer 123456782", "123456782")],
        negative: ["111222333", "BSN 111222330"])
}
