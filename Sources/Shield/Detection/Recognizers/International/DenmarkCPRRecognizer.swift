/// Danish personal numbers: a date and four digits, after their name (the check is no longer kept by all).
struct DenmarkCPRRecognizer: Recognizer {
    let card = TypeCard("dk-cpr", zh: "丹麦个人号", en: "Danish CPR number", .international)
    let rules: [Rule] = [.label("[0-3][0-9][01][0-9]{3}[ -]?[0-9]{4}", 0.9) { match in
        let digits = match.digits
        return .when(Checksums.isShortDate([digits[4], digits[5], digits[2], digits[3], digits[0], digits[1]]), 0.9, "date after its name",
            otherwise: "no date")
    }]
    let labels = [
        "丹麦cpr", "丹麦个人编号", "丹麦身份证号", "丹麦cpr号",
        "cpr", "cpr nummer", "cpr no", "cpr-nummer", "danish id"]
    let fixtures = RecognizerFixtures(positive: [("CPR: 120685-1234", "120685-1234"), ("cpr-nummer 0101901111", "0101901111")],
        negative: ["120685-1234", "CPR 321385-1234"])
}
