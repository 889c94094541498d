/// Degree certificates: 16 digits (school 5, level 1, year 4, sequence 6), or letters and digits for doctors and masters; after their name.
struct DegreeCertificateRecognizer: Recognizer {
    let card = TypeCard("degree-certificate", zh: "学位证书编号", en: "Degree certificate", .identity)
    let rules: [Rule] = [.number([15, 16], 0.88), .label("[A-Za-z]{1,8}[0-9]{8,16}", 0.85),
        .spread(8...24),
    ]
    let labels = ["学位证书编号", "学位证书号码", "学位证书号", "学位证书", "学位证编号", "学位证号码", "学位证号", "学位证", "degree certificate", "degree no", "degree cert no", "xwzh",
        "xwzsbh", "xwzs"]
    let fixtures = RecognizerFixtures(
        positive: [("学位证书编号：1038442018001234", "1038442018001234"), ("学位证号 Z1038432018000123", "Z1038432018000123")], negative: ["1038442018001234",
            "学位证办理 3 天"])
}
