/// Registrations of trademarks, copyrights, layouts, plant varieties and indications.
struct TrademarkRecognizer: Recognizer {
    let card = TypeCard("trademark", zh: "商标注册号", en: "Trademark registration", .corporate)
    let rules: [Rule] = [.label("[GgNnWw]?[0-9]{5,9}[A-Za-z]?", 0.87), .label("[\u{4E00}-\u{9FFF}]{1,3}作登字-?(?:19|20)[0-9]{2}-[A-L]-?[0-9]{6,10}号?", 0.87),
        .label("PCT/[A-Z]{2}(?:19|20)[0-9]{2}/[0-9]{6}", 0.87), .label("(?:BS|CNA)\\.?[0-9]{8,12}(?:\\.[0-9])?", 0.87), .number([7, 8], 0.86),
        .spread(7...10), .code(8...24, digits: 6, 0.85)]
    let labels = ["商标注册证编号", "商标注册证号", "商标注册证", "商标注册号码", "商标注册号", "商标注册编号", "商标申请号", "商标号", "注册商标号", "商标编号", "国际注册号", "作品登记号", "作品登记证号", "作品登记证",
        "作品著作权登记号", "著作权登记号", "著作权登记证", "版权登记号", "版权登记证号", "版权登记", "国作登字", "集成电路布图设计登记号", "布图设计登记号", "植物新品种权号", "品种权号", "地理标志产品", "国际专利申请号",
        "pct申请号", "trademark no", "trademark number", "trademark registration", "trademark registration no", "trademark", "copyright registration",
        "copyright no", "copyright registration number", "pct no", "sbzch", "sbzchm", "sbzczh", "sbzc", "sbsqh", "zpdjh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("商标注册证编号：79107118", "79107118"), ("trademark no: 56668759", "56668759")],
        negative: ["商标注册证编号办理流程", "商标注册证编号待补", "79107118"])
}
