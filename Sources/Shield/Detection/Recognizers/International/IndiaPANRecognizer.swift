/// Indian permanent account numbers: three letters, a kind of holder, a letter, four digits, a letter.
struct IndiaPANRecognizer: Recognizer {
    let card = TypeCard("in-pan", zh: "印度 PAN 号", en: "Indian PAN", .international)
    let rules: [Rule] = [.word("[A-Za-z]{3}[ABCFGHJLPTabcfghjlpt][A-Za-z][0-9]{4}[A-Za-z]", 0.45, "letters and digits of a PAN")]
    let labels = [
        "印度pan卡号", "印度pan", "印度pan号", "印度税号",
        "pan", "pan no", "pan number", "pan card", "permanent account number"]
    let fixtures = RecognizerFixtures(positive: [("PAN: ABCPE1234F", "ABCPE1234F"), ("permanent account number BNZAA2318J", "BNZAA2318J")],
        negative: ["ABCPE1234F", "PAN ABCXE1234F"])
}
