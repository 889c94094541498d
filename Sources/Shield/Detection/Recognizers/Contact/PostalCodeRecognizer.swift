/// Postal codes of China, six digits after their name.
struct PostalCodeRecognizer: Recognizer {
    let card = TypeCard("postal-code", zh: "邮政编码", en: "Postal code", .location)
    let rules: [Rule] = [.label("[0-8][0-9]{5}", 0.85), .label("[A-Za-z0-9]{2,5}[ -]?[0-9A-Za-z]{3,4}",
        0.6) { .when((5...9).contains($0.compact.count) && $0.digits.count >= 2, 0.7, "code after its name", otherwise: "not a postal code") },
        .spread(6...6),
    ]
    let labels = ["邮政编码", "邮编号码", "邮编", "邮政编号", "postal code", "post code", "postcode", "zip code", "zip", "yzbm", "youbian", "yb"]
    let fixtures = RecognizerFixtures(positive: [("邮编：350001", "350001"), ("postcode=100080", "100080")], negative: ["350001", "zip file 2", "邮编待填"])
}
