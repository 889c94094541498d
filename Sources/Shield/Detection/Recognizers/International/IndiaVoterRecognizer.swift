/// Indian voters' cards (EPIC): three letters and seven digits, near their name.
struct IndiaVoterRecognizer: Recognizer {
    let card = TypeCard("in-voter", zh: "印度选民证号", en: "Indian voter ID", .international)
    let rules: [Rule] = [.label("[A-Za-z]{3}[ /]?[0-9]{7}", 0.9)]
    let labels = [
        "印度选民证号", "印度选民卡号",
        "voter id", "voter card", "epic no", "epic number", "electors photo identity card", "voter no"]
    let fixtures = RecognizerFixtures(positive: [("Voter ID: ABC1234567", "ABC1234567"), ("EPIC No: XYZ7654321", "XYZ7654321")],
        negative: ["ABC1234567", "voter id missing"])
}
