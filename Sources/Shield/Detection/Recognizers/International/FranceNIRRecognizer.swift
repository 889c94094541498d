/// French social security numbers (NIR): sex, year, month, department, commune, order, key of MOD 97.
struct FranceNIRRecognizer: Recognizer {
    let card = TypeCard("fr-nir", zh: "法国社保号", en: "French social security number", .international)
    let rules: [Rule] = [.word("[12] ?[0-9]{2} ?[0-9]{2} ?(?:[0-9]{2}|2[ABab]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}", 0.3) { match in
        .when(Checksums.isNIR(match.compact), match.range.count > 15 ? 0.92 : 0.6, "month and key (MOD 97)", otherwise: "wrong key")
    }]
    let labels = [
        "法国社会保险号", "法国社会保障号", "法国insee", "法国nir", "法国安全号",
        "nir", "insee", "numéro de sécurité sociale", "securite sociale", "sécurité sociale", "numero insee", "法国社保号"]
    let fixtures = RecognizerFixtures(positive: [("NIR 185067511600175", "185067511600175"),
        ("sécurité sociale : 2 91 03 13 055 123 58", "2 91 03 13 055 123 58")], negative: ["185067511600100", "订单 185067511600175"])
}
