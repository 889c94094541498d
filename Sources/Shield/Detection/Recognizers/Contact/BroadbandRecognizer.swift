/// Accounts of fixed lines: broadband, PPPoE, IPTV and set-top boxes.
struct BroadbandRecognizer: Recognizer {
    let card = TypeCard("broadband-account", zh: "宽带账号", en: "Broadband account", .contact)
    let rules: [Rule] = [.label("[0-9A-Za-z][0-9A-Za-z_-]{5,30}@[A-Za-z0-9.]{1,20}[A-Za-z0-9]", 0.98), .label("[A-Za-z]{0,8}[0-9][A-Za-z0-9_-]{5,30"
            + "}(?:@[A-Za-z0-9.]{2,20})?", 0.9), .number([10, 11, 12], 0.9),
        .spread(8...16, 0.9)]
    let labels = ["宽带账号", "宽带帐号", "宽带上网账号", "宽带账户", "宽带号码", "宽带号", "宽带用户名", "宽带编号", "上网账号", "拨号账号", "光纤账号", "光猫账号", "固网账号", "itv账号", "iptv账号",
        "iptv业务账号", "机顶盒号", "机顶盒编号", "机顶盒序列号", "智能卡号", "ca卡号", "有线电视号", "有线电视用户号", "数字电视卡号", "数字电视智能卡", "接入号", "装机编号", "宽带接入号", "pppoe账号",
        "broadband account", "broadband no", "broadband id", "broadband", "pppoe user", "pppoe username", "pppoe account", "pppoe", "iptv account",
        "set top box", "stb id", "stb no", "smart card no", "kdzh", "kdh", "itvzh", "jdh", "znkh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("宽带账号：05985936178", "05985936178"), ("broadband account: 01091569957@fttx", "01091569957@fttx")],
        negative: ["宽带账号办理流程", "宽带账号待补", "05985936178"])
}
