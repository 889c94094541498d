/// Addresses of Bitcoin: base58 with its check (from 1 or 3), bech32 and bech32m (bc1).
struct BitcoinAddressRecognizer: Recognizer {
    let card = TypeCard("bitcoin-address", zh: "比特币地址", en: "Bitcoin address", .wallet)
    let rules: [Rule] = [
        .word("[13][1-9A-HJ-NP-Za-km-z]{25,34}", 0.3) { match in
            let version = Base58.checked(match.bytes)
            return .when(version?.count == 21 && (version?[0] == 0 || version?[0] == 5), 0.93, "version and check of base58")
        },
        .literal(["bc1q", "bc1p", "BC1Q", "BC1P", "tb1q", "tb1p"], "(?:bc1|BC1|tb1)[0-9A-Za-z]{20,90}",
            0.3) { .when(Bech32.isValid($0.bytes), 0.97, "check of bech32") },
    ]
    let labels = ["btc", "bitcoin", "比特币", "钱包地址", "wallet", "收币地址", "address"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("BTC 1CB9gHt7bGTrMug1f67YuG4WB564WsBara", "1CB9gHt7bGTrMug1f67YuG4WB564WsBara"),
        ("转到bc1qlk89kfte82z8he8ydw72jj4d7yyr2x99paxnq2", "bc1qlk89kfte82z8he8ydw72jj4d7yyr2x99paxnq2"),
        ("bc1pt83nmplhnm3pmqmkakdz6a2sg9n73yhmkzp3wzu40s2r27d7pdxjqgckf5", "bc1pt83nmplhnm3pmqmkakdz6a2sg9n73yhmkzp3wzu40s2r27d7pdxjqgckf5")],
        negative: ["1TadccseJttykqt7daXBvv5djhN43x2iyh", "bc1qlk89kfte82z8he8ydw72jj4d7yyr2x99jqdvcf"])
}
