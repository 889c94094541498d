/// Addresses of Monero: 95 characters (106 with a payment identifier) in base58 by blocks.
struct MoneroAddressRecognizer: Recognizer {
    let card = TypeCard("monero-address", zh: "门罗币地址", en: "Monero address", .wallet)
    let rules: [Rule] = [.word("[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}(?:[1-9A-HJ-NP-Za-km-z]{11})?", 0.9, "95 characters of a Monero address")]
    let labels = ["xmr", "monero", "门罗币"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("XMR 4A9nu6yjRoJRD6LECDnwMD8D6cU7bMjxREhymgi4poduV3PtoNiGDZqYE25Xzryd8SCNGmVoh1PssrCFfQcC2FsesXwYD7a",
        "4A9nu6yjRoJRD6LECDnwMD8D6cU7bMjxREhymgi4poduV3PtoNiGDZqYE25Xzryd8SCNGmVoh1PssrCFfQcC2FsesXwYD7a"),
        ("8BJFWVc47FZYLda6sGVZJUvjByLyocyaM5aChr1oNgD9foCSxjjxVAUQAC3m2SyRhX8vJmEsWadius8jy4JWPeqkX2s4T5X。",
        "8BJFWVc47FZYLda6sGVZJUvjByLyocyaM5aChr1oNgD9foCSxjjxVAUQAC3m2SyRhX8vJmEsWadius8jy4JWPeqkX2s4T5X")],
        negative: ["4A9nu6yjRoJRD6LECDnwMD8D6cU7bMjxREhymgi4poduV3PtoNiGDZqYE25Xzryd8SCNGmVoh1PssrCFfQ", "8B12"])
}
