/// Numbers of medical records and patients, after their name.
struct MedicalRecordRecognizer: Recognizer {
    let card = TypeCard("medical-record", zh: "病历号", en: "Medical record number", .health)
    let rules: [Rule] = [.code(4...24, 0.87), .number([8, 9, 10, 12], 0.85),
        .spread(8...24),
    ]
    let labels = [
        "病历卡号", "病案首页号", "患者卡号", "患者标识", "病人卡号", "诊疗卡", "就医卡号", "诊疗编号", "健康号", "登记号码", "患者登记号", "medical record id", "medical no",
        "mrn no", "patient card", "patient card no", "visit card", "visit card no", "case history no", "hospital no", "hospital number",
        "hn no", "brbh", "hzid", "bahm", "blhm", "zlkh", "jzk",
        "病历号码", "病历编号", "病历号", "病案号码", "病案编号", "病案号", "患者编号", "患者id", "患者号", "病人id", "病人编号", "病人号", "就诊卡号", "就诊卡", "诊疗卡号", "诊疗号", "健康档案号",
        "健康档案编号", "健康卡号", "电子健康卡", "mrn", "medical record", "medical record no", "medical record number", "patient id", "patient no", "patient number",
        "chart no", "blh", "bah", "brid", "hzbh", "jzkh"]
    let negativeContext = ["订单", "快递", "版本", "order", "tracking", "version"]
    let fixtures = RecognizerFixtures(positive: [("病历号：ZY20230012345", "ZY20230012345"), ("MRN: 00123456", "00123456"),
        ("patient_id=P-0098123", "P-0098123")], negative: ["病历号缺失", "00123456", "订单 00123456"])
}
