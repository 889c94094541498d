/// Japanese individual numbers: twelve digits with a check, after their name.
struct JapanNumberRecognizer: Recognizer {
    let card = TypeCard("jp-my-number", zh: "日本个人编号", en: "Japanese individual number", .international)
    let rules: [Rule] = [.label("[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}", 0.92) { .when(Checksums.isJapaneseNumber($0.digits), 0.92,
        "check digit (MOD 11) after its name") },
        .spread(8...15, letters: []) { Checksums.isJapaneseNumber($0) },
    ]
    let labels = [
        "日本个人番号", "日本身份证号",
        "my number", "mynumber", "マイナンバー", "個人番号", "个人番号", "individual number", "日本个人编号"]
    let fixtures = RecognizerFixtures(positive: [("マイナンバー：123456789018", "123456789018"), ("my_number 9876 5432 1093", "9876 5432 1093")],
        negative: ["123456789018", "my number 123456789012"])
}
