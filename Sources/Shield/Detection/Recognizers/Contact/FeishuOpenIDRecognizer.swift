/// Identifiers of Feishu (Lark): ou_ and on_ of people, oc_ of chats, cli_ belongs to applications; 32 hexadecimal digits.
struct FeishuOpenIDRecognizer: Recognizer {
    let card = TypeCard("feishu-open-id", zh: "飞书用户标识", en: "Feishu open ID", .contact)
    private static let hex = "0123456789abcdef".map(String.init)
    let rules: [Rule] = [.literal(["ou_", "on_", "oc_", "om_"].flatMap { Spelling.extended($0, by: FeishuOpenIDRecognizer.hex) }, "o[ncum]_[0-9a-f]{32}", 0.92)]
    let labels = ["飞书", "open id", "openid", "union id", "chat id", "feishu", "lark"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("飞书 ou_4283fefc63f0cd0e873a0000c6d07ef7", "ou_4283fefc63f0cd0e873a0000c6d07ef7"),
            ("chat_id=oc_122b598615dcbe810beacd557705a54b&x", "oc_122b598615dcbe810beacd557705a54b")],
            negative: ["ou_4283fefc63f0", "you_4283fefc63f0cd0e873a0000c6d07ef7"])
}
