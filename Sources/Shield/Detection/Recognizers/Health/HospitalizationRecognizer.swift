/// Numbers of stays in a hospital, after their name.
struct HospitalizationRecognizer: Recognizer {
    let card = TypeCard("hospitalization", zh: "住院号", en: "Hospitalization number", .health)
    let rules: [Rule] = [.code(4...24, 0.88), .number([8, 10, 12], 0.86),
        .spread(8...24),
    ]
    let labels = [
        "住院病历号", "住院病案号", "住院卡号", "住院单号", "入院号", "入院编号", "床位编号", "admission id", "ip no", "ward no", "zybh", "zydjh", "zylsh", "ryh",
        "rydjh",
        "住院号码", "住院编号", "住院流水号", "住院登记号", "住院号", "入院登记号", "病区床号", "床位号", "住院次序号", "hospitalization no", "inpatient no", "inpatient number",
        "inpatient id", "admission no", "admission number", "zyh", "zyhm", "zhuyuanhao"]
    let negativeContext = ["订单", "快递", "版本", "order", "tracking", "version"]
    let fixtures = RecognizerFixtures(positive: [("住院号：ZY20230012345", "ZY20230012345"), ("zyh=0012345678", "0012345678")],
        negative: ["住院号未登记", "0012345678", "住院 15 天"])
}
