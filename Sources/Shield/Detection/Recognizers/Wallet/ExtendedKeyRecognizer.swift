/// Extended keys of wallets (BIP 32, SLIP 132): xprv, xpub and their like in base58 with a check.
struct ExtendedKeyRecognizer: Recognizer {
    let card = TypeCard("extended-key", zh: "扩展密钥", en: "Extended key", .wallet)
    let rules: [Rule] = [.literal(["xprv", "xpub", "yprv", "ypub", "zprv", "zpub", "tprv", "tpub"], "[xyzt](?:prv|pub)[1-9A-HJ-NP-Za-km-z]{105,110}",
        0.3) { .when(Base58.checked($0.bytes)?.count == 78, 0.98, "check of base58") }]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("xprvFxj1TYkakruTT7bkDXPYzqKJNLpYhyzBUT2peXeg3ppATnfXmunw7MThcJ3ZTkrcTSHh6yDwJNP9E33Uvtiv3sjzTFyLc3"
        + "b8RAfuzXeK5kW", "xprvFxj1TYkakruTT7bkDXPYzqKJNLpYhyzBUT2peXeg3ppATnfXmunw7MThcJ3ZTkrcTSHh6yDwJNP9E33Uvtiv3sjzTFyLc3b8RAfuzXeK5kW"),
        ("key xpub7nkLjsfZAUteMrtwMrysGsqfrpoPtq9mcxtiqcAz6sH8vav6PpfpCipozUNSwf8JYvrmULKdREJknmmegeGoXAcHe6npFzR3vRjiRdojKob",
        "xpub7nkLjsfZAUteMrtwMrysGsqfrpoPtq9mcxtiqcAz6sH8vav6PpfpCipozUNSwf8JYvrmULKdREJknmmegeGoXAcHe6npFzR3vRjiRdojKob")],
        negative: ["xprv", "xpub2ixtoJ2XcPGUy2w5L9fLYKLUNSDWRLow3aPCgqFfJiYkWBJTjJkDDm23VC3ndzpLawgv9A2vBqXs6a7ajfvs8EMbgxfL94mW7mjejGgGXD7"])
}
