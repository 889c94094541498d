/// Fully digital invoices (State Taxation Administration, 2021): 20 digits, the first two the year, the next two the region, after their name.
struct DigitalInvoiceRecognizer: Recognizer {
    let card = TypeCard("digital-invoice", zh: "数电发票号码", en: "Digital invoice", .finance)
    let rules: [Rule] = [.label("[2-4][0-9][ -]?[1-6][0-9](?:[ ._*~/·—－-]?[0-9]){16}", 0.9) { match in
        let digits = match.digits
        return .when(ChineseRegions.provinces.contains(digits[2] * 10 + digits[3]), 0.9, "year and region of a digital invoice",
            otherwise: "no region in its place")
    },
        .spread(20...20),
    ]
    let labels = [
        "数电发票号", "全电票号码", "全电票", "数字化电子发票", "发票号", "发票编号", "数电专票", "数电普票", "invoice no", "invoice number", "e invoice", "e invoice no",
        "e invoice number", "einvoice", "einvoice no", "electronic invoice", "digital invoice no", "sdphm", "sdfphm", "qdphm", "sdfp",
        "数电票号码", "数电发票号码", "数电发票", "数电票", "全电发票号码", "全电发票", "电子发票号码", "电子发票号", "电子发票", "发票号码", "digital invoice", "e-invoice no", "fphm", "dzfphm"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("数电发票号码：24352000000012345678", "24352000000012345678"),
        ("发票号码 2311 2000 0000 1234 5678", "2311 2000 0000 1234 5678")], negative: ["24352000000012345678", "订单 24352000000012345678"])
}
