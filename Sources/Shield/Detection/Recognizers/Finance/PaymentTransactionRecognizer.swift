/// Numbers of transactions of Alipay (28 digits from the date) and WeChat Pay (28 digits from 4200), after their name.
struct PaymentTransactionRecognizer: Recognizer {
    let card = TypeCard("payment-transaction", zh: "支付交易号", en: "Payment transaction", .finance)
    let rules: [Rule] = [.label("[0-9]{16,32}", 0.85), .label("[A-Za-z]{1,4}[0-9]{12,30}", 0.8)]
    let labels = ["支付宝交易号", "支付宝流水号", "微信支付交易号", "微信交易单号", "微信支付单号", "微信支付订单号", "交易单号", "支付交易号", "银联流水号", "支付流水号", "交易号", "转账单号", "alipay trade no",
        "wechat transaction id", "transaction id", "trade no", "pay trade no", "jydh", "jyh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("支付宝交易号：2024011522001412345678901234", "2024011522001412345678901234"),
            ("transaction_id=4200001234202401151234567890", "4200001234202401151234567890")], negative: ["2024011522001412345678901234", "交易号无效"])
}
