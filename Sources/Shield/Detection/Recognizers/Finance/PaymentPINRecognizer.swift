/// Passwords of payments and withdrawals: four to eight digits, after their name.
struct PaymentPINRecognizer: Recognizer {
    let card = TypeCard("payment-pin", zh: "支付密码", en: "Payment PIN", .credential)
    let rules: [Rule] = [.label("[0-9]{4,8}", 0.88)]
    let labels = ["支付密码", "交易密码", "取款密码", "银行卡密码", "卡密码", "查询密码", "提现密码", "资金密码", "动态密码", "短信验证码", "验证码", "pin码", "pin", "pin code", "card pin", "atm pin",
        "payment password", "otp", "verification code", "sms code", "zfmm", "jymm", "qkmm", "yzm"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("支付密码：135790", "135790"), ("pin code is 4821", "4821"), ("您的验证码是 739201", "739201")],
        negative: ["支付密码错误", "135790", "验证码 5 分钟内有效"])
}
