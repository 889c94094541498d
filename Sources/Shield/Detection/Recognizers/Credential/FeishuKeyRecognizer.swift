/// Applications and robots of Feishu (Lark): cli_ and 16 characters, addresses of robots, secrets and tokens t-, u-.
struct FeishuKeyRecognizer: Recognizer {
    let card = TypeCard("feishu-key", zh: "飞书应用凭证", en: "Feishu key", .credential)
    let rules: [Rule] = [
        .literal(["cli_"], "cli_[0-9a-z]{16}", 0.92) { .when($0.digits.count >= 1, 0.92, "prefix of an application", otherwise: "a wor"
            + "d") }, .literal(["https://open.feishu.cn/open-apis/bot/", "https://open.larksuite.com/open-apis/bot/"],
            "https://open\\.(?:feishu\\.cn|larksuite\\.com)/open-apis/bot/(?:v2/)?hook/[0-9A-Za-z-]{32,36}", 0.98),
            .label("[A-Za-z0-9]{32}", 0.9) { .when($0.digits.count >= 2 && Entropy.bits($0.bytes) > 3.3, 0.9, "32 characters after the name of a secret",
            otherwise: "not random") },
        .label("[tu]-[A-Za-z0-9_.-]{24,60}", 0.92),
    ]
    let labels = ["飞书appsecret", "飞书secret", "飞书密钥", "feishu secret", "feishu app secret", "lark app secret", "lark secret", "tenant access token",
        "user access token", "feishu token", "飞书机器人", "app secret"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("app_id: cli_eacf054e0a9b7942", "cli_eacf054e0a9b7942"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/12345678-abcd-4321-9876-1234567890ab",
        "https://open.feishu.cn/open-apis/bot/v2/hook/12345678-abcd-4321-9876-1234567890ab")], negative: ["cli_options", "cli_12"])
}
