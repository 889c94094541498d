/// Licenses of banks, insurers, brokers, payment companies and funds, with their registration codes.
struct FinancialLicenseRecognizer: Recognizer {
    let card = TypeCard("financial-license", zh: "金融许可证号", en: "Financial license", .finance)
    let rules: [Rule] = [.label("[A-Za-z][0-9]{4}[A-Za-z][0-9]{9}", 0.87), .code(6...24, digits: 5, 0.85), .spread(8...22),
        .word("[A-Z][0-9]{4}[A-Z][1-3][0-9]{8}", 0.4, "shape of a financial license"), .word("Z20[0-9]{11}", 0.35, "shape, kept near its name only")]
    let labels = ["金融许可证机构编码", "金融许可证流水号", "金融许可证编号", "金融许可证号", "金融许可证", "金融机构编码", "金融机构代码", "机构编码", "保险许可证号", "保险许可证", "经营保险业务许可证", "保险中介许可证",
        "保险执业证号", "保险执业证", "保险代理人执业证", "保险销售从业人员执业证", "执业登记编号", "证券从业证书", "证券业执业证书", "证券从业资格证号", "证券执业证书编号", "基金从业资格证号", "期货从业资格号", "经营证券期货业务许可证",
        "证券期货业务许可证", "支付业务许可证", "支付业务许可证编号", "支付许可证", "私募基金管理人登记编号", "私募基金登记编号", "基金管理人登记编号", "基金备案编码", "基金备案编号", "私募备案编码", "基金编码", "小额贷款许可证",
        "融资担保许可证", "典当许可证", "典当经营许可证", "外汇业务许可证", "financial license", "financial license no", "finance license", "banking license",
        "insurance license", "broker license", "payment license", "fund registration no", "amac no", "jrxkz", "jrxkzh", "bxxkz", "zfywxkz"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("金融许可证机构编码：B0001H235020001", "B0001H235020001"), ("financial license: Z2012345000123", "Z2012345000123")],
        negative: ["金融许可证机构编码办理流程", "金融许可证机构编码待补"])
}
