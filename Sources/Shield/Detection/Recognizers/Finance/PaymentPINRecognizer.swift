/// Passwords of payments and withdrawals: four to eight digits, after their name.
struct PaymentPINRecognizer: Recognizer {
    let card = TypeCard("payment-pin", zh: "支付密码", en: "Payment PIN", .credential)
    let rules: [Rule] = [.label("[0-9]{4,8}", 0.88)]
    let labels = [
        "短信码", "手机验证码", "邮箱验证码", "动态验证码", "校验码", "动态口令", "动态码", "一次性密码", "一次性口令", "短信口令", "令牌口令", "手机动态码", "登录验证码", "支付验证码", "提现验证码",
        "身份验证码", "安全验证码", "验证口令", "授权验证码", "电话银行密码", "手机银行密码", "网银密码", "网银登录密码", "社保卡密码", "公积金密码", "查询码", "锁屏密码", "解锁密码", "开机密码", "门锁密码",
        "门禁密码", "保险箱密码", "手势密码", "取件密码", "sim卡pin码", "puk码", "puk", "pin2", "pin1", "短信动态码", "verify code", "verification", "verify number",
        "sms verify code", "sms verification code", "sms captcha", "captcha code", "auth code", "authentication code", "one time password",
        "one time code", "otp code", "passcode no", "security pin", "pay password", "pay pwd", "trade password", "trade pwd", "withdraw password",
        "atm password", "bank pin", "login pin", "puk code", "jym no", "dtm", "dtkl", "dxyzm", "sjyzm", "jymima", "zhifumima", "qukuanmima",
        "支付密码", "交易密码", "取款密码", "银行卡密码", "卡密码", "查询密码", "提现密码", "资金密码", "动态密码", "短信验证码", "验证码", "pin码", "pin", "pin code", "card pin", "atm pin",
        "payment password", "otp", "verification code", "sms code", "zfmm", "jymm", "qkmm", "yzm"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("支付密码：135790", "135790"), ("pin code is 4821", "4821"), ("您的验证码是 739201", "739201")],
        negative: ["支付密码错误", "135790", "验证码 5 分钟内有效"])
}
