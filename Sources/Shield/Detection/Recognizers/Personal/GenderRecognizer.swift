/// Sexes, after their name.
struct GenderRecognizer: Recognizer {
    let card = TypeCard("gender", zh: "性别", en: "Gender", .personal)
    let rules: [Rule] = [.label("(?:男性|女性|男|女|male|female|Male|Female|MALE|FEMALE|M|F)", 0.78)]
    let labels = ["性别", "gender", "sex", "xb", "xingbie"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("性别：女", "女"), ("gender=male", "male")], negative: ["性别不限", "男女老少", "sex education"])
}
