/// WeCom (enterprise WeChat): robots' addresses, organizations (ww…) and secrets of applications.
struct WeComKeyRecognizer: Recognizer {
    let card = TypeCard("wecom-key", zh: "企业微信凭证", en: "WeCom key", .credential)
    let rules: [Rule] = [
        .literal(["https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="],
            "https://qyapi\\.weixin\\.qq\\.com/cgi-bin/webhook/send\\?key=[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}", 0.98),
            .word("ww[0-9a-f]{16}", 0.85, "ww and 16 hexadecimal digits"), .label("[A-Za-z0-9_-]{43}", 0.93),
    ]
    let labels = ["企业微信secret", "企业微信密钥", "corpsecret", "corp secret", "wecom secret", "qywx secret", "encodingaeskey", "encoding aes key", "corpid", "企业id"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("corpid: wwbec691d799ef72a9", "wwbec691d799ef72a9"),
        ("corpsecret=pGKCFCqy7IUyZdF9ZegW0sH1rzVBoqCWrOBLK75ZnGY", "pGKCFCqy7IUyZdF9ZegW0sH1rzVBoqCWrOBLK75ZnGY")],
        negative: ["www1234567890abcdef", "ww12", "pGKCFCqy7IUyZdF9ZegW0sH1rzVBoqCWrOBLK75ZnGY"])
}
