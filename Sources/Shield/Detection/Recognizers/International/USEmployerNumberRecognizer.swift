/// American employer numbers: 2-7 digits, after their name.
struct USEmployerNumberRecognizer: Recognizer {
    let card = TypeCard("us-ein", zh: "美国雇主识别号", en: "US employer number", .international)
    let rules: [Rule] = [.label("[0-9]{2}-?[0-9]{7}", 0.88)]
    let labels = ["ein", "fein", "employer identification number", "federal tax id", "employer id number"]
    let fixtures = RecognizerFixtures(positive: [("EIN: 12-3456789", "12-3456789"), ("federal tax id 981234567", "981234567")],
        negative: ["12-3456789", "ein Haus 12"])
}
