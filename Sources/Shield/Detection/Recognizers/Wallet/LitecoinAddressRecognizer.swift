/// Addresses of Litecoin: base58 from L or M, bech32 from ltc1.
struct LitecoinAddressRecognizer: Recognizer {
    let card = TypeCard("litecoin-address", zh: "莱特币地址", en: "Litecoin address", .wallet)
    let rules: [Rule] = [
        .word("[LM][1-9A-HJ-NP-Za-km-z]{26,33}", 0.3) { match in
            let bytes = Base58.checked(match.bytes)
            return .when(bytes?.count == 21 && (bytes?[0] == 0x30 || bytes?[0] == 0x32), 0.94, "version and check of base58")
        }, .literal(["ltc1"], "ltc1[0-9a-z]{20,80}", 0.3) { .when(Bech32.isValid($0.bytes), 0.97, "check of bech32") },
    ]
    let labels = ["ltc", "litecoin", "莱特币"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("LTC LYgHEkqxFiHJoD6NWv2fRWGDnumtaEgHkb", "LYgHEkqxFiHJoD6NWv2fRWGDnumtaEgHkb"),
        ("ltc1qvkardwjld4uysv29uhv750emdymand84qnzh5x", "ltc1qvkardwjld4uysv29uhv750emdymand84qnzh5x")],
        negative: ["LAWWrCnSoPUZt8b86pWH4jiENFLvrECADz", "ltc1q"])
}
