/// Addresses of the XRP Ledger: r and base58 of its own alphabet, with its check.
struct RippleAddressRecognizer: Recognizer {
    let card = TypeCard("ripple-address", zh: "瑞波币地址", en: "XRP address", .wallet)
    let rules: [Rule] = [.word("r[1-9A-HJ-NP-Za-km-z]{24,34}", 0.3) { match in
        let bytes = Base58.checked(match.bytes, alphabet: Base58.ripple)
        return .when(bytes?.count == 21 && bytes?[0] == 0, 0.95, "version and check of base58")
    }]
    let labels = ["xrp", "ripple", "瑞波"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("XRP rPySyxeF6Yy4GmwwQZZqDyAdeihViDKi4n", "rPySyxeF6Yy4GmwwQZZqDyAdeihViDKi4n"),
        ("rwmQUJUua4LUFzXDXgCpXoC2iGEEdEEsxw 收款", "rwmQUJUua4LUFzXDXgCpXoC2iGEEdEEsxw")], negative: ["r2xDorFSN1n9tu2B7zA85iqNQi4xDeHSMg", "r123456"])
}
