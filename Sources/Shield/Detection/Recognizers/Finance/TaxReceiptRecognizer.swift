/// Receipts, vouchers and declarations of taxes and fees.
struct TaxReceiptRecognizer: Recognizer {
    let card = TypeCard("tax-receipt", zh: "完税凭证号", en: "Tax receipt", .finance)
    let rules: [Rule] = [.code(6...30, digits: 6, 0.85),
        .label("[(（]?[0-9A-Za-z]{1,8}[)）]?[\u{4E00}-\u{9FFF}]{1,8}(?:证明|缴|税|银|字)[\u{4E00}-\u{9FFF}]{0,4} ?(?:第)?[0-9A-Za-z]{6,20}号?",
            0.87), .number([8, 10, 18, 20], 0.86),
        .spread(8...22)]
    let labels = ["完税证明号码", "完税证明编号", "完税证明号", "完税证明", "完税凭证号", "完税凭证", "税收完税证明", "税单号", "税票号码", "税票号", "税收缴款书", "税收缴款书号", "缴款书编号", "缴款书号码",
        "缴款书号", "税收缴款书号码", "电子税票号码", "税务文书号", "纳税证明编号", "纳税证明号", "减免税证明", "税务事项通知书", "税务处理决定书", "代开发票编号", "申报序号", "申报表编号", "出口退税编号", "退税单号",
        "票据号码", "财政票据号码", "财政票据代码", "非税收入缴款码", "非税缴款码", "缴款码", "缴款识别码", "电子票据号码", "电子票据代码", "票据代码", "医疗票据号", "收费票据号", "捐赠票据号", "行程单号", "电子行程单号",
        "机票号", "电子客票号", "客票号", "tax receipt", "tax receipt no", "tax certificate no", "tax payment certificate", "tax voucher",
        "payment voucher no", "fiscal receipt", "fiscal receipt no", "e ticket number", "e ticket no", "eticket", "wszm", "wszmh", "wspz", "sph",
        "jkm", "jksh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("完税证明号码：335026230100012345", "335026230100012345"), ("tax receipt: 335026230100012345", "335026230100012345")],
        negative: ["完税证明号码办理流程", "完税证明号码待补", "335026230100012345"])
}
