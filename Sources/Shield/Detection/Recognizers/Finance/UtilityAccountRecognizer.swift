/// Numbers of customers and meters of power, water, gas, heat and property management.
struct UtilityAccountRecognizer: Recognizer {
    let card = TypeCard("utility-account", zh: "水电气户号", en: "Utility account", .finance)
    let rules: [Rule] = [.label("[A-Za-z]{0,4}[0-9]{7,20}", 0.87), .number([8, 10, 12, 13, 14], 0.86), .spread(8...22)]
    let labels = ["用电户号", "电费户号", "电力户号", "电力客户编号", "国网户号", "国家电网户号", "电表号", "电表编号", "电能表号", "电表资产号", "智能电表号", "用户号", "用户编号", "客户编号", "客户号",
        "客户代码", "客户码", "户表号", "缴费户号", "缴费编号", "缴费号", "缴费账号", "水费户号", "用水户号", "自来水户号", "水表号", "水表编号", "水务户号", "燃气户号", "燃气用户号", "燃气用户编号", "燃气表号",
        "燃气卡号", "天然气户号", "煤气户号", "气表号", "供暖户号", "供热户号", "热力户号", "热力卡号", "采暖户号", "暖气卡号", "用热编号", "物业户号", "物业费编号", "电费账号", "水费账号", "燃气费账号",
        "electricity account", "power account", "electric meter", "meter no", "meter number", "meter id", "water account", "water meter",
        "gas account", "gas meter", "heating account", "utility account", "customer no", "customer number", "customer id", "customer code",
        "consumer no", "consumer number", "cust no", "cust id", "client no", "client number", "ydhh", "dbh", "dbbh", "sbbh no", "rqhh", "rqbh",
        "khbh", "khh", "yhbh", "dlhh", "grhh", "shuifei", "dianfei", "jfhh", "jfbh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("用电户号：3502012345678", "3502012345678"), ("electricity account: 1234567890", "1234567890")],
        negative: ["用电户号办理流程", "用电户号待补", "3502012345678"])
}
