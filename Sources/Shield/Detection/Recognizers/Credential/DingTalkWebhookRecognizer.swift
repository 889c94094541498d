/// Robots of DingTalk: their address, tokens, SEC secrets and the secrets of applications.
struct DingTalkWebhookRecognizer: Recognizer {
    let card = TypeCard("dingtalk-webhook", zh: "钉钉机器人凭证", en: "DingTalk webhook", .credential)
    let rules: [Rule] = [
        .literal(["https://oapi.dingtalk.com/robot/send?access_token="], "https://oapi\\.dingtalk\\.com/robot/send\\?access_token=[0-9a-f]{64}", 0.98),
            .word("SEC[0-9a-f]{64}", 0.95, "secret of a robot"), .label("[0-9a-f]{64}", 0.93), .label("[A-Za-z0-9_-]{64}", 0.92),
            .label("ding[a-z0-9]{16,32}", 0.92),
        .word("ding[0-9a-f]{32}", 0.85, "an organization of DingTalk"), .word("ding[a-z0-9]{16}", 0.6, "an application of DingTalk"),
    ]
    let labels = ["钉钉机器人", "钉钉token", "钉钉appkey", "钉钉appsecret", "dingtalk token", "dingtalk access token", "dingtalk secret", "dingtalk appkey",
        "dingtalk app secret", "ding token", "appsecret", "app secret", "appkey", "corpid", "corp id"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("https://oapi.dingtalk.com/robot/send?access_token=83f5e92fc6e308d0dbdfd51862eb9470688175d222644eef7b961d3dc12bd5af",
            "https://oapi.dingtalk.com/robot/send?access_token=83f5e92fc6e308d0dbdfd51862eb9470688175d222644eef7b961d3dc12bd5af"),
            ("secret SEC3a3956b3ee8e5a80147e4d788d06516a1003cfc455deec3751ef4f4690999a5b",
            "SEC3a3956b3ee8e5a80147e4d788d06516a1003cfc455deec3751ef4f4690999a5b"), ("corpId=dingede1fb3a288fbf8d0ce64649f5e09121",
            "dingede1fb3a288fbf8d0ce64649f5e09121")],
            negative: ["SEC2023", "ding1234", "sha256 83f5e92fc6e308d0dbdfd51862eb9470688175d222644eef7b961d3dc12bd5af"])
}
