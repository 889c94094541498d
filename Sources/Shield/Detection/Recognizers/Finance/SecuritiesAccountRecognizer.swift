/// Accounts of securities (China Securities Depository): A, B, C, D, E or F and nine digits in Shanghai, ten digits from 0 or 2 in Shenzhen; after their name.
struct SecuritiesAccountRecognizer: Recognizer {
    let card = TypeCard("securities-account", zh: "证券账号", en: "Securities account", .finance)
    let rules: [Rule] = [.label("[A-Fa-f](?:[ ._*~/·—－-]?[0-9]){9}", 0.88), .number([10], 0.85), .label("[0-9]{8,14}", 0.8),
        .spread(8...24),
    ]
    let labels = [
        "证券账户号码", "证券资金账号", "证券资金账户", "股票账户号", "股票资金账号", "股东账户号", "股东卡", "股东号", "沪a股东账号", "深a股东账号", "沪深账户", "上海股东账号", "深圳股东账号", "一码通账号",
        "一码通", "新三板账户", "北交所账户", "港股通账户", "基金账户卡", "衍生品账户", "securities account no", "securities account number", "securities no",
        "stock account no", "stock acct", "shareholder no", "shareholder code", "shareholder id", "shareholder account no", "ymt no",
        "gpzh", "gdkh", "zqzhh", "ymtzh", "zjzhh",
        "证券账户号", "证券账户", "证券账号", "证券帐号", "股东账号", "股东账户", "股东代码", "股东卡号", "股票账户", "股票账号", "沪市账户", "深市账户", "沪a账户", "深a账户", "一码通账户", "一码通号", "资金账号",
        "资金账户", "securities account", "stock account", "shareholder account", "trading account", "gdzh", "zqzh", "gddm", "zjzh"]
    let fixtures = RecognizerFixtures(positive: [("证券账号：A123456789", "A123456789"), ("股东代码 0123456789", "0123456789")],
        negative: ["A123456789", "证券账户开户", "0123456789"])
}
