/// Codes (10 or 12 digits) and numbers (8 digits) of value added tax invoices, after their full names.
struct InvoiceCodeRecognizer: Recognizer {
    let card = TypeCard("vat-invoice", zh: "发票代码与号码", en: "VAT invoice", .finance)
    let rules: [Rule] = [.number([8, 10, 12], 0.85),
        .spread(8...24),
    ]
    let labels = [
        "发票号", "发票编号", "发票代码号", "专用发票号码", "专用发票代码", "普通发票号码", "普通发票代码", "电子发票代码", "机动车发票号码", "机动车发票代码", "二手车发票号", "卷票号码", "通行费发票号",
        "发票查验码", "校验码后六位", "invoice code", "invoice no", "invoice number", "invoice num", "vat invoice", "vat invoice number", "vat no",
        "fapiao", "fp no", "fpbh", "zyfphm", "zyfpdm", "dzfpdm", "jym",
        "发票代码", "发票号码", "增值税发票代码", "增值税发票号码", "专票代码", "专票号码", "机打代码", "机打号码", "发票校验码", "fapiao code", "fapiao no", "fapiao number",
        "vat invoice code", "vat invoice no", "fpdm", "fphm"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("发票代码：035001900104", "035001900104"), ("fphm=12345678", "12345678")],
        negative: ["发票号 1234567", "035001900104", "invoice 1234567"])
}
