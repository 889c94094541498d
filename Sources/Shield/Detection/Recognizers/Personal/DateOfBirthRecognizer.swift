/// Dates of birth, after their name.
struct DateOfBirthRecognizer: Recognizer {
    let card = TypeCard("date-of-birth", zh: "出生日期", en: "Date of birth", .personal)
    let rules: [Rule] = [
        .label("(?:19|20)[0-9]{2} ?(?:-|/|\\.|年) ?[01]?[0-9] ?(?:-|/|\\.|月) ?[0-3]?[0-9](?: ?日)?", 0.86),
            .label("(?:19|20)[0-9]{6}", 0.86) { .when(Checksums.isDate($0.digits), 0.86, "a date after its name", otherwise: "no date") },
            .label("(?:19|20)[0-9]{2}(?:-|/|年)[01]?[0-9]月?", 0.75), .label("[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:19|20)?[0-9]{2}", 0.84),
        .label("(?:[0-9]{1,2}(?:st|nd|rd|th)? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\\.? (?:[0-9]{1,2}(?:st|nd|rd|th)?,? )?("
            + "?:19|20)[0-9]{2}", 0.85),
    ]
    let labels = ["出生日期", "出生年月日", "出生年月", "出生时间", "生日", "出生于", "出生", "生于", "生辰", "date of birth", "birth date", "birthdate", "birthday", "born on", "born",
        "dob", "csrq", "csny", "sr"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("出生日期：1985-06-12", "1985-06-12"), ("DOB: 12/06/1985", "12/06/1985"), ("生于1990年1月2日", "1990年1月2日")],
        negative: ["1985-06-12", "出生日期待补", "born to run"])
}
