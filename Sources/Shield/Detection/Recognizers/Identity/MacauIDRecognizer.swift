/// Macau identity cards: 1, 5 or 7, six digits and a check whose rule is not published; after their name only, or with the brackets near a context word.
struct MacauIDRecognizer: Recognizer {
    let card = TypeCard("macau-id", zh: "澳门身份证号", en: "Macau identity card", .identity)
    let rules: [Rule] = [
        .word("[1578][0-9]{6}[(（][0-9][)）]", 0.5, "seven digits and one in brackets"),
        .word("[157]/[0-9]{6}/[0-9]", 0.45, "digits with slashes in the places of a Macau card"),
        .label("[1578][ /-]?[0-9]{3}[ -]?[0-9]{3}[ /-]?(?:[(（][0-9][)）]|[0-9])", 0.85),
        .spread(8...8),
    ]
    let labels = ["澳门身份证号码", "澳门身份证号", "澳门身份证", "澳门居民身份证", "澳门永久性居民身份证", "澳门居民", "macau id", "macao id", "bir no", "macau identity card",
        "macau resident identity card", "amsfz"]
    let context = ["澳门", "macau", "macao", "证件号", "身份证"]
    let fixtures = RecognizerFixtures(
        positive: [("澳门身份证1234567(8)", "1234567(8)"), ("Macau ID: 5/123456/7", "5/123456/7"), ("澳门居民身份证号码 51234567", "51234567")],
        negative: ["订单 51234567", "版本 5/123456/7", "澳门电话 28123456"])
}
