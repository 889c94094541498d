/// Codes (10 or 12 digits) and numbers (8 digits) of value added tax invoices, after their full names.
struct InvoiceCodeRecognizer: Recognizer {
    let card = TypeCard("vat-invoice", zh: "发票代码与号码", en: "VAT invoice", .finance)
    let rules: [Rule] = [.number([8, 10, 12], 0.85)]
    let labels = ["发票代码", "发票号码", "增值税发票代码", "增值税发票号码", "专票代码", "专票号码", "机打代码", "机打号码", "发票校验码", "fapiao code", "fapiao no", "fapiao number",
        "vat invoice code", "vat invoice no", "fpdm", "fphm"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("发票代码：035001900104", "035001900104"), ("fphm=12345678", "12345678")],
        negative: ["发票号 12345678", "035001900104", "invoice 12345678"])
}
