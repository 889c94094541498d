/// Household registers: the number of the household, or of the booklet, after its name.
struct HouseholdRegisterRecognizer: Recognizer {
    let card = TypeCard("household-register", zh: "户口簿号", en: "Household register", .identity)
    let rules: [Rule] = [.label("[A-Za-z]{0,2}[0-9]{6,18}", 0.82),
        .spread(8...24),
    ]
    let labels = [
        "户口簿编号", "户口簿号", "户口簿", "户口本编号", "户口本号码", "户口本号", "户口本", "户口编号", "户口号", "户籍编号", "户籍号", "户编号", "户号", "家庭编号", "household no", "household number",
            "household register", "hukou", "hukou no", "hkb", "hkbh", "hh",
    ]
    let fixtures = RecognizerFixtures(positive: [("户口簿编号：350102123", "350102123"), ("户号 010203004", "010203004")], negative: ["户口簿丢失", "010203004", "户口本 3 本"])
}
