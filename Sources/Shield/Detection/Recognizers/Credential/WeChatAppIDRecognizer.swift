/// Applications of WeChat: wx and 16 hexadecimal digits, and their secrets of 32.
struct WeChatAppIDRecognizer: Recognizer {
    let card = TypeCard("wechat-app", zh: "微信应用凭证", en: "WeChat application", .credential)
    let rules: [Rule] = [.word("wx[0-9a-f]{16}", 0.88, "wx and 16 hexadecimal digits"), .label("[0-9a-f]{32}", 0.92)]
    let labels = ["appsecret", "app secret", "微信appsecret", "微信密钥", "wx secret", "wechat secret", "wx appsecret", "小程序密钥", "公众号密钥", "appid", "app id"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("appid=wx6398d14c6fc075bd", "wx6398d14c6fc075bd"),
        ("AppSecret: 4eb577f42b063f95dfb2c38f1ae21e33", "4eb577f42b063f95dfb2c38f1ae21e33")],
        negative: ["wx123456", "md5 4eb577f42b063f95dfb2c38f1ae21e33"])
}
