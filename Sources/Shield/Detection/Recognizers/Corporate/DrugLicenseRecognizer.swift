/// Licenses to make and sell drugs, devices and cosmetics: a province, letters and digits; certificates of good practice.
struct DrugLicenseRecognizer: Recognizer {
    let card = TypeCard("drug-license", zh: "药品与器械经营许可证号", en: "Drug or device license", .corporate)
    let rules: [Rule] = [.label("[\u{4E00}-\u{9FFF}]{1,8}[A-Z]{0,3}[0-9]{4,20}(?:号)?", 0.92),
        .label("[\u{4E00}-\u{9FFF}]{1,8}(?:[\\[(（〔](?:19|20)?[0-9\u{4E00}-\u{9FFF}]{1,6}[\\])）〕])?[\u{4E00}-\u{9FFF}]{0,8}第? ?[0-9A-Za-z-]{4,20}号", 0.92),
        .label("[(（][\u{4E00}-\u{9FFF}]{1,6}[)）][\u{4E00}-\u{9FFF}]{0,8}[\\[(（〔]?(?:19|20)?[0-9]{0,2}[\\])）〕]?第? ?[0-9A-Za-z-]{4,20}号?", 0.9),
        .label("(?:PD|WP|LS)[0-9]{6,12}(?:F[0-9]{6})?", 0.9), .code(6...26, digits: 5, 0.85),
        .literal(ChineseRegions.letters.flatMap { head in ["AA", "BA", "CA", "DA", "CB", "DB", "AB", "B"
            + "B"].map { head + $0 } }, ChineseRegions.letterPattern + "[A-D][AB][0-9]{7,9}", 0.6) { .when($0.range.count > 11, 0.6, "province, kin"
            + "d and digits of a drug license", otherwise: "the serial of a plate") },
        .spread(8...24),
    ]
    let labels = ["药品经营许可证编号", "药品经营许可证号", "药品经营许可证", "药品生产许可证编号", "药品生产许可证号", "药品生产许可证", "药品经营许可", "药品经营质量管理规范认证证书", "gsp证书编号", "gsp证书号",
        "gmp证书编号", "gmp证书号", "gmp证书", "gsp证书", "医疗器械经营许可证编号", "医疗器械经营许可证", "医疗器械经营备案凭证", "医疗器械经营备案", "医疗器械生产许可证编号", "医疗器械生产许可证", "医疗器械生产备案",
        "医疗器械网络销售备案", "第二类医疗器械经营备案", "互联网药品信息服务资格证书", "互联网药品信息服务资格证", "互联网药品交易服务资格证", "化妆品生产许可证编号", "化妆品生产许可证", "化妆品备案号", "化妆品备案编号",
        "消毒产品生产企业卫生许可证", "消毒产品许可证", "消毒许可证号", "卫生许可证编号", "卫生许可证", "公共场所卫生许可证", "麻醉药品购用印鉴卡", "印鉴卡编号", "放射性药品使用许可证", "兽药生产许可证", "兽药经营许可证", "兽药批准文号",
        "农药登记证号", "农药登记证", "农药生产许可证", "农药经营许可证", "肥料登记证号", "肥料登记证", "种子生产经营许可证", "种子许可证号", "动物防疫条件合格证", "动物检疫合格证", "检疫证号", "动物诊疗许可证", "饲料生产许可证",
        "生猪定点屠宰证", "drug license", "drug license no", "drug business license", "drug production license", "pharmacy license",
        "pharmacy license no", "device license", "cosmetics license", "gmp certificate", "gsp certificate", "ypjyxkz", "ypjyxkzh", "ypscxkz",
        "ylqxjyxkz", "nydjz", "wsxkz"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("药品经营许可证编号：粤CB0107639", "粤CB0107639"), ("drug_license_no=闽DA7555470", "闽DA7555470"), ("农药登记证号：PD20230123", "PD20230123")],
        negative: ["药品经营许可证办理", "京AA12"])
}
