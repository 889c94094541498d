/// Recovery phrases of wallets (BIP 39): 12 to 24 short words after their name.
struct SeedPhraseRecognizer: Recognizer {
    let card = TypeCard("seed-phrase", zh: "助记词", en: "Seed phrase", .wallet)
    let rules: [Rule] = [.label("[a-z]{3,8}(?:[ ,]{1,2}[a-z]{3,8}){11,23}", 0.93), .label("(?:[\u{4E00}-\u{9FFF}] ){11,23}[\u{4E00}-\u{9FFF}]", 0.93)]
    let labels = [
        "恢复词", "备份助记词", "钱包恢复词", "12个单词", "bip39", "recovery words", "backup words", "mnemonic words", "wallet words", "wallet seed",

        "助记词", "助记码", "钱包助记词", "恢复短语", "seed phrase", "seed words", "mnemonic", "mnemonic phrase", "recovery phrase", "secret recovery phrase",
        "backup phrase", "zjc"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("助记词：legal winner thank year wave sausage worth useful legal winner thank yellow",
            "legal winner thank year wave sausage worth useful legal winner thank yellow"),
            ("mnemonic=\"abandon ability able about above absent absorb abstract absurd abuse access accident\"",
            "abandon ability able about above absent absorb abstract absurd abuse access accident")], negative: ["助记词请妥善保管", "mnemonic is a memory aid"])
}
