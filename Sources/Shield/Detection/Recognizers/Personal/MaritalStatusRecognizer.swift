/// Marital status (GB/T 2261.2), after its name.
struct MaritalStatusRecognizer: Recognizer {
    let card = TypeCard("marital-status", zh: "婚姻状况", en: "Marital status", .personal)
    let rules: [Rule] = [.label("(?:未婚|已婚已育|已婚未育|已婚|离异|离婚|丧偶|再婚|复婚|初婚|同居|分居|[Ss]ingle|[Mm]arried|[Dd]ivorced|[Ww]idowed|[Ss]eparated)", 0.84)]
    let labels = ["婚姻状况", "婚姻状态", "婚姻情况", "婚否", "婚育状况", "婚姻", "marital status", "marital", "hyzk", "hunyin"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("婚姻状况：已婚", "已婚"), ("marital_status=divorced", "divorced")],
        negative: ["婚姻登记处", "已婚", "marital status of applicants"])
}
