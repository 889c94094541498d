/// Legal entity identifiers, ISO 17442: 18 letters and digits and two check digits, MOD 97-10.
struct LegalEntityRecognizer: Recognizer {
    let card = TypeCard("legal-entity", zh: "法人机构识别编码", en: "Legal entity identifier", .corporate)
    let rules: [Rule] = [.word("[0-9A-Z]{4}[0-9A-Z]{14}[0-9]{2}", 0.3) { match in
        let bytes = match.compact
        guard Checksums.isLegalEntity(bytes) else { return .drop("wrong check digits (MOD 97)") }
        return .keep(bytes.filter(Checksums.isLetter).count >= 3 ? 0.6 : 0.2, "check digits (MOD 97)")
    }]
    let labels = ["lei", "lei code", "lei编码", "legal entity identifier", "法人机构识别编码", "法人识别编码"]
    let fixtures = RecognizerFixtures(positive: [("LEI: 300300ABCD1234EF5610", "300300ABCD1234EF5610"),
        ("法人机构识别编码836800XYZ1234567QR60", "836800XYZ1234567QR60")], negative: ["300300ABCD1234EF5600", "订单 30030000001234567846"])
}
