/// Indian Aadhaar numbers: twelve digits in groups of four, the first from 2 on, Verhoeff.
struct IndiaAadhaarRecognizer: Recognizer {
    let card = TypeCard("in-aadhaar", zh: "印度 Aadhaar 号", en: "Indian Aadhaar number", .international)
    let rules: [Rule] = [.word("[2-9][0-9]{3}[ -][0-9]{4}[ -][0-9]{4}", 0.2) { .when(Checksums.isAadhaar($0.digits), 0.45,
        "groups and check digit (Verhoeff)") }, .label("[2-9][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}",
        0.92) { .when(Checksums.isAadhaar($0.digits), 0.92, "check digit (Verhoeff) after its name") },
        .spread(8...15, letters: []) { Checksums.isAadhaar($0) },
    ]
    let labels = [
        "印度aadhaar号", "印度aadhaar", "印度身份证号", "印度身份号",
        "aadhaar", "aadhar", "aadhaar no", "aadhaar number", "aadhaar card", "uidai", "uid"]
    let fixtures = RecognizerFixtures(positive: [("Aadhaar: 2341 2341 2346", "2341 2341 2346"), ("aadhaar_number=987654321012", "987654321012")],
        negative: ["234123412346", "Aadhaar 1234 5678 9012"])
}
