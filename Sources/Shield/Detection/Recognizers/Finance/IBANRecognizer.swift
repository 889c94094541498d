/// International bank account numbers, ISO 13616: country, check digits, the country's length, in groups of four or not.
struct IBANRecognizer: Recognizer {
    let card = TypeCard("iban", zh: "国际银行账号", en: "IBAN", .finance)
    let rules: [Rule] = [
        .word("[A-Za-z]{2}[0-9]{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?", 0.3) { .when(Checksums.isIBAN($0.compact), 0.95,
            "country, length and check digits (MOD 97)") },
        .spread(14...30),
    ]
    let labels = ["iban", "国际银行账号", "国际银行账户", "iban no", "iban number"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("IBAN: DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"), ("转至GB29NWBK60161331926819账户", "GB29NWBK60161331926819")],
        negative: ["GB82WEST12345698765433", "订单 DE89370400440532013001"])
}
