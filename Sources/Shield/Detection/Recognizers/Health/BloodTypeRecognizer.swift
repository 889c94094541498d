/// Blood groups, after their name.
struct BloodTypeRecognizer: Recognizer {
    let card = TypeCard("blood-type", zh: "血型", en: "Blood type", .health)
    let rules: [Rule] = [.label("(?:AB|A|B|O|ab|a|b|o)(?: ?型| ?[+-]|(?: ?型)?[ ,]?(?: ?\\(?Rh ?(?:阳性|阴性|[+(-]{1,3}\\)?)\\)?)?)", 0.85)]
    let labels = ["血型", "abo血型", "血型鉴定", "blood type", "blood group", "bloodtype", "xx", "xuexing"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("血型：AB型", "AB型"), ("blood type: O+", "O+"), ("血型 B", "B")], negative: ["血型检查", "AB型", "A型"])
}
