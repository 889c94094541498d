/// Words of criminal and administrative punishment beside a person.
struct CriminalRecordRecognizer: Recognizer {
    let card = TypeCard("criminal-record", zh: "违法犯罪记录", en: "Criminal record", .personal)
    private static let phrases = [
        "判处有期徒刑", "判处拘役", "判处管制", "判处无期徒刑", "判处死刑", "行政拘留", "刑事拘留", "取保候审", "监视居住", "刑满释放", "缓刑", "假释", "社区矫正", "强制隔离戒毒", "吸毒人员", "前科", "犯罪记录", "失信被执行人",
        "服刑", "被批准逮捕", "涉嫌诈骗", "涉嫌盗窃", "涉嫌故意伤害", "涉嫌受贿", "涉嫌贪污",
    ]
    let rules: [Rule] = [.literal(CriminalRecordRecognizer.phrases,
        "(?:" + CriminalRecordRecognizer.phrases.joined(separator: "|") + ")(?:[0-9]{1,2}年)?(?:[0-9]{1,2}个?月)?(?:[0-9]{1,2}日)?", 0.3,
        "words of a punishment, near a person", isBounded: false)]
    let labels = ["犯罪嫌疑人", "被告人", "违法行为人", "嫌疑人", "罪犯"]
    let context = ["因犯", "曾因", "本人", "该人", "其", "某", "男", "女", "罪", "案件", "身份证"]
    let negativeContext = ["宣传", "规定", "法律", "条例", "普法", "制度", "第", "条"]
    let fixtures = RecognizerFixtures(positive: [("被告人李某判处有期徒刑3年", "判处有期徒刑3年"), ("该人曾因行政拘留10日", "行政拘留10日")], negative: ["普法宣传：判处有期徒刑", "行政拘留条例"])
}
