/// Accounts of futures, foreign exchange, bullion and exchanges of digital assets.
struct FuturesAccountRecognizer: Recognizer {
    let card = TypeCard("futures-account", zh: "期货与交易账号", en: "Futures or trading account", .finance)
    let rules: [Rule] = [.label("[A-Za-z]{0,3}[0-9]{6,18}", 0.87), .number([8, 10, 12], 0.86), .spread(8...22)]
    let labels = ["期货账户", "期货账号", "期货资金账号", "期货资金账户", "期货交易编码", "交易编码", "期货保证金账号", "保证金账号", "保证金账户", "外汇账户", "外汇账号", "黄金账号", "贵金属账户", "交易账号",
        "交易账户", "资产账号", "资产账户", "信用账户", "信用证券账户", "两融账号", "融资融券账户", "股权账户", "结算编号", "银期账号", "ctp账号", "mt4账号", "mt5账号", "交易所账号", "投资者编号", "投资者代码",
        "客户交易编码", "futures account", "futures account no", "margin account", "margin account no", "trading account", "trading account no",
        "trading code", "investor id", "investor no", "brokerage account", "brokerage account no", "mt4 account", "mt5 account", "qhzh", "qhzjzh",
        "jybm", "bzjzh", "tzzbh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("期货账户：74008038", "74008038"), ("futures account: 3300123456", "3300123456")],
        negative: ["期货账户办理流程", "期货账户待补", "74008038"])
}
