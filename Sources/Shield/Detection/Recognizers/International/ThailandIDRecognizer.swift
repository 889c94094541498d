/// Thai citizen numbers: 1-4-5-2-1 digits with a check of MOD 11.
struct ThailandIDRecognizer: Recognizer {
    let card = TypeCard("th-id", zh: "泰国身份证号", en: "Thai citizen number", .international)
    let rules: [Rule] = [.word("[1-8][ -][0-9]{4}[ -][0-9]{5}[ -][0-9]{2}[ -][0-9]", 0.3) { .when(Checksums.isThaiNumber($0.digits), 0.9,
        "groups and check digit (MOD 11)") }, .label("[1-8][ -]?[0-9]{4}[ -]?[0-9]{5}[ -]?[0-9]{2}[ -]?[0-9]",
        0.92) { .when(Checksums.isThaiNumber($0.digits), 0.92, "check digit (MOD 11) after its name") },
        .spread(8...15, letters: []) { Checksums.isThaiNumber($0) },
    ]
    let labels = [
        "泰国身份号",
        "泰国身份证号", "泰国身份证号码", "泰国公民号", "thai national id no", "thailand id", "thai id no", "th id",
        "thai id", "thai citizen id", "thai national id", "citizen id", "เลขประจำตัวประชาชน", "บัตรประชาชน", "泰国身份证", "national id"]
    let fixtures = RecognizerFixtures(positive: [("Thai ID 1-1017-00123-45-6", "1-1017-00123-45-6"), ("thai_id=3100500765433", "3100500765433")],
        negative: ["1101700123456", "Thai ID 1101700123450"])
}
