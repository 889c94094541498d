/// Filings of the classified protection of information systems (11 digits, hyphen, five digits), of algorithms, models and applications of networks.
struct ClassifiedProtectionRecognizer: Recognizer {
    let card = TypeCard("mlps-filing", zh: "等保备案号", en: "Filing of classified protection", .corporate)
    let rules: [Rule] = [.label("[0-9]{9,13}(?:-| )[0-9]{4,6}(?:-[0-9]{2,5})?", 0.87), .label("网信算备[0-9A-Z]{12,24}号", 0.87),
        .label("(?:京|沪|粤|浙|闽)?网信备[0-9A-Z]{10,24}号", 0.87), .label("[\u{4E00}-\u{9FFF}]{1,4}网?信备[0-9]{10,20}号", 0.87), .code(8...30, digits: 6, 0.86),
        .spread(8...24), .literal(["网信算备", "网信备1", "网信备2", "网信备3", "网信备4", "网信备5", "网信备6"], "网信算?备[0-9A-Z]{12,24}号", 0.93),
        .word("[1-6][0-9]{10}-[12][0-9]{4}", 0.4, "shape of a filing of classified protection")]
    let labels = ["等保备案号", "等保备案编号", "等保备案证明编号", "等保备案证明", "等保备案", "等级保护备案号", "等级保护备案证明", "等级保护备案", "网络安全等级保护备案号", "网络安全等级保护备案证明",
        "信息系统安全等级保护备案证明编号", "信息系统安全等级保护备案证明", "信息系统安全等级保护备案编号", "信息系统安全等级保护备案", "信息系统备案号", "系统备案号", "关基编号", "关键信息基础设施编号", "测评报告编号", "等保测评报告编号",
        "密评报告编号", "商用密码产品认证证书", "商用密码认证证书编号", "密码产品型号", "销售许可证编号", "计算机信息系统安全专用产品销售许可证", "算法备案号", "算法备案编号", "算法备案", "网信算备", "深度合成备案号", "大模型备案号",
        "生成式人工智能服务备案号", "区块链备案号", "区块链信息服务备案号", "数据出境备案号", "个人信息出境备案", "数据出境安全评估编号", "数据登记证书编号", "数据知识产权登记", "数据产品登记编号", "数据资产登记编号", "app备案编号",
        "mlps", "mlps no", "mlps number", "mlps filing", "mlps filing no", "classified protection", "security filing no", "algorithm filing no",
        "algorithm filing", "dbbah", "dbbabh", "dbba", "sfbah", "qklbah"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("等保备案号：44030043010-23890", "44030043010-23890"), ("mlps no: 35020043001-19642", "35020043001-19642")],
        negative: ["等保备案号办理流程", "等保备案号待补"])
}
