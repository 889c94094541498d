/// DingTalk numbers and user identifiers, after their name.
struct DingTalkRecognizer: Recognizer {
    let card = TypeCard("dingtalk", zh: "钉钉号", en: "DingTalk ID", .contact)
    let rules: [Rule] = [.code(5...32, digits: 1, 0.82), .label("\\$:LWCP_v1:\\$[A-Za-z0-9+/=]{16,64}", 0.9),
        .spread(8...24),
    ]
    let labels = [
        "钉钉账户", "钉钉用户", "钉钉userid", "钉钉号id", "dingtalk account", "dingtalk userid", "dingtalk user", "dingding id", "ding user id",
        "dd id",
        "钉钉号码", "钉钉号", "钉钉账号", "钉钉id", "钉钉用户id", "钉钉", "dingtalk", "dingtalk id", "dingtalk no", "ding id", "dingtalk user id", "dingding", "ddh"]
    let fixtures = RecognizerFixtures(positive: [("钉钉号：ding_user01", "ding_user01"), ("dingtalk_id=manager8812", "manager8812")],
        negative: ["钉钉打卡", "钉钉通知", "dingtalk login"])
}
