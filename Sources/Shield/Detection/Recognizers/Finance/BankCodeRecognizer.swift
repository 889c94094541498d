/// Codes of banks in the Chinese national clearing system (CNAPS): 12 digits, the first three a bank, after their name.
struct BankCodeRecognizer: Recognizer {
    let card = TypeCard("bank-code", zh: "联行号", en: "CNAPS code", .finance)
    let rules: [Rule] = [.number([12], 0.88),
        .spread(8...24),
    ]
    let labels = [
        "大额支付行号", "支付系统行号", "开户行联行号", "开户银行联行号", "开户银行行号", "银行联行号", "人行行号", "网点号", "网点编号", "支行号", "机构号", "bank branch code", "branch code",
        "branch no", "clearing code", "lhhh", "khlhh", "yhhh", "zfhh", "hh",
        "联行号", "联行行号", "大额行号", "开户行行号", "开户行号", "支付行号", "银行行号", "行号", "清算行号", "电子联行号", "人行支付系统行号", "收款行号", "cnaps", "cnaps code", "cnaps no",
        "bank code", "bank no", "union bank no", "lhh", "khhhh"]
    let fixtures = RecognizerFixtures(positive: [("联行号：102391000012", "102391000012"), ("CNAPS 1033 9100 0123", "1033 9100 0123")],
        negative: ["102391000012", "联行号查询", "订单 102391000012"])
}
