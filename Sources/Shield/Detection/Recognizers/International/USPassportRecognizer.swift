/// American passports: nine digits or a letter and eight, after their name; and those of other countries written as "passport" with a letter and digits.
struct USPassportRecognizer: Recognizer {
    let card = TypeCard("foreign-passport", zh: "外国护照号", en: "Foreign passport", .international)
    let rules: [Rule] = [.label("[A-Z]{0,2}[0-9]{6,9}", 0.74), .label("[A-Z0-9]{9}", 0.73) { .when($0.digits.count >= 5, 0.75,
        "nine characters after its name", otherwise: "too few digits") }]
    let labels = [
        "外国护照号", "外籍护照", "美国护照号", "美国护照", "英国护照号", "英国护照", "日本护照号", "日本护照", "韩国护照号", "韩国护照", "加拿大护照", "澳大利亚护照", "法国护照", "德国护照", "新加坡护照",
        "foreign passport no", "uk passport no", "japan passport", "korea passport", "canadian passport",
        "us passport", "us passport no", "american passport", "uk passport", "british passport", "german passport", "reisepass",
        "reisepassnummer", "passeport", "pasaporte", "passport no", "passport number", "passport #", "passport", "外国护照", "外籍护照号"]
    let negativeContext = ["护照办理", "order", "tracking", "version", "invoice"]
    let fixtures = RecognizerFixtures(positive: [("US passport: 912803456", "912803456"), ("Reisepassnummer C01X00T47", "C01X00T47")],
        negative: ["912803456", "passport photo"])
}
