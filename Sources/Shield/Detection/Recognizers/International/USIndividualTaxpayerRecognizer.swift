/// American individual taxpayer numbers: 9XX, a group from 50 to 99, four digits.
struct USIndividualTaxpayerRecognizer: Recognizer {
    let card = TypeCard("us-itin", zh: "美国个人纳税号", en: "US individual taxpayer number", .international)
    let rules: [Rule] = [.word("9[0-9]{2}[ -][5-9][0-9][ -][0-9]{4}", 0.5), .label("9[0-9]{2}[ -]?[5-9][0-9][ -]?[0-9]{4}", 0.9)]
    let labels = ["itin", "itin no", "individual taxpayer", "taxpayer identification number", "tax id", "tin"]
    let fixtures = RecognizerFixtures(positive: [("ITIN 912-78-1234", "912-78-1234"), ("taxpayer identification number: 987651234", "987651234")],
        negative: ["912-28-1234", "order 912-78-1234", "987651234"])
}
