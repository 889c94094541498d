/// British national insurance numbers: two letters (no D F I Q U V first, no O second, no BG GB NK KN TN NT ZZ), six digits, A to D.
struct UKNationalInsuranceRecognizer: Recognizer {
    let card = TypeCard("uk-nino", zh: "英国国民保险号", en: "UK national insurance number", .international)
    let rules: [Rule] = [
        .word("[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z] ?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[A-Da-d]", 0.4) { match in
            .when(!["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].contains { match.compact.starts(with: $0.utf8) }, match.range.count > 9 ? 0.65 : 0.45,
                "letters and digits of a national insurance number", otherwise: "unused prefix")
        },
        .label("[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z][ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[A-Da-d]", 0.92),
    ]
    let labels = [
        "英国国民保险号码", "英国nino", "英国社保号", "英国ni号",
        "nino", "ni no", "ni number", "national insurance", "national insurance no", "national insurance number", "英国国民保险号"]
    let fixtures = RecognizerFixtures(positive: [("NI number: AB 12 34 56 C", "AB 12 34 56 C"), ("nino=JG103759A", "JG103759A")],
        negative: ["GB123456A", "SKU AB123456C", "AB123456E"])
}
