/// Addresses of Cardano (addr1, stake1), Cosmos, Polkadot's neighbors and others in bech32 with their own readable parts.
struct CardanoAddressRecognizer: Recognizer {
    let card = TypeCard("bech32-address", zh: "Bech32 钱包地址", en: "Bech32 wallet address", .wallet)
    private static let prefixes = ["addr1", "stake1", "cosmos1", "osmo1", "terra1", "inj1", "celestia1", "akash1", "juno1", "bnb1", "kava1", "erd1", "zil1",
        "cro1"]
    let rules: [Rule] = [.literal(CardanoAddressRecognizer.prefixes, "[a-z]{3,8}1[0-9a-z]{38,108}",
        0.3) { .when(Bech32.isValid($0.bytes), 0.97, "check of bech32") }]
    let labels = ["ada", "cardano", "atom", "cosmos", "艾达币"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("ADA addr1q7p7rsyvlhmujwa37gt3hlkyjk4tgm9z95xthunslum0ffldf0v5dg53gkucd60hccg2zkyx7lwqdx68hwjdgpyn3"
        + "x4a4axysc", "addr1q7p7rsyvlhmujwa37gt3hlkyjk4tgm9z95xthunslum0ffldf0v5dg53gkucd60hccg2zkyx7lwqdx68hwjdgpyn3x4a4axysc"),
        ("cosmos1q0m7ngm8sjz35vtvfg0h8y2ylvfa39034t08tx", "cosmos1q0m7ngm8sjz35vtvfg0h8y2ylvfa39034t08tx")],
        negative: ["addr17p7rsyvlhmujwa37gt3hlkyjk4tgm9z95xthunslum0ffldf0v", "stake1"])
}
