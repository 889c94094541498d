/// Ages, after their name.
struct AgeRecognizer: Recognizer {
    let card = TypeCard("age", zh: "年龄", en: "Age", .personal)
    let rules: [Rule] = [.word("(?:1[01][0-9]|[1-9]?[0-9])[ -](?:years?[ -]old|y/o|yo)", 0.7, "a number of years"),
        .label("(?:1[01][0-9]|[1-9]?[0-9]) ?(?:周岁|岁|years old|yrs|个月)?", 0.78)]
    let labels = ["年龄", "周岁", "岁数", "今年", "现年", "年纪", "age", "aged", "patient age", "nl", "nianling"]
    let negativeContext = ["max-age", "max age", "cache", "缓存", "排名", "年龄段", "年龄要求"]
    let fixtures = RecognizerFixtures(positive: [("a 37 years old man", "37 years old"), ("年龄：45岁", "45岁"), ("\"age\": 37,", "37")],
        negative: ["max-age=45", "年龄不限", "45岁"])
}
