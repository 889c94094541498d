/// Tax registrations of old: a province or city, 税字, 国税字, 地税字 and digits, 号.
struct TaxRegistrationRecognizer: Recognizer {
    let card = TypeCard("tax-registration", zh: "税务登记证号", en: "Tax registration", .corporate)
    let rules: [Rule] = [
        .literal(["税字第", "税字1", "税字2", "税字3", "税字4", "税字5", "税字6", "税字7", "税字8", "税字9", "税字 ", "国税字", "地税字"], "(?:国|地)?税字 ?(?:第 ?)?[0-9A-Za-z]{12,2"
            + "0} ?号?", 0.92) { $0.issuer(0.92) },
        .label("[\u{4E00}-\u{9FFF}]{1,4}税[\u{4E00}-\u{9FFF}]{0,3}字 ?(?:第 ?)?[0-9A-Za-z]{6,20} ?号?", 0.96), .label("[0-9]{6}[0-9A-Za-z]{9,14}", 0.86),
        .number([15, 18, 20], 0.86), .spread(12...20)]
    let labels = ["税务登记证号码", "税务登记证号", "税务登记证编号", "税务登记证字号", "税务登记证", "国税登记号", "地税登记号", "国税登记证", "地税登记证", "税务登记号", "tax registration",
        "tax registration no", "tax reg no", "tax registration certificate", "swdjz", "swdjzh", "swdjh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("税务登记证：闽税字996160130632931号", "闽税字996160130632931号"), ("ref: 厦税字576127428744269号 done", "厦税字576127428744269号"),
            ("tax_reg_no=京税字403485444247793号", "京税字403485444247793号")],
        negative: ["税字旁", "税务登记证办理"])
}
