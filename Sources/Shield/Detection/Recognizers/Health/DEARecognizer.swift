/// Registrations of the American Drug Enforcement Administration: two letters, six digits and a check (21 CFR 1301).
struct DEARecognizer: Recognizer {
    let card = TypeCard("us-dea", zh: "美国 DEA 登记号", en: "US DEA number", .health)
    let rules: [Rule] = [.word("[ABCDEFGHJKLMPRSTUXabcdefghjklmprstux][A-Za-z9][0-9]{7}", 0.2) { .when(Checksums.isDEA($0.compact), 0.3,
        "check digit of a DEA number") }]
    let labels = ["dea", "dea no", "dea number", "dea registration", "dea license", "dea登记号"]
    let fixtures = RecognizerFixtures(positive: [("DEA number: AB1234563", "AB1234563"), ("dea_no=MP7654329", "MP7654329")],
        negative: ["AB1234563", "DEA AB1234560"])
}
