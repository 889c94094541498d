/// Heights, weights, blood pressure and other measures of a body, after their name.
struct VitalSignRecognizer: Recognizer {
    let card = TypeCard("vital-sign", zh: "体征", en: "Vital sign", .health)
    private static let verdict: @Sendable (Match) -> Verdict = { match in
        .when(!match.isPreceded(by: ["图片", "图像", "照片", "image", "img", "div", "font"], within: 24), 0.8, "a measure after its name",
            otherwise: "the measure of a thing")
    }
    let rules: [Rule] = [.label("[0-9]{2,3}/[0-9]{2,3}(?: ?mm ?[Hh]g)?", 0.8, check: VitalSignRecognizer.verdict),
        .label("[0-9]{1,3}(?:\\.[0-9]{1,2})? ?(?:cm|CM|厘米|kg|KG|公斤|千克|斤|米|m|bpm|次/分|mmol/L|mg/dL|%|℃|°C|mmHg)", 0.8, check: VitalSignRecognizer.verdict)]
    let labels = ["身高", "体重", "血压", "收缩压", "舒张压", "心率", "脉搏", "血糖", "空腹血糖", "血氧", "血氧饱和度", "腰围", "体温", "bmi", "height", "weight", "blood pressure",
        "heart rate", "blood glucose", "bp", "sg", "tz", "xy"]
    let negativeContext = ["图片", "图像", "px", "限高", "限重", "货物", "包裹", "image", "font"]
    let fixtures = RecognizerFixtures(positive: [("身高：175cm", "175cm"), ("血压 135/85mmHg", "135/85mmHg")], negative: ["图片 height: 175cm", "175cm", "限重 20 吨"])
}
