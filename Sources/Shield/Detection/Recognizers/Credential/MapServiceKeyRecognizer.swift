/// Keys of maps, messages, push, translation, speech and other services of China, after their name.
struct MapServiceKeyRecognizer: Recognizer {
    let card = TypeCard("service-key", zh: "服务接口密钥", en: "Service key", .credential)
    let rules: [Rule] = [
        .label("[A-Za-z0-9][A-Za-z0-9+/=_.-]{14,126}[A-Za-z0-9=_-]", 0.88) { match in
        let isMixed = match.bytes.contains { (65...90).contains($0) } && match.bytes.contains { (97...122).contains($0) }
        let digits = match.digits.count
        return .when(Entropy.bits(match.bytes) > 3 && (digits >= 2 || digits == 1 && isMixed), 0.88, "random text after the name of a key",
            otherwise: "not random")
    }]
    let labels = ["百度地图ak", "百度地图密钥", "百度地图key", "高德地图key", "高德地图密钥", "高德key", "高德密钥", "腾讯地图key", "腾讯地图密钥", "天地图密钥", "天地图key", "天地图tk", "地图密钥",
        "地图key", "和风天气key", "天气key", "极光推送密钥", "极光masterSecret", "极光appkey", "个推appsecret", "友盟appkey", "友盟密钥", "小米推送密钥", "华为推送密钥", "短信密钥",
        "短信接口密钥", "短信平台密钥", "物流查询密钥", "快递100密钥", "快递鸟密钥", "科大讯飞apikey", "讯飞apikey", "讯飞apisecret", "讯飞密钥", "云片apikey", "聚合数据key", "顺丰校验码", "菜鸟密钥",
        "拼多多clientsecret", "淘宝appsecret", "京东appsecret", "抖音appsecret", "快手appsecret", "小红书密钥", "微博appsecret", "支付宝密钥", "支付密钥", "签名密钥", "签名key",
        "加签密钥", "加密密钥", "加密秘钥", "解密密钥", "通信密钥", "传输密钥", "主密钥", "工作密钥", "会话密钥", "数据密钥", "根密钥", "对称密钥", "aes密钥", "des密钥", "3des密钥", "sm4密钥", "sm2私钥",
        "sm2密钥", "国密私钥", "rsa私钥", "hmac密钥", "jwt密钥", "jwt secret", "盐值", "加密盐", "环信密钥", "融云密钥", "声网证书", "腾讯云im密钥", "接口密钥", "接口key", "服务密钥",
        "devicesecret", "productsecret", "设备密钥", "设备三元组", "app密钥", "应用密钥", "客户端密钥", "客户密钥", "开发者密钥", "coding令牌", "gitee令牌", "gitee私人令牌", "码云令牌",
        "私人令牌", "个人访问令牌", "部署令牌", "机器人令牌", "推送密钥", "百度云secretkey", "百度云accesskey", "百度智能云ak", "百度智能云sk", "腾讯云secretkey", "七牛云ak", "七牛云sk",
        "七牛accesskey", "七牛secretkey", "又拍云密钥", "ucloud公钥", "ucloud私钥", "金山云ak", "金山云sk", "青云ak", "青云sk", "天翼云ak", "天翼云sk", "移动云ak", "移动云sk",
        "联通云ak", "京东云ak", "京东云sk", "火山sk", "火山ak", "华为云访问密钥", "华为云secretaccesskey", "飞书应用密钥", "飞书app secret", "飞书appsecret", "钉钉应用密钥",
        "钉钉app secret", "微信密钥", "小程序密钥", "小程序appsecret", "公众号appsecret", "公众号密钥", "企业微信密钥", "企业微信secret", "minimax密钥", "智谱ai密钥", "千帆密钥", "文心一言密钥",
        "混元密钥", "讯飞星火密钥", "豆包密钥", "阶跃星辰密钥", "百川密钥", "零一万物密钥", "硅基流动密钥", "硅基流动api密钥", "通义千问密钥", "百炼密钥", "deepseek密钥", "kimi密钥", "openai密钥",
        "claude密钥", "gemini密钥", "google密钥", "谷歌密钥", "azure密钥", "azure存储密钥", "存储密钥", "以太坊私钥", "map ak", "map key", "map secret", "bmap ak",
        "baidu map ak", "baidu map key", "amap key", "amap secret", "tmap key", "qq map key", "tianditu key", "tianditu tk", "jpush key",
        "jpush secret", "umeng key", "push secret", "sms key", "sms secret", "iflytek key", "xfyun key", "xfyun secret", "yunpian key", "sign key",
        "sign secret", "signing secret", "webhook secret", "hmac key", "hmac secret", "aes key", "aes secret", "des key", "sm4 key", "sm2 key",
        "sm2 private key", "encrypt key", "encryption key", "encryption secret", "encrypt secret", "decrypt key", "cipher key", "master key",
        "root key", "data key", "salt", "device secret", "product secret", "developer key", "dev key", "service key", "api token", "bot token",
        "deploy token", "personal access token", "gitee token", "coding token", "azure storage key", "storage key", "account key", "sas token",
        "wxpay apiv3 key", "wxpay key", "apiv3 key", "pay key", "payment key", "mch secret", "partner key", "notify key", "consumer key",
        "consumer secret", "oauth token", "oauth secret", "oauth client secret", "id token", "session secret", "cookie secret", "jwt key",
        "app token", "verify token", "encoding aes key", "encodingaeskey", "bce secret access key", "bce secret key", "secret access key",
        "accesskey secret", "ak secret", "ak sk", "qiniu ak", "qiniu sk", "tencent secret key", "huawei secret key", "lark app secret",
        "feishu app secret"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("百度地图密钥：v9CEXQcBcTaoJlnFAPTmtDCxfeV00jy6", "v9CEXQcBcTaoJlnFAPTmtDCxfeV00jy6"),
            ("高德地图Key: 3b0e02551ad23a5833a3b62aac6d6741", "3b0e02551ad23a5833a3b62aac6d6741")],
        negative: ["高德地图key申请", "map key missing", "3b0e02551ad23a5833a3b62aac6d6741"])
}
