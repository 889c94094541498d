/// Balances of accounts and loans, after their name.
struct AccountBalanceRecognizer: Recognizer {
    let card = TypeCard("account-balance", zh: "账户余额", en: "Account balance", .finance)
    let rules: [Rule] = [.label("(?:(?:人民币|RMB|CNY|USD|HKD|¥|￥|\\$) ?)?-?[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\\.[0-9]{1,2})?(?: ?(?:万元|万|元))?", 0.82),
        .label("(?:(?:人民币|RMB|CNY|USD|HKD|¥|￥|\\$) ?)?-?[0-9]{1,12}(?:\\.[0-9]{1,2})?(?: ?(?:万元|万|元))?", 0.8)]
    let labels = ["账户余额", "帐户余额", "可用余额", "存款余额", "卡内余额", "贷款余额", "欠款余额", "当前余额", "资产总额", "净资产", "信用额度", "授信额度", "account balance", "available balance",
        "current balance", "card balance", "credit limit", "zhye", "ye"]
    let negativeContext = ["负载", "load", "库存"]
    let fixtures = RecognizerFixtures(positive: [("账户余额：52,310.88元", "52,310.88元"), ("available balance ¥1024.00", "¥1024.00")],
        negative: ["余额不足", "52,310.88元", "load balance 3"])
}
