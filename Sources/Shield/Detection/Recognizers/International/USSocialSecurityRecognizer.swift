/// American social security numbers: 3-2-4 digits, no area 000, 666 or from 900 on; without hyphens after their name only.
struct USSocialSecurityRecognizer: Recognizer {
    let card = TypeCard("us-ssn", zh: "美国社会安全号", en: "US social security number", .international)
    let rules: [Rule] = [
        .word("[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}", 0.3) { .when(Checksums.isSocialSecurity($0.digits) && !$0.isInsideNumber, 0.65,
            "3-2-4 digits of assigned ranges", otherwise: "not an assigned range") },
        .label("[0-8][0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{4}", 0.88) { .when(Checksums.isSocialSecurity($0.digits), 0.88, "nine digits after its name",
            otherwise: "not an assigned range") },
        .spread(8...15, letters: []) { Checksums.isSocialSecurity($0) },
    ]
    let labels = [
        "美国社会安全号码", "美国社会保障号", "美国社会保险号", "美国社安号", "美国ssn", "美国工卡号",
        "ssn", "ssn no", "social security", "social security no", "social security number", "soc sec", "ss number", "ssns", "美国社会安全号", "社会安全号码",
        "社会安全号"]
    let fixtures = RecognizerFixtures(positive: [("SSN: 219-09-8123", "219-09-8123"), ("social security number 536 22 1234", "536 22 1234")],
        negative: ["666-12-3456", "000-12-3456", "order 219-09-8123", "219098123"])
}
