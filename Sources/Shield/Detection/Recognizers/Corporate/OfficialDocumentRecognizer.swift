/// Numbers of official documents (GB/T 9704-2012, 7.2.5): issuer, year in brackets, sequence and 号; with those of decisions on penalties and permits.
struct OfficialDocumentRecognizer: Recognizer {
    let card = TypeCard("official-document", zh: "发文字号", en: "Official document number", .corporate)
    let rules: [Rule] = [.literal(["〔19", "〔20"], "〔(?:19|20)[0-9]{2}〕 ?(?:第 ?)?[0-9]{1,5} ?号", 0.85) { $0.issuer(0.85, least: 2) },
        .literal(["[199", "[200", "[201", "[202", "(199", "(200", "(201", "(202", "（19", "（20"], "[\\[(（](?:19|20)[0-9]{2}[\\])）] ?(?:第 ?)?[0-9]{1,"
            + "5} ?号", 0.7) { $0.issuerOfDocument(0.7) },
        .label("[\u{4E00}-\u{9FFF}]{1,16}[(（〔\\[【](?:19|20)[0-9]{2}[)）〕\\]】] ?(?:第 ?)?[0-9A-Za-z-]{1,12} ?号", 0.9),
        .label("[(（〔\\[【](?:19|20)[0-9]{2}[)）〕\\]】][\u{4E00}-\u{9FFF}]{0,12}第?[0-9]{1,8} ?号", 0.85), .label("[\u{4E00}-\u{9FFF}]{1,12}字第? ?[0-9-]{1"
            + ",12} ?号", 0.85)]
    let labels = ["发文字号", "发文号", "发文编号", "公文编号", "公文号", "文件编号", "文件号", "文件字号", "文号", "收文编号", "收文号", "通知文号", "批复文号", "批准文号", "批文号", "批文", "批复号",
        "函号", "令号", "公告号", "备案文号", "备案号", "信访件编号", "信访编号", "议案编号", "提案编号", "督办编号", "档案号", "档号", "document no", "document number", "doc no",
        "doc number", "official document", "official document no", "reference no", "fwzh", "fwh", "wh", "gwbh", "pwh", "swh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("发文字号：国办发〔2023〕59号", "国办发〔2023〕59号"), ("依据教发[2019]173号执行", "教发[2019]173号"), ("文号：工信部网安〔2019〕93号", "工信部网安〔2019〕93号")],
        negative: ["〔2023〕12号楼下", "公告[2023]", "2023年第12号", "文号待定"])
}
