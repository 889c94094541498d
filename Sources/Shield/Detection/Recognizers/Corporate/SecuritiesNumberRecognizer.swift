/// Numbers of securities: ISIN (ISO 6166) with its check; CUSIP and SEDOL after their names.
struct SecuritiesNumberRecognizer: Recognizer {
    let card = TypeCard("securities-number", zh: "证券识别码", en: "Securities identification number", .corporate)
    let rules: [Rule] = [
        .word("[A-Z]{2}[A-Z0-9]{9}[0-9]", 0.3) { match in
            let bytes = match.compact
            let prefix = bytes.prefix(2)
            let isCountry = CountryCodes.isAssigned(prefix) || prefix.elementsEqual("XS".utf8) || prefix.elementsEqual("EU".utf8)
            let isRight = isCountry && Checksums.isSecuritiesNumber(bytes)
            return .when(isRight && match.digits.count >= 4, 0.45, "country and check digit (Luhn)")
        },
        .label("[0-9A-Za-z]{9}", 0.85) { .when(Checksums.isCUSIP($0.compact) && $0.digits.count >= 4, 0.85, "check digit of a CUSIP") },
            .label("[0-9A-Za-z]{7}", 0.85) { .when(Checksums.isSEDOL($0.compact) && $0.digits.count >= 3, 0.85, "check digit of a SEDOL") },
    ]
    let labels = ["isin", "isin code", "isin no", "cusip", "cusip no", "sedol", "证券识别码", "国际证券识别码", "isin码"]
    let fixtures = RecognizerFixtures(positive: [("ISIN: CNE000001238", "CNE000001238"), ("cusip 037833100", "037833100")],
        negative: ["US0378331006", "SKU CNE000001238", "cusip 123456789A"])
}
