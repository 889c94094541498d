/// Merchants and terminals of acquirers and payment companies.
struct MerchantNumberRecognizer: Recognizer {
    let card = TypeCard("merchant-id", zh: "商户号与终端号", en: "Merchant or terminal number", .finance)
    let rules: [Rule] = [.label("[A-Za-z]{0,4}[0-9]{8,20}", 0.87), .number([8, 10, 15, 16], 0.86), .spread(8...22),
        .word("8[0-9]{14}", 0.2, "shape, kept near its name only")]
    let labels = ["商户编号", "商户号码", "商户代码", "商户id", "商户号", "特约商户号", "特约商户编号", "收单商户号", "子商户号", "服务商商户号", "合作者身份id", "合作者身份", "合作伙伴身份", "合作商编号",
        "合作商户号", "终端编号", "终端号", "pos终端号", "pos机号", "pos机编号", "pos机序列号", "收款码编号", "台卡编号", "收钱吧终端号", "merchant id", "merchant no", "merchant number",
        "merchant code", "merchantid", "mer id", "sub mch id", "sub merchant id", "terminal id", "terminal no", "pos terminal", "pos id",
        "partner id", "partner no", "shbh", "shh", "zdh", "zdbh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("商户编号：898350257321234", "898350257321234"), ("merchant id: 1230000109", "1230000109")],
        negative: ["商户编号办理流程", "商户编号待补", "898350257321234"])
}
