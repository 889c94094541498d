/// Swiss social security numbers (AHV): 756 and ten digits with the check of EAN-13.
struct SwitzerlandAHVRecognizer: Recognizer {
    let card = TypeCard("ch-ahv", zh: "瑞士社保号", en: "Swiss AHV number", .international)
    let rules: [Rule] = [.word("756[. ]?[0-9]{4}[. ]?[0-9]{4}[. ]?[0-9]{2}", 0.3) { match in
        .when(Checksums.isSwissNumber(match.digits), match.range.count > 13 ? 0.92 : 0.45, "756 and check digit (EAN-13)")
    }]
    let labels = [
        "瑞士ahv号", "瑞士社保号", "瑞士avs", "瑞士ahv",
        "ahv", "ahv nummer", "ahv-nr", "avs", "numéro avs", "oasi", "swiss social security"]
    let fixtures = RecognizerFixtures(positive: [("AHV 756.1234.5678.97", "756.1234.5678.97"), ("ahv-nr: 7569876543217", "7569876543217")],
        negative: ["EAN 7569876543217", "756.1234.5678.90"])
}
