/// Applications of Alipay (16 digits from 2014 to 2021 on) and their keys in base64, after their name.
struct AlipayKeyRecognizer: Recognizer {
    let card = TypeCard("alipay-key", zh: "支付宝应用凭证", en: "Alipay key", .credential)
    let rules: [Rule] = [.label("20[12][0-9]{13}", 0.9, "an application after its name"), .label("MII[A-Za-z0-9+/=]{100,}", 0.96, isBounded: false)]
    let labels = ["支付宝appid", "支付宝应用id", "支付宝应用", "alipay appid", "alipay app id", "支付宝私钥", "应用私钥", "商户私钥", "支付宝公钥", "alipay private key",
        "app private key", "merchant private key", "rsa private key", "rsa2 private key", "private key"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("支付宝appid：2021001234567890", "2021001234567890"),
        ("应用私钥=MII9nVWIqpBoAhGAmw2RUbr6CJZr87U5eKpMnV5VBr0FMjJ1YNZojqSQOIfPwzgG1MJ7zizFJ2Dp0M7h4ciyzL1PwgdQv0JMtZpCgog5itTRz16XQkNWU4rL4hQqSPOMd2ieef"
        + "WUNzxqFgW==", "MII9nVWIqpBoAhGAmw2RUbr6CJZr87U5eKpMnV5VBr0FMjJ1YNZojqSQOIfPwzgG1MJ7zizFJ2Dp0M7h4ciyzL1PwgdQv0JMtZpCgog5itTRz16XQkNWU4rL4hQ"
        + "qSPOMd2ieefWUNzxqFgW==")], negative: ["2021001234567890", "应用私钥待生成"])
}
