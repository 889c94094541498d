/// American Medicare beneficiary identifiers (CMS, 2018): eleven characters of fixed kinds, without S, L, O, I, B, Z.
struct MedicareBeneficiaryRecognizer: Recognizer {
    let card = TypeCard("us-mbi", zh: "美国医疗保险号", en: "US Medicare beneficiary identifier", .health)
    private static let letter = "[AC-HJKMNP-RT-Yac-hjkmnp-rt-y]"
    private static let either = "[AC-HJKMNP-RT-Yac-hjkmnp-rt-y0-9]"
    let rules: [Rule] = [.word("[1-9]\(letter)\(either)[0-9]-?\(letter)\(either)[0-9]-?\(letter)\(letter)[0-9]{2}", 0.45,
        "kinds of characters of a Medicare identifier")]
    let labels = ["mbi", "medicare", "medicare number", "medicare no", "medicare id", "beneficiary id", "health insurance claim"]
    let fixtures = RecognizerFixtures(positive: [("Medicare number 1EG4-TE5-MK73", "1EG4-TE5-MK73"), ("mbi=1EG4TE5MK72", "1EG4TE5MK72")],
        negative: ["1EG4TE5MK72", "MBI 1SG4TE5MK72"])
}
