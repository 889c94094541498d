/// Cards of veterans, the aged, the poor, donors of blood and volunteers.
struct BenefitCardRecognizer: Recognizer {
    let card = TypeCard("benefit-card", zh: "优待与救助证号", en: "Benefit card", .identity)
    let rules: [Rule] = [.code(6...24, digits: 6, 0.85), .label("[\u{4E00}-\u{9FFF}]{1,6}字第? ?[0-9A-Za-z]{4,18}号?", 0.87), .spread(8...22)]
    let labels = ["退役军人优待证", "优待证号", "优待证", "老年优待证", "老年人优待证", "老年证号", "老年证", "低保证号", "低保证", "低保编号", "特困证号", "特困人员救助供养证", "困难职工证", "烈属证", "烈士证明书",
        "伤残军人证", "残疾军人证", "残疾军人证号", "伤残人民警察证", "志愿者编号", "志愿者证号", "志愿服务证", "献血证号", "无偿献血证", "献血编号", "献血证", "独生子女证", "独生子女父母光荣证", "生育服务证", "生育服务证号",
        "生育登记号", "准生证", "准生证号", "流动人口婚育证明", "收养登记证", "收养证号", "失业证号", "就业失业登记证", "就业创业证", "就业创业证号", "失业登记证", "求职登记号", "veteran card", "senior card",
        "volunteer id", "volunteer no", "blood donor card", "donor id", "low income card", "ldz", "yhz", "jycyz", "zyzbh", "xxzh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("退役军人优待证：3502030012345678", "3502030012345678"), ("veteran card: VT35020300123", "VT35020300123")],
        negative: ["退役军人优待证办理流程", "退役军人优待证待补", "3502030012345678"])
}
