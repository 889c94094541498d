/// Accounts of Weibo, Douyin, Xiaohongshu, Kuaishou, Bilibili, Zhihu and Taobao, after their name.
struct SocialAccountRecognizer: Recognizer {
    let card = TypeCard("social-account", zh: "社交账号", en: "Social media account", .contact)
    let rules: [Rule] = [.label("@?[A-Za-z0-9][A-Za-z0-9_.-]{3,30}", 0.8) { match in
        let bytes = match.bytes
        let isName = bytes.contains { Checksums.isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "@") }
        return .when(isName && bytes.last != UInt8(ascii: "."), 0.8, "account after the name of a service", otherwise: "a word, not an account")
    },
        .spread(6...12),
    ]
    let labels = [
        "微博", "新浪微博", "新浪微博id", "新浪微博号", "新浪微博uid", "微博用户id", "抖音用户id", "抖音uid", "抖音短id", "tiktok账号", "小红书", "小红书uid", "快手", "快手uid",
        "快手用户id", "b站id", "b站号", "b站", "哔哩哔哩", "哔哩哔哩id", "哔哩哔哩号", "b站mid", "知乎", "知乎账号", "豆瓣", "豆瓣账号", "贴吧id", "贴吧号", "百度账号", "百度id",
        "淘宝昵称", "淘宝旺旺号", "旺旺", "阿里旺旺", "旺旺账号", "咸鱼号", "闲鱼账号", "闲鱼号", "京东id", "京东用户名", "京东pin", "拼多多账号", "拼多多id", "拼多多号", "美团账号", "美团id",
        "饿了么账号", "滴滴账号", "陌陌id", "陌陌", "探探号", "探探id", "soul号", "脉脉id", "脉脉账号", "领英", "领英账号", "虎扑id", "斗鱼id", "斗鱼号", "虎牙号", "yy号", "yy账号",
        "喜马拉雅id", "网易云id", "网易云音乐id", "全民k歌id", "唱吧号", "头条号", "今日头条id", "头条id", "百家号", "企鹅号id", "西瓜号", "游戏id", "游戏账号", "游戏uid", "玩家id",
        "角色id", "steam账号", "steam id", "战网账号", "网易通行证", "apple账号", "苹果账号", "apple id", "苹果id", "华为账号", "小米账号", "小米id", "微软账号", "谷歌账号",
        "推特", "推特账号", "脸书", "脸书账号", "ins账号", "instagram账号", "youtube账号", "facebook", "facebook account", "twitter id", "twitter handle",
        "twitter account", "x handle", "instagram id", "instagram handle", "ig handle", "youtube channel", "youtube id", "linkedin id",
        "reddit", "reddit user", "snapchat", "pinterest", "github account", "github user", "gitee account", "weibo account", "weibo no",
        "weibo name", "douyin account", "douyin no", "douyin uid", "tiktok account", "tiktok handle", "xiaohongshu id", "xhs", "xhs no",
        "redbook id", "kuaishou", "kuaishou no", "kuaishou uid", "ks id", "bilibili", "bilibili id", "bilibili mid", "bili uid", "bili mid",
        "bili id", "zhihu", "zhihu id", "douban id", "taobao", "taobao id", "taobao nick", "taobao account", "wangwang", "wangwang id",
        "jd pin", "jd account", "pdd id", "xianyu id", "momo id", "game id", "game uid", "player id", "role id", "steamid", "yy id",
        "social id", "social account", "wb uid", "dy uid", "ks uid", "xhs uid",
        "微博号", "微博账号", "微博uid", "微博id", "微博昵称", "抖音号", "抖音账号", "抖音id", "抖音", "小红书号", "小红书id", "小红书账号", "快手号", "快手id", "快手账号", "b站uid", "b站账号", "哔哩哔哩uid",
        "知乎id", "淘宝账号", "淘宝id", "淘宝旺旺", "旺旺号", "旺旺id", "京东账号", "陌陌号", "贴吧账号", "豆瓣id", "weibo id",
        "weibo uid", "weibo", "douyin", "douyin id", "tiktok", "tiktok id", "xiaohongshu", "xhs id", "kuaishou id", "bilibili uid", "instagram",
        "facebook id", "twitter", "linkedin", "wbh", "dyh", "xhsh",
    ]
    let fixtures = RecognizerFixtures(
        positive: [("抖音号：xiaoming_2020", "xiaoming_2020"), ("小红书号 495123456", "495123456"), ("weibo_uid=1234567890", "1234567890")],
            negative: ["抖音 video", "微博热搜第 3", "xiaoming_2020"])
}
