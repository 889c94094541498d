/// Numbers of court cases (Supreme People's Court, 2015): year in brackets, court, kind, sequence, 号; the brackets are 〔〕 in procuratorates and police.
struct CourtCaseRecognizer: Recognizer {
    let card = TypeCard("court-case", zh: "案号", en: "Court case number", .corporate)
    private static let courts = ChineseRegions.letters + ["最高法", "兵", "军"]
    let rules: [Rule] = [
        .literal(["(199", "(200", "(201", "(202", "（19", "（20", "〔19", "〔20", "[201", "[202", "[200", "[199"],
            "[(（〔\\[](?:19|20)[0-9]{2}[)）〕\\]] ?(?:" + CourtCaseRecognizer.courts.joined(separator: "|") + ")(?:[0-9]{0,4})[\u{4E00}-\u{9FFF}]{1,6} ?(?"
            + ":第)?[0-9]{1,6}(?:之[0-9])? ?号(?:之[一二三四五0-9])?", 0.88),
        .label("[(（〔\\[]?(?:19|20)[0-9]{2}[)）〕\\]][\u{4E00}-\u{9FFF}0-9]{1,14}(?:第)?[0-9]{1,6}号", 0.88), .label("[A-Z]?[0-9]{10,23}", 0.75),
        .literal(["检刑诉", "检公诉", "公刑立字", "检起诉"], "(?:检刑诉|检公诉|公刑立字|检起诉)[(（〔\\[](?:19|20)[0-9]{2}[)）〕\\]] ?(?:第)?[0-9]{1,6} ?号", 0.8),
    ]
    let labels = [
        "判决书案号", "裁定书案号", "执行案件号", "诉讼案号", "民事案号", "刑事案号", "案件编码", "案件字号", "文书案号", "法院案号", "立案编号", "破产案号", "复议案号", "判决书号", "裁定书号",
        "调解书号", "执行通知书编号", "执行通知书号", "支付令编号", "传票号", "court case", "court case no", "court no", "judgment no", "judgement no", "case code",
        "docket number", "lawsuit no", "lah", "zxah", "pjsbh", "cdsbh",
        "案号", "案件编号", "案件号", "立案号", "执行案号", "仲裁案号", "判决书编号", "裁定书编号", "裁判文书号", "文书编号", "警情编号", "接警编号", "case no", "case number", "docket no",
        "ah", "ajbh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("案号：（2023）京01民初123号", "（2023）京01民初123号"), ("依据(2022)闽0102执4567号裁定", "(2022)闽0102执4567号"),
            ("立案号 A3501025600002023010012", "A3501025600002023010012")],
        negative: ["(2023)年度总结第3号", "国发(2023)12号", "(2023)12"])
}
