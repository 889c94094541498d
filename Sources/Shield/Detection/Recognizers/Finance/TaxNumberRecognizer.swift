/// Taxpayers' numbers: 15 digits (region and organization code) or 18 to 20 characters, after their name. The unified code has a recognizer of its own.
struct TaxNumberRecognizer: Recognizer {
    let card = TypeCard("tax-number", zh: "纳税人识别号", en: "Taxpayer number", .finance)
    let rules: [Rule] = [.label("[1-9][0-9]{5}[0-9A-Za-z]{8}[0-9Xx]", 0.86), .label("[0-9]{17}[0-9Xx](?:[0-9]{2})?", 0.84),
        .label("[0-9A-Za-z]{18,20}", 0.8) { .when($0.digits.count >= 8, 0.8, "code after its name", otherwise: "too few digits") },
        .spread(15...20),
    ]
    let labels = [
        "纳税人识别码", "纳税识别码", "税务编号", "税号码", "购买方税号", "销售方税号", "企业税号", "公司税号", "个人所得税税号", "境外税号", "海外税号", "taxpayer no", "taxpayer number",
        "taxpayer identification", "tax code", "tax reg no", "vat number", "vat id", "vat reg no", "nssbh", "nsrsbm", "nsh", "swh",
        "纳税人识别号", "纳税识别号", "纳税人税号", "纳税号", "税务登记号", "税务登记证号", "税务登记证", "税号", "扣缴义务人编码", "购方税号", "销方税号", "tax id", "tax no", "tax number",
        "taxpayer id", "tin", "tax registration", "nsrsbh", "swdjh", "sh"]
    let fixtures = RecognizerFixtures(positive: [("税号：350102123456789", "350102123456789"), ("税务登记证号 35010278450123X", "35010278450123X")],
        negative: ["350102123456789", "税号未登记", "订单 350102123456789"])
}
