/// Card verification values of three or four digits, after their name.
struct CardSecurityCodeRecognizer: Recognizer {
    let card = TypeCard("card-security-code", zh: "卡安全码", en: "Card security code", .finance)
    let rules: [Rule] = [.label("[0-9]{3,4}", 0.85)]
    let labels = ["卡安全码", "信用卡安全码", "安全码", "卡背面三位", "卡背后三位", "背面后三位", "校验码cvv", "cvv2", "cvv", "cvc2", "cvc", "cvv码", "cvn2", "cvn", "card verification",
        "security code", "card security code", "csc", "aqm"]
    let negativeContext = ["版本", "cve", "csv", "version"]
    let fixtures = RecognizerFixtures(positive: [("CVV: 123", "123"), ("卡背面三位456", "456"), ("\"cvv2\":\"0987\"", "0987")],
        negative: ["cvv 校验失败", "安全码已发送", "123"])
}
