/// Numbers of visits, registrations and outpatients, after their name.
struct OutpatientRecognizer: Recognizer {
    let card = TypeCard("outpatient", zh: "门诊号", en: "Outpatient number", .health)
    let rules: [Rule] = [.code(4...24, 0.87), .number([8, 10, 12], 0.86),
        .spread(8...24),
    ]
    let labels = [
        "门诊卡号", "门诊卡", "门诊号数", "门急诊号", "急诊编号", "急诊病历号", "挂号号码", "挂号序号", "挂号单", "就诊编号", "就诊序号", "就诊登记号", "体检号码", "体检单号", "体检报告编号", "体检报告号",
        "体检卡号", "体检登记号", "outpatient card", "outpatient card no", "op no", "clinic no", "clinic number", "registration number", "visit id",
        "encounter no", "encounter number", "checkup no", "medical exam no", "physical exam no", "ghh", "ghxh", "jzlsh", "tjh", "tjkh",
        "mzkh", "mzbh",
        "门诊号码", "门诊编号", "门诊流水号", "门诊病历号", "门诊号", "急诊号", "挂号单号", "挂号流水号", "挂号号", "挂号编号", "就诊流水号", "就诊号", "体检编号", "体检号", "outpatient no",
        "outpatient number", "outpatient id", "visit no", "visit number", "registration no", "encounter id", "mzh", "mzhm", "ghdh", "jzh", "tjbh"]
    let negativeContext = ["订单", "快递", "版本", "order", "tracking", "version"]
    let fixtures = RecognizerFixtures(positive: [("门诊号：MZ2023-01-00123", "MZ2023-01-00123"), ("体检编号 20230115001", "20230115001")],
        negative: ["门诊号待定", "20230115001", "门诊 8 点开诊"])
}
