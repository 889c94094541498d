/// Cards and numbers of medical insurance, which every region forms in its own way, after their name.
struct MedicalInsuranceRecognizer: Recognizer {
    let card = TypeCard("medical-insurance", zh: "医保号", en: "Medical insurance number", .health)
    let rules: [Rule] = [.label("[A-Za-z]{0,4}[0-9]{6,20}[0-9Xx]?", 0.88), .number([9, 10, 12, 16], 0.86),
        .spread(8...24),
    ]
    let labels = [
        "医保卡编号", "医保号码", "医保账户", "医保个人账户", "医保凭证号", "医保电子凭证号", "医保结算号", "医保结算单号", "医保流水号", "医疗证号", "新农合号", "参合号", "公费医疗证号", "大病保险号",
        "商业医疗险号", "medical insurance number", "medical insurance card", "health insurance id", "yb no", "ybzh", "ybbh", "ybpzh", "xnhzh",
        "hzylzh", "chh",
        "医疗保险号码", "医疗保险号", "医疗保险卡号", "医疗保险证号", "医疗保险个人编号", "医疗保险编号", "医保卡号", "医保卡", "医保证号", "医保编号", "医保个人编号", "医保账号", "医保号", "医保电子凭证", "新农合证号",
        "农合证号", "合作医疗证号", "合作医疗号", "生育保险号", "medical insurance no", "medical insurance", "health insurance no", "health insurance number",
        "insurance card no", "ybkh", "ybh", "ybk", "ylbxh"]
    let fixtures = RecognizerFixtures(positive: [("医保卡号：A0012345678", "A0012345678"), ("ybkh=350100123456", "350100123456"),
        ("医疗保险个人编号 3501 0012 3456", "3501 0012 3456")], negative: ["350100123456", "医保卡丢失", "医保报销 500 元"])
}
