/// Accounts of Weibo, Douyin, Xiaohongshu, Kuaishou, Bilibili, Zhihu and Taobao, after their name.
struct SocialAccountRecognizer: Recognizer {
    let card = TypeCard("social-account", zh: "社交账号", en: "Social media account", .contact)
    let rules: [Rule] = [.label("@?[A-Za-z0-9][A-Za-z0-9_.-]{3,30}", 0.8) { match in
        let bytes = match.bytes
        let isName = bytes.contains { Checksums.isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "@") }
        return .when(isName && bytes.last != UInt8(ascii: "."), 0.8, "account after the name of a service", otherwise: "a word, not an account")
    }]
    let labels = [
        "微博号", "微博账号", "微博uid", "微博id", "微博昵称", "抖音号", "抖音账号", "抖音id", "抖音", "小红书号", "小红书id", "小红书账号", "快手号", "快手id", "快手账号", "b站uid", "b站账号", "哔哩哔哩uid",
        "知乎id", "淘宝账号", "淘宝id", "淘宝旺旺", "旺旺号", "旺旺id", "京东账号", "陌陌号", "贴吧账号", "豆瓣id", "weibo id",
        "weibo uid", "weibo", "douyin", "douyin id", "tiktok", "tiktok id", "xiaohongshu", "xhs id", "kuaishou id", "bilibili uid", "instagram",
        "facebook id", "twitter", "linkedin", "wbh", "dyh", "xhsh",
    ]
    let fixtures = RecognizerFixtures(
        positive: [("抖音号：xiaoming_2020", "xiaoming_2020"), ("小红书号 495123456", "495123456"), ("weibo_uid=1234567890", "1234567890")],
            negative: ["抖音 video", "微博热搜第 3", "xiaoming_2020"])
}
