/// Numbers of transactions of Alipay (28 digits from the date) and WeChat Pay (28 digits from 4200), after their name.
struct PaymentTransactionRecognizer: Recognizer {
    let card = TypeCard("payment-transaction", zh: "支付交易号", en: "Payment transaction", .finance)
    let rules: [Rule] = [.label("[0-9]{16,32}", 0.85), .label("[A-Za-z]{1,4}[0-9]{12,30}", 0.8),
        .spread(8...24),
    ]
    let labels = [
        "微信交易号", "微信订单号", "微信流水号", "支付单号", "支付订单号", "支付凭证号", "银行流水号", "银行交易流水号", "交易流水号", "交易参考号", "交易编号",
        "交易凭证号", "交易订单号", "核心流水号", "清算流水号", "检索参考号", "系统参考号", "转账流水号", "转账凭证号", "付款单号", "付款流水号", "收款单号", "云闪付订单号", "银联订单号",
        "wechat order no", "alipay order no", "pay no", "payment no", "payment id", "payment reference",
        "transaction no", "transaction number", "transaction ref", "txn id", "txn no", "trans no", "trans id", "rrn no",
        "transfer no", "transfer id", "bank serial", "jylsh", "zflsh", "zfdh", "yhlsh", "jyckh", "wxddh",
        "支付宝交易号", "支付宝流水号", "微信支付交易号", "微信交易单号", "微信支付单号", "微信支付订单号", "交易单号", "支付交易号", "银联流水号", "支付流水号", "交易号", "转账单号", "alipay trade no",
        "wechat transaction id", "transaction id", "trade no", "pay trade no", "jydh", "jyh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("支付宝交易号：2024011522001412345678901234", "2024011522001412345678901234"),
            ("transaction_id=4200001234202401151234567890", "4200001234202401151234567890")], negative: ["2024011522001412345678901234", "交易号无效"])
}
