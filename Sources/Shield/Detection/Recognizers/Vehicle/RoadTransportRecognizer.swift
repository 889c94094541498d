/// Licenses of road transport, its vehicles and drivers.
struct RoadTransportRecognizer: Recognizer {
    let card = TypeCard("road-transport", zh: "道路运输证号", en: "Road transport license", .vehicle)
    let rules: [Rule] = [.label("[\u{4E00}-\u{9FFF}]{1,8}(?:字|交运管许可)?[\u{4E00}-\u{9FFF}]{0,8}字?第? ?[0-9]{6,14}(?:-[0-9]{1,4})?号?", 0.87),
        .label("[A-Za-z]{0,3}[0-9]{8,20}", 0.87), .number([12, 18], 0.86), .spread(8...22),
        .word("[1-6][1-7][0-9]{2}[0-3][0-9]{7}", 0.2, "shape, kept near its name only")]
    let labels = ["道路运输证号码", "道路运输证编号", "道路运输证号", "道路运输证", "道路运输经营许可证号", "道路运输经营许可证编号", "道路运输经营许可证", "道路运输许可证", "道路运输经营许可", "运输证号", "营运证号码",
        "营运证号", "营运证", "运管证号", "网约车经营许可证", "网约车运输证", "网络预约出租汽车运输证", "网络预约出租汽车驾驶员证", "网约车驾驶员证", "出租车资格证", "出租汽车驾驶员从业资格证", "巡游出租车证", "准驾证号",
        "服务监督卡号", "危险品运输证", "危险货物运输证", "道路危险货物运输", "运输从业资格证", "road transport", "road transport no", "road transport license",
        "road transport permit", "transport license", "transport license no", "transport permit", "operation permit", "taxi license", "dlysz",
        "dlyszh", "dlysjyxkz", "yyz", "yyzh no", "wycysz"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("道路运输证号码：350203204205", "350203204205"), ("road transport: 110105625684", "110105625684")],
        negative: ["道路运输证号码办理流程", "道路运输证号码待补", "350203204205"])
}
