/// South African identity numbers: a date, four digits, citizenship, Luhn; near their name.
struct SouthAfricaIDRecognizer: Recognizer {
    let card = TypeCard("za-id", zh: "南非身份证号", en: "South African identity number", .international)
    let rules: [Rule] = [.word("[0-9]{6}[ ]?[0-9]{4}[ ]?[0-2][0-9]{2}", 0.1) { .when(Checksums.isSouthAfrican($0.digits), 0.3,
        "date and check digit (Luhn)") }, .label("[0-9]{6}[ ]?[0-9]{4}[ ]?[0-2][0-9]{2}", 0.92) { .when(Checksums.isSouthAfrican($0.digits), 0.92,
        "date and check digit after its name") },
        .spread(8...15, letters: []) { Checksums.isSouthAfrican($0) },
    ]
    let labels = [
        "南非身份证号", "南非id号",
        "sa id", "south african id", "rsa id", "za id", "id number", "identity number", "南非身份证"]
    let fixtures = RecognizerFixtures(positive: [("SA ID: 8506125123081", "8506125123081"), ("rsa_id 9001010011087", "9001010011087")],
        negative: ["8506125123081", "SA ID 8513125123089"])
}
