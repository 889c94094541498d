/// British NHS numbers: ten digits in groups of 3-3-4, MOD 11.
struct NHSRecognizer: Recognizer {
    let card = TypeCard("uk-nhs", zh: "英国 NHS 号", en: "UK NHS number", .health)
    let rules: [Rule] = [
        .word("[4-9][0-9]{2} [0-9]{3} [0-9]{4}", 0.3) { .when(Checksums.isNHS($0.digits), 0.4, "groups and check digit (MOD 11)") },
        .label("[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}", 0.9) { .when(Checksums.isNHS($0.digits), 0.9, "check digit (MOD 11) after its name") },
        .spread(10...10),
    ]
    let labels = ["nhs", "nhs no", "nhs number", "national health service", "nhs号"]
    let fixtures = RecognizerFixtures(positive: [("NHS number 943 476 5919", "943 476 5919"), ("nhs_no: 4857773457", "4857773457")],
        negative: ["NHS 9434765910", "9434765919", "order 943 476 5919"])
}
