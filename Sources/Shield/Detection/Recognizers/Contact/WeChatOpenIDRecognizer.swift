/// OpenIDs and UnionIDs of WeChat: 28 characters that begin with o, near their name.
struct WeChatOpenIDRecognizer: Recognizer {
    let card = TypeCard("wechat-open-id", zh: "微信 OpenID", en: "WeChat OpenID", .contact)
    let rules: [Rule] = [.label("o[A-Za-z0-9_-]{27}", 0.9), .label("[A-Za-z0-9_-]{26,32}", 0.7) { .when(Entropy.bits($0.bytes) > 3.5 && $0.digits.count > 0,
        0.75, "random text after its name", otherwise: "not random") }]
    let labels = ["openid", "open id", "unionid", "union id", "微信openid", "微信标识", "用户标识", "wx openid"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("openid=oFbY8NwcUeb4c0wrUGZECjUYrZUP", "oFbY8NwcUeb4c0wrUGZECjUYrZUP"),
        ("{\"unionId\":\"o6_bmFJ6kPU9541PZwIpm3EXYNHn\"}", "o6_bmFJ6kPU9541PZwIpm3EXYNHn")], negative: ["openid=none", "oFbY8NwcUeb4c0wrUGZECjUYrZUP"])
}
