/// Private keys of wallets: WIF of Bitcoin in base58, and 64 hexadecimal digits after their name.
struct WalletPrivateKeyRecognizer: Recognizer {
    let card = TypeCard("wallet-private-key", zh: "钱包私钥", en: "Wallet private key", .wallet)
    let rules: [Rule] = [
        .word("[5KL][1-9A-HJ-NP-Za-km-z]{50,51}", 0.3) { match in
            let bytes = Base58.checked(match.bytes)
            return .when((bytes?.count == 33 || bytes?.count == 34) && bytes?[0] == 0x80, 0.98, "version and check of base58")
        },
        .label("(?:0x)?[0-9a-fA-F]{64}", 0.93),
    ]
    let labels = [
        "以太坊私钥", "比特币私钥", "btc私钥", "eth私钥", "波场私钥", "trx私钥", "wif私钥", "区块链私钥", "钱包密钥", "btc private key", "bitcoin private key", "ethereum private key",
        "tron private key", "wallet key", "wallet secret", "wif key", "qbsy",
        "钱包私钥", "私钥", "wallet private key", "private key", "privkey", "priv key", "eth private key", "secret key", "wif"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("WIF L2yeX2Xma8Xk8Jbk2z9iA5rwB6Th7fpT6yD34vhsoeDscKP1AofV",
        "L2yeX2Xma8Xk8Jbk2z9iA5rwB6Th7fpT6yD34vhsoeDscKP1AofV"), ("private key: 0x6af6cd56d75edc8c7bf1a7ed2d393ae6a700d9fff3405fe0b6e44cf06448b1e1",
        "0x6af6cd56d75edc8c7bf1a7ed2d393ae6a700d9fff3405fe0b6e44cf06448b1e1")], negative: ["KRsufGTXnJhbm5bTZMp38uZ6AVh1azUesjFJKQQZ7TcryWJzky9D",
        "sha256 6af6cd56d75edc8c7bf1a7ed2d393ae6a700d9fff3405fe0b6e44cf06448b1e1"])
}
