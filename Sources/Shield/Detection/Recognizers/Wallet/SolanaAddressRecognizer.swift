/// Addresses of Solana: 32 bytes in base58 without a check, after their name.
struct SolanaAddressRecognizer: Recognizer {
    let card = TypeCard("solana-address", zh: "Solana 地址", en: "Solana address", .wallet)
    let rules: [Rule] = [.label("[1-9A-HJ-NP-Za-km-z]{32,44}", 0.9) { .when(Base58.decode($0.bytes)?.count == 32, 0.9, "32 bytes in base58 after its name",
        otherwise: "not 32 bytes") }]
    let labels = ["sol", "solana", "sol address", "solana address", "solana wallet", "索拉纳", "索拉纳地址", "phantom", "spl"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("Solana address: 7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV",
        "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV"), ("SOL：4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T",
        "4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T")], negative: ["4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T", "solana 1234"])
}
