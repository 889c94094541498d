/// WeChat identifiers: given by the service (wxid_) anywhere; chosen ones (a letter and 5 to 19 letters, digits, _ or -) after their name.
struct WeChatRecognizer: Recognizer {
    let card = TypeCard("wechat", zh: "微信号", en: "WeChat ID", .contact)
    let rules: [Rule] = [
        .literal(["wxid_"], "wxid_[a-z0-9]{10,22}", 0.9), .literal(["gh_0", "gh_1", "gh_2", "gh_3", "gh_4", "gh_5", "gh_6", "gh_7", "gh_8", "gh_9", "gh_a",
            "gh_b", "gh_c", "gh_d", "gh_e", "gh_f"], "gh_[0-9a-f]{12}", 0.85),
        .label("[A-Za-z][A-Za-z0-9_-]{4,18}[A-Za-z0-9_]", 0.82), .label("1[3-9][0-9]{9}", 0.4),
    ]
    let labels = [
        "微信昵称id", "wechat account", "wechat user", "wechat name", "weixin no", "wx no", "wx account", "wechatid", "公众号原始id", "公众号id",
        "公众号", "企业微信号", "企业微信账号", "视频号id", "视频号", "gh id", "original id", "official account",
        "微信号码", "微信号", "微信账号", "微信id", "微信", "加微", "加我微信", "薇信", "威信号", "v信", "vx号", "vx", "wx号", "wechat", "wechat id", "wechat no", "weixin",
        "weixin id", "wx id", "wxh", "wxzh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("微信号：zhang_san88", "zhang_san88"), ("from wxid_a1b2c3d4e5f621 to", "wxid_a1b2c3d4e5f621"), ("vx: lisi-2020", "lisi-2020")],
            negative: ["wxid_", "微信支付", "微信登录失败"])
}
