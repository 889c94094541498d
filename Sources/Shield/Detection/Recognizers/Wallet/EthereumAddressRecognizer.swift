/// Addresses of Ethereum and chains like it: 0x and 40 hexadecimal digits; the case of letters is a check (EIP-55). All of one case needs a context word.
struct EthereumAddressRecognizer: Recognizer {
    let card = TypeCard("ethereum-address", zh: "以太坊地址", en: "Ethereum address", .wallet)
    let rules: [Rule] = [
        .word("0x[0-9a-fA-F]{40}", 0.4) { match in
            let hex = Array(match.bytes.dropFirst(2))
            let hasBoth = hex.contains { (97...102).contains($0) } && hex.contains { (65...70).contains($0) }
            guard hasBoth else { return .keep(0.4, "0x and 40 hexadecimal digits of one case") }
            return .either(Keccak256.isMixedCaseAddress(hex), 0.97, "check in the case of letters (EIP-55)", 0.2, otherwise: "mixed case that is no check")
        }
    ]
    let labels = ["eth", "ethereum", "以太坊", "以太", "钱包地址", "钱包", "wallet", "wallet address", "usdt", "erc20", "bsc", "bnb", "polygon", "metamask", "address",
        "to", "from", "收款地址", "转账"]
    let fixtures = RecognizerFixtures(positive: [("0x4F040286163b8cB455CA5C8533Bf900Bb9b6DC34 收", "0x4F040286163b8cB455CA5C8533Bf900Bb9b6DC34"),
        ("钱包地址：0xbac63a105da28ab840ffea7ba0513e6b2439886d", "0xbac63a105da28ab840ffea7ba0513e6b2439886d")],
        negative: ["hash 0xbac63a105da28ab840ffea7ba0513e6b2439886d", "0x6db10108b02ef3a7958d653742432821e275046b270404f0f01ed31017ddb5e3"])
}
