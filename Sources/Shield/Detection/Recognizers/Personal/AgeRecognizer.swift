/// Ages, after their name.
struct AgeRecognizer: Recognizer {
    let card = TypeCard("age", zh: "年龄", en: "Age", .personal)
    let rules: [Rule] = [.label("(?:1[01][0-9]|[1-9]?[0-9]) ?(?:周岁|岁|years old|yrs|个月)?", 0.78)]
    let labels = ["年龄", "周岁", "岁数", "今年", "现年", "年纪", "age", "aged", "patient age", "nl", "nianling"]
    let negativeContext = ["max-age", "max age", "cache", "缓存", "排名", "年龄段", "年龄要求"]
    let fixtures = RecognizerFixtures(positive: [("年龄：45岁", "45岁"), ("\"age\": 37,", "37")], negative: ["max-age=45", "年龄不限", "45岁"])
}
