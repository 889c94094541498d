/// American national provider identifiers (45 CFR 162.406): ten digits from 1 or 2, Luhn with the prefix 80840.
struct NPIRecognizer: Recognizer {
    let card = TypeCard("us-npi", zh: "美国医疗机构标识", en: "US NPI", .health)
    let rules: [Rule] = [.label("[12][0-9]{9}", 0.9) { .when(Checksums.isProvider($0.digits), 0.9, "check digit (Luhn) after its name") },
        .spread(10...10),
    ]
    let labels = ["npi", "npi no", "npi number", "national provider identifier", "provider id"]
    let fixtures = RecognizerFixtures(positive: [("NPI: 1234567893", "1234567893"), ("npi_number=1987654328", "1987654328")],
        negative: ["1234567893", "NPI 1234567890"])
}
