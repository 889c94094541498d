/// Italian fiscal codes: letters of the names, date, place, and a letter of a check.
struct ItalyFiscalCodeRecognizer: Recognizer {
    let card = TypeCard("it-fiscal-code", zh: "意大利税号", en: "Italian fiscal code", .international)
    let rules: [Rule] = [.word("[A-Za-z]{6}[0-9LMNP-Vlmnp-v]{2}[ABCDEHLMPRSTabcdehlmprst][0-9LMNP-Vlmnp-v]{2}[A-Za-z][0-9LMNP-Vlmnp-v]{3}[A-Za-z]",
        0.4) { .when(Checksums.isFiscalCode($0.compact), 0.96, "check letter") }]
    let labels = [
        "意大利税务代码",
        "codice fiscale", "fiscal code", "cf", "意大利税号"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("codice fiscale RSSMRA85T10A562S", "RSSMRA85T10A562S"), ("bnclra90a41f205i", "bnclra90a41f205i")],
        negative: ["RSSMRA85T10A562A", "RSSMRA85T10"])
}
