/// Visa numbers: a letter and seven or eight digits, or eight to twelve characters, after their name.
struct VisaRecognizer: Recognizer {
    let card = TypeCard("visa", zh: "签证号", en: "Visa number", .identity)
    let rules: [Rule] = [.label("[A-Za-z]{0,2}[ -]?[0-9]{7,10}", 0.85), .label("[A-Za-z0-9]{8,12}", 0.7) { .when($0.digits.count >= 6, 0.75,
        "visa number after its name", otherwise: "too few digits") },
        .spread(8...9),
    ]
    let labels = ["签证号码", "签证编号", "签证号", "签证", "工作许可证号", "工作许可证", "外国人工作许可证", "visa no", "visa number", "visa id", "visa foil", "work permit",
        "work permit no", "qzh", "qzhm"]
    let fixtures = RecognizerFixtures(
        positive: [("签证号码：B1234567", "B1234567"), ("visa no: 20231234567", "20231234567")], negative: ["B1234567", "签证费 1000 元", "订单 B1234567"])
}
