/// Value added tax numbers of the European Union: the country and the form and check of those that publish one.
struct EUValueAddedTaxRecognizer: Recognizer {
    let card = TypeCard("eu-vat", zh: "欧盟增值税号", en: "EU VAT number", .international)
    let rules: [Rule] = [
        .word("(?:ATU|BE|DE|DK|ES|FI|FR|HR|IT|NL|PL|PT|SE|SI|LU)[0-9A-Z][0-9B]{5,9}[0-9A-Z]{1,3}",
            0.3) { .when(Checksums.isValueAddedTax($0.compact), 0.45, "country and check digits") },
        .label("[A-Z]{2}[ -]?[0-9A-Z][ .-]?[0-9B. -]{5,12}[0-9A-Z]{1,3}", 0.9) { .either(Checksums.isValueAddedTax($0.compact), 0.93,
            "country and check digits after its name", 0.6, otherwise: "country and digits after its name") },
    ]
    let labels = ["vat", "vat no", "vat number", "vat id", "vat reg no", "ust-idnr", "ust id", "umsatzsteuer-id", "tva", "partita iva", "btw nummer",
        "增值税号", "欧盟增值税号"]
    let fixtures = RecognizerFixtures(positive: [("VAT: DE136695976", "DE136695976"), ("Partita IVA IT00743910150", "IT00743910150")],
        negative: ["DE136695970", "SKU DE136695976"])
}
