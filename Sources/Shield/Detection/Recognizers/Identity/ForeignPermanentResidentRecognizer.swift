/// Foreigners' permanent residence cards: since 2023 18 digits that begin with 9 and carry the check of GB 11643; before, three letters and twelve digits.
struct ForeignPermanentResidentRecognizer: Recognizer {
    let card = TypeCard("foreign-permanent-resident", zh: "外国人永久居留身份证号", en: "Foreign permanent resident card", .identity)
    let rules: [Rule] = [
        .word("9(?:[ -]?[0-9]){16}[ -]?[0-9Xx]", 0.3) { match in
            let bytes = match.compact
            return .when(bytes.count == 18 && Checksums.isDate(bytes[6..<14]) && Checksums.isResidentID(bytes), 0.85,
                "date and check digit (MOD 11-2) after a 9")
        },
        .word("[A-Za-z]{3}[0-9]{6}[ -]?[0-9]{6}", 0.3) { match in
            .when(Checksums.isShortDate(match.digits[4..<10]), 0.3, "three letters and a date", otherwise: "no date in its place")
        },
        .label("[A-Za-z]{3}[ -]?[0-9]{6}[ -]?[0-9]{6}", 0.85) { match in
            .either(Checksums.isShortDate(match.digits[4..<10]), 0.9, "three letters and a date after its name", 0.86, otherwise: "three letters an"
            + "d digits after its name")
        },
        .spread(12...12),
    ]
    let labels = [
        "外国人永久居留证号", "永久居留证号码", "永居身份证", "五星卡", "permanent residence no", "permanent resident no", "permanent resident id", "pr card",
        "pr card no", "prc no",
        "外国人永久居留身份证", "外国人永久居留证", "永久居留身份证号码", "永久居留身份证", "永久居留证号", "永久居留证", "永居证号", "永居证", "绿卡号", "证件号码", "证件号", "permanent resident card",
            "permanent residence", "prc id card", "yjjlz",
    ]
    let fixtures = RecognizerFixtures(
        positive: [("外国人永久居留身份证：91184019880715012X", "91184019880715012X"), ("永居证号USA110088071512", "USA110088071512"), ("永久居留证 GBR 310075 030201",
            "GBR 310075 030201")],
        negative: ["订单 911840198807150121", "SKU USA110088071512"])
}
