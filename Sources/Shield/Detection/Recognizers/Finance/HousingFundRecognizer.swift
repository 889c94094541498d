/// Accounts of housing provident funds, after their name.
struct HousingFundRecognizer: Recognizer {
    let card = TypeCard("housing-fund", zh: "公积金账号", en: "Housing fund account", .finance)
    let rules: [Rule] = [.label("[A-Za-z]{0,3}[0-9]{6,20}", 0.87), .number([12, 16], 0.86),
        .spread(8...24),
    ]
    let labels = [
        "公积金账户号", "公积金账号号", "公积金个人账户号", "公积金个人号", "公积金客户号", "公积金单位账号", "公积金单位编号", "单位公积金账号", "单位公积金编号", "公积金联名卡号", "公积金卡号", "公积金编号",
        "公积金贷款账号", "维修基金账号", "维修资金账号", "housing fund no", "housing fund number", "housing fund id", "housing fund account no", "hf account",
        "provident fund no", "provident fund id", "provident account", "gjjzhm", "gjjh", "gjjbh", "gjjgrzh", "zfgjjzh", "dwgjjzh",
        "住房公积金账号", "住房公积金个人账号", "住房公积金账户", "住房公积金", "公积金个人账户", "个人公积金账号", "公积金账号", "公积金账户", "公积金帐号", "公积金个人账号", "公积金个人编号", "公积金号", "公积金联名卡",
        "housing fund",
        "housing fund account", "provident fund", "provident fund account", "gjj", "gjjzh", "zfgjj"]
    let fixtures = RecognizerFixtures(positive: [("公积金账号：350100123456", "350100123456"), ("gjjzh=GJJ0012345678", "GJJ0012345678"),
        ("公积金个人账号 3501 0012 3456", "3501 0012 3456")], negative: ["350100123456", "公积金贷款 30 年"])
}
