/// Finnish personal codes: a date, a sign of the century, three digits and a check of 31.
struct FinlandCodeRecognizer: Recognizer {
    let card = TypeCard("fi-hetu", zh: "芬兰个人号", en: "Finnish personal code", .international)
    let rules: [Rule] = [.word("[0-3][0-9][01][0-9]{3}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]", 0.3) { match in
        let bytes = match.bytes.filter { Checksums.isDigit($0) } + (match.bytes.last.map { Checksums.isDigit($0) ? [] : [$0] } ?? [])
        return .when(Checksums.isFinnishCode(bytes, sign: match.bytes[match.bytes.startIndex + 6]), 0.85, "date and check character (MOD 31)")
    }]
    let labels = [
        "芬兰个人识别码", "芬兰身份证号", "芬兰hetu",
        "hetu", "henkilötunnus", "henkilotunnus", "finnish id", "personal identity code"]
    let fixtures = RecognizerFixtures(positive: [("hetu 120685-123F", "120685-123F"), ("henkilötunnus: 010203A456R", "010203A456R")],
        negative: ["320685-123A", "120685-1230X"])
}
