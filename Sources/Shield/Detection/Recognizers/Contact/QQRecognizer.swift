/// QQ numbers: five to eleven digits, the first not 0, after their name.
struct QQRecognizer: Recognizer {
    let card = TypeCard("qq", zh: "QQ 号", en: "QQ number", .contact)
    let rules: [Rule] = [.label("[1-9][0-9]{4,10}", 0.85), .number([8, 9, 10], 0.8),
        .spread(6...24),
    ]
    let labels = [
        "qq群号码", "群号", "qq群聊", "企鹅群", "qq空间号", "qqqun", "qq qun", "qq group", "qq group no", "qun hao", "qq uin", "uin", "tencent qq",
        "qqzh",
        "qq号码", "qq号", "qq群号", "qq群", "qq账号", "qq邮箱", "扣扣号", "扣扣", "企鹅号", "加q", "腾讯qq", "qq", "qq no", "qq number", "qq id", "oicq", "qqh", "qqhm"]
    let fixtures = RecognizerFixtures(positive: [("QQ：123456789", "123456789"), ("我的qq号是10001234", "10001234"), ("qq=2512345678", "2512345678")],
        negative: ["2512345678", "订单 123456789", "QQ 浏览器 11"])
}
