/// Specimens, blood bags, donors, reports of laboratories, trials and genes.
struct SpecimenRecognizer: Recognizer {
    let card = TypeCard("specimen", zh: "标本号", en: "Specimen number", .health)
    let rules: [Rule] = [.code(5...28, digits: 4, 0.85), .number([8, 10, 12, 13], 0.86), .spread(8...22),
        .word("[1-9][0-9]{11}", 0.16, "shape, kept near its name only")]
    let labels = ["标本条码号", "标本条码", "标本号码", "标本编码", "标本编号", "标本号", "样本条码", "样本编码", "样本编号", "样本号", "样品编号", "样本id", "试管条码", "试管编号", "采血管编号", "血袋号",
        "血袋编号", "血袋条码", "供血者编号", "献血者编号", "采血编号", "配血单号", "化验编号", "化验单编号", "检验条码", "检验编号", "检验报告编号", "检测报告编号", "报告单号", "检测编号", "实验室编号", "基因检测编号",
        "基因样本编号", "基因编号", "受试者编号", "受试者号", "受试者筛选号", "筛选号", "随机号", "入组编号", "病例编号", "临床试验登记号", "临床试验编号", "传染病报告卡编号", "传染病卡号", "报卡编号", "器官捐献编号",
        "捐献登记号", "骨髓捐献编号", "specimen no", "specimen number", "specimen barcode", "sample no", "sample number", "sample id", "sample barcode",
        "lab no", "lab number", "test report no", "subject id", "subject no", "screening no", "randomization no", "trial id", "donor no",
        "blood bag no", "bbh", "bbtm", "bbbh", "ybbh", "yb tm", "xdh", "sszbh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("标本条码号：864626195575", "864626195575"), ("specimen no: S20230012345", "S20230012345")],
        negative: ["标本条码号办理流程", "标本条码号待补", "864626195575"])
}
