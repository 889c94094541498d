/// Allergies, after their name.
struct AllergyRecognizer: Recognizer {
    let card = TypeCard("allergy", zh: "过敏史", en: "Allergy", .health)
    let rules: [Rule] = [.label("(?:[\u{4E00}-\u{9FFF}]|[A-Za-z]){2,20}", 0.82) { match in
        let text = match.text
        return .when(!["否认", "不详", "未知", "无", "none", "反应", "体质", "性", "源", "检测"].contains { text.hasPrefix($0) }, 0.82,
            "text after the name of an allergy", otherwise: "no allergy")
    }]
    let labels = ["药物过敏史", "食物过敏史", "过敏史", "过敏药物", "过敏原", "过敏源", "对以下药物过敏", "药物过敏", "allergies", "allergy", "allergic to", "drug allergy", "gms"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("过敏史：青霉素过敏", "青霉素过敏"), ("allergic to penicillin", "penicillin")], negative: ["过敏史：无", "过敏史否认", "青霉素"])
}
