/// WeChat Pay: merchants (8 to 10 digits), keys of API v2 and v3 (32 characters) and serial numbers of certificates (40), after their name.
struct WeChatPayKeyRecognizer: Recognizer {
    let card = TypeCard("wechat-pay-key", zh: "微信支付凭证", en: "WeChat Pay key", .credential)
    let rules: [Rule] = [.label("[A-Za-z0-9]{32}", 0.93) { .when(Entropy.bits($0.bytes) > 3, 0.93, "32 characters after the name of a key",
        otherwise: "not random") }, .label("1[0-9]{7,9}", 0.85, "a merchant after its name"), .label("[0-9A-F]{40}", 0.9)]
    let labels = ["微信支付密钥", "微信支付商户号", "商户号", "商户密钥", "apiv3密钥", "apiv3key", "api v3 key", "apiv2密钥", "apiv2 key", "mchid", "mch id", "mch key", "mchkey",
        "wxpay key", "wechat pay key", "merchant serial no", "mch serial no", "商户证书序列号"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("mchid=1230000109", "1230000109"), ("APIv3密钥：HPYvjtzQNNYPN1ZmryOxEyd3OFAyXa09",
        "HPYvjtzQNNYPN1ZmryOxEyd3OFAyXa09")], negative: ["1230000109", "商户号待申请"])
}
