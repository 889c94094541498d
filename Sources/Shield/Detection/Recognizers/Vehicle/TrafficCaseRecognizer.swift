/// Decisions and notices of traffic offences, certificates of accidents and inspections.
struct TrafficCaseRecognizer: Recognizer {
    let card = TypeCard("traffic-case", zh: "交通违法编号", en: "Traffic case number", .vehicle)
    let rules: [Rule] = [.code(8...28, digits: 6, 0.85), .spread(8...22), .number([15, 16], 0.86)]
    let labels = ["处罚决定书编号", "处罚决定书号", "违法编号", "违章编号", "违法处理编号", "交通违法编号", "违法代码编号", "罚单号", "罚单编号", "罚单", "违停单号", "事故认定书编号", "事故认定书号", "事故编号",
        "交通事故编号", "检验合格标志编号", "检验合格标志", "年检标志号", "检验报告编号", "机动车检验报告", "环保标志编号", "交强险标志", "电池编码", "动力电池编码", "电池序列号", "整车编码", "合格证编号", "车辆一致性证书",
        "一致性证书编号", "traffic ticket", "traffic ticket no", "violation no", "violation id", "penalty decision no", "accident no",
        "accident report no", "citation no", "battery code", "battery pack code", "cfjdsbh", "wzbh", "fdbh", "sgbh", "dcbm"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("处罚决定书编号：350203123456789", "350203123456789"), ("traffic ticket: 3502032023000123", "3502032023000123")],
        negative: ["处罚决定书编号办理流程", "处罚决定书编号待补", "350203123456789"])
}
