/// Geohashes of six characters or more, and plus codes, after their name.
struct GeohashRecognizer: Recognizer {
    let card = TypeCard("geohash", zh: "地理编码", en: "Geohash", .location)
    let rules: [Rule] = [.label("[0-9b-hjkmnp-z]{6,12}", 0.85) { .when($0.digits.count > 0, 0.85, "geohash after its name", otherwise: "a word") },
        .word("[23456789CFGHJMPQRVWX]{8}\\+[23456789CFGHJMPQRVWX]{2,3}", 0.6, "a plus code"), .label("[a-z]{3,15}\\.[a-z]{3,15}\\.[a-z]{3,15}", 0.85)]
    let labels = ["geohash", "geo hash", "plus code", "open location code", "what3words", "w3w", "地理哈希"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("geohash: wssu6bf8q", "wssu6bf8q"), ("plus code 8PFRW7M2+4Q", "8PFRW7M2+4Q")],
        negative: ["wssu6bf8q", "geohash index", "a+b"])
}
