/// Passports of Hong Kong SAR: H or K and 8 digits, since 2019 HJ or KJ and 7 digits.
struct HongKongPassportRecognizer: Recognizer {
    let card = TypeCard("hong-kong-passport", zh: "香港特区护照号", en: "Hong Kong SAR passport", .identity)
    let rules: [Rule] = [
        .word("[HKhk](?:[0-9]{8}|[Jj][0-9]{7,8})", 0.35, "shape of a Hong Kong passport"),
        .label("[HKhk](?:[ -]?[0-9]{4}[ -]?[0-9]{4}|[Jj][ -]?[0-9]{3,4}[ -]?[0-9]{4})", 0.9),
        .spread(7...8, letters: ["[HKhk]", "[Jj]?"]),
    ]
    let labels = ["香港特区护照", "香港特别行政区护照", "香港护照号码", "香港护照号", "香港护照", "特区护照", "护照号码", "护照号", "护照", "hk passport", "hong kong passport", "hksar passport",
        "passport no", "passport number", "passport"]
    let fixtures = RecognizerFixtures(
        positive: [("香港护照号：K12345678", "K12345678"), ("HKSAR passport KJ0123456", "KJ0123456")], negative: ["K12345678", "型号 KJ0123456", "香港护照 K123456"])
}
