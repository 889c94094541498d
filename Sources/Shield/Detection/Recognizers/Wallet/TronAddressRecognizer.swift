/// Addresses of Tron: T and base58 with its check.
struct TronAddressRecognizer: Recognizer {
    let card = TypeCard("tron-address", zh: "波场地址", en: "Tron address", .wallet)
    let rules: [Rule] = [.word("T[1-9A-HJ-NP-Za-km-z]{33}", 0.3) { match in
        let bytes = Base58.checked(match.bytes)
        return .when(bytes?.count == 21 && bytes?[0] == 0x41, 0.96, "version and check of base58")
    }]
    let labels = ["tron", "trx", "trc20", "usdt", "波场", "钱包地址", "wallet"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("USDT-TRC20：TSNVMuGquqDWLBtL7EoNdqaQeHMGXzBMRL", "TSNVMuGquqDWLBtL7EoNdqaQeHMGXzBMRL"),
        ("TKYxoLw4yz78qSpE8XE9bLu1uwUWFMBDQg。", "TKYxoLw4yz78qSpE8XE9bLu1uwUWFMBDQg")], negative: ["TPdv3PT4XKoukc5sYDS3itnqQ1rrsz1qRr", "T123"])
}
