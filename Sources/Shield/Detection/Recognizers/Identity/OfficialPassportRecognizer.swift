/// Diplomatic, service and public affairs passports: DE, SE, PE and 7 digits; before, D, S or P, a dot and 8 digits.
struct OfficialPassportRecognizer: Recognizer {
    let card = TypeCard("official-passport", zh: "外交、公务护照号", en: "Diplomatic or service passport", .identity)
    let rules: [Rule] = [
        .word("[DSPdsp][Ee][0-9]{7}", 0.4, "shape of an official passport"),
        .label("[DSPdsp](?:[Ee][ -]?[0-9]{3,4}[ -]?[0-9]{3,4}|[. -]?[0-9]{7,8})", 0.85) { match in
            .when((8...9).contains(match.compact.count), 0.85, "official passport after its name", otherwise: "wrong length")
        },
        .spread(7...8, letters: ["[DSPdsp]", "[Ee]"]),
    ]
    let labels = ["外交护照号", "外交护照", "公务护照号", "公务护照", "公务普通护照", "因公护照", "护照号码", "护照号", "护照", "diplomatic passport", "service passport", "official passport",
        "passport no", "passport number", "passport"]
    let fixtures = RecognizerFixtures(
        positive: [("公务护照 SE1234567", "SE1234567"), ("外交护照号：DE0012345", "DE0012345"), ("因公护照号：P.12345678", "P.12345678")],
        negative: ["型号 SE1234567", "PE1234567", "公务护照 SE12345"])
}
