/// Addresses of Dogecoin: D and base58 with its check.
struct DogecoinAddressRecognizer: Recognizer {
    let card = TypeCard("dogecoin-address", zh: "狗狗币地址", en: "Dogecoin address", .wallet)
    let rules: [Rule] = [.word("[DA9][1-9A-HJ-NP-Za-km-z]{32,33}", 0.3) { match in
        let bytes = Base58.checked(match.bytes)
        return .when(bytes?.count == 21 && (bytes?[0] == 0x1e || bytes?[0] == 0x16), 0.94, "version and check of base58")
    }]
    let labels = ["doge", "dogecoin", "狗狗币"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("DOGE DC7riqsXeFaA5bUQzgVdu5CKa97KZUBX2X", "DC7riqsXeFaA5bUQzgVdu5CKa97KZUBX2X"),
        ("DCXYRfqLPnovk93dzu3i99EGqcMH6JdT5L,", "DCXYRfqLPnovk93dzu3i99EGqcMH6JdT5L")], negative: ["DAkgPBcnjfCRKgUde3oabgpayyCpsRVFZ9", "D12345"])
}
