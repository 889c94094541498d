/// American bank routing numbers: nine digits with a check, near their name.
struct USRoutingRecognizer: Recognizer {
    let card = TypeCard("us-routing", zh: "美国银行路由号", en: "US routing number", .international)
    let rules: [Rule] = [.word("[0-8][0-9]{8}", 0.1) { .when(Checksums.isRoutingNumber($0.digits), 0.2, "district and check digit") },
        .label("[0-8][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]", 0.9) { .when(Checksums.isRoutingNumber($0.digits), 0.9, "check digit after its name") },
        .spread(8...15, letters: []) { Checksums.isRoutingNumber($0) },
    ]
    let labels = ["aba", "aba no", "aba number", "routing", "routing no", "routing number", "rtn", "bank routing", "transit number", "路由号", "银行路由号"]
    let fixtures = RecognizerFixtures(positive: [("routing number: 021000021", "021000021"), ("ABA 121105240", "121105240")],
        negative: ["021000021", "routing number 021000029"])
}
