/// Employers and schools, after their name.
struct EmployerRecognizer: Recognizer {
    let card = TypeCard("employer", zh: "工作单位", en: "Employer", .personal)
    let rules: [Rule] = [.label("(?:[\u{4E00}-\u{9FFF}]|[A-Za-z0-9()]){3,30}(?:公司|集团|局|厅|委|部|院|所|校|学|中心|厂|店|行|社|会|处|办|站|队|馆|园|银行|医院|大学|中学|小学|幼儿园|事务所|政府)", 0.8)]
    let labels = ["工作单位", "就职单位", "单位名称", "现工作单位", "任职单位", "工作单位名称", "所在单位", "就读学校", "毕业院校", "毕业学校", "学校名称", "employer", "company name", "workplace",
        "gzdw", "dwmc", "byyx"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("工作单位：榕江市第三中学", "榕江市第三中学"), ("gzdw=福建海丰物流有限公司", "福建海丰物流有限公司")], negative: ["工作单位不限", "榕江市第三中学"])
}
