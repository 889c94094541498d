/// Accounts of investment funds and wealth management, after their name.
struct FundAccountRecognizer: Recognizer {
    let card = TypeCard("fund-account", zh: "基金账号", en: "Fund account", .finance)
    let rules: [Rule] = [.label("[A-Za-z]{0,2}[0-9]{8,16}", 0.86), .number([12], 0.86),
        .spread(8...24),
    ]
    let labels = [
        "基金账户号", "基金户号", "基金账号号", "基金交易账户", "基金ta账号", "ta账号", "基金tA账号", "理财账户号", "理财户号", "理财交易账号", "资管账户", "信托账户", "信托受益账户", "养老理财账号",
        "贵金属交易账号", "fund account number", "fund no", "fund id", "fund trading account", "wealth account", "wealth management account",
        "trust account", "jjzhh", "jjjyzh", "lczhh", "xtzh", "tazh",
        "基金账号", "基金账户", "基金帐号", "基金交易账号", "理财账号", "理财账户", "期货账号", "期货账户", "期货资金账号", "信托账号", "贵金属账号", "fund account", "fund account no",
        "futures account", "ta account", "jjzh", "lczh"]
    let fixtures = RecognizerFixtures(positive: [("基金账号：980123456789", "980123456789"), ("fund_account: F01234567890", "F01234567890")],
        negative: ["980123456789", "基金账户开户 3 步"])
}
