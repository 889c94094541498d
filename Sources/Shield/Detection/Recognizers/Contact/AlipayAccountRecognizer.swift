/// Alipay accounts (a mobile number, an e-mail address or an identifier from 2088), after their name; 2088 and twelve digits near a context word.
struct AlipayAccountRecognizer: Recognizer {
    let card = TypeCard("alipay-account", zh: "支付宝账号", en: "Alipay account", .finance)
    let rules: [Rule] = [
        .word("2088[0-9]{12}", 0.45, "an Alipay user from 2088"), .label("1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}", 0.97), .label("2088[0-9]{12}", 0.95),
            .label("[A-Za-z0-9._-]{2,40}@[A-Za-z0-9-]{1,30}(?:\\.[A-Za-z]{2,10}){1,3}", 0.97),
        .spread(16...16, 0.95, letters: []) { $0.starts(with: [2, 0, 8, 8]) },
    ]
    let labels = [
        "支付宝pid", "支付宝id", "支付宝用户id", "支付宝登录名", "支付宝登录号", "支付宝会员号", "支付宝收款账号", "卖家支付宝", "买家支付宝", "alipay no", "alipay pid", "alipay login",
        "alipay login id", "alipay email", "seller id", "alipay seller id", "zfbid", "zfbyhid",
        "支付宝账号", "支付宝账户", "支付宝帐号", "支付宝号", "支付宝uid", "支付宝用户号", "支付宝", "收款支付宝", "alipay", "alipay account", "alipay id", "alipay user id",
        "alipay uid", "buyer id", "zfb", "zfbzh"]
    let context = ["partner", "seller id", "pid", "商户"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("支付宝账号：13812345678", "13812345678"), ("alipay_user_id=2088123456789012", "2088123456789012")],
        negative: ["支付宝到账 100 元", "2088123456789012", "2088 年"])
}
