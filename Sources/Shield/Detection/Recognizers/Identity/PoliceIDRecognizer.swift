/// Numbers of police officers: six to eight digits after their name.
struct PoliceIDRecognizer: Recognizer {
    let card = TypeCard("police-id", zh: "警号", en: "Police officer number", .identity)
    let rules: [Rule] = [.label("(?:[\u{4E00}-\u{9FFF}]?公?字第?)?[A-Za-z]?[0-9]{6,8}(?: ?号)?", 0.82),
        .spread(6...8),
    ]
    let labels = ["警官证号码", "警官证号", "警官证", "人民警察证", "警察证号", "警察证", "警号", "辅警号", "police id", "police no", "police number", "badge no", "badge number",
        "officer no", "jgzh", "jinghao", "jh"]
    let fixtures = RecognizerFixtures(positive: [("民警警号：012345", "012345"), ("人民警察证 12345678", "12345678")], negative: ["警号未填写", "012345", "订单 012345"])
}
