/// Medical certificates of birth: a letter for the year of print and nine digits.
struct BirthCertificateRecognizer: Recognizer {
    let card = TypeCard("birth-certificate", zh: "出生医学证明编号", en: "Birth certificate", .identity)
    let rules: [Rule] = [.word("[A-Za-z][0-9]{9}", 0.3, "shape of a birth certificate"), .label("[A-Za-z](?:[ ._*~/·—－-]?[0-9]){9}", 0.88),
        .spread(8...24),
    ]
    let labels = ["出生医学证明编号", "出生医学证明", "出生证明编号", "出生证明号", "出生证明", "出生证编号", "出生证号", "出生证", "birth certificate", "birth cert no", "birth certificate no",
        "csyxzm", "cszh", "csz"]
    let context = ["新生儿", "婴儿", "newborn"]
    let fixtures = RecognizerFixtures(
        positive: [("出生医学证明编号：R350123456", "R350123456"), ("birth certificate no: S 110 456 789", "S 110 456 789")], negative: ["R350123456",
            "型号 R350123456", "出生证 R3501"])
}
