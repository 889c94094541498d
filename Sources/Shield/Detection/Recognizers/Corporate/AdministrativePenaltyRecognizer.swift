/// Numbers of decisions on administrative penalties and of cases of inspectors: issuer with 罚, year in brackets, sequence and 号.
struct AdministrativePenaltyRecognizer: Recognizer {
    let card = TypeCard("administrative-penalty", zh: "行政处罚文号", en: "Administrative penalty number", .corporate)
    let rules: [Rule] = [
        .literal(["罚〔2", "罚字〔", "罚决字", "罚决〔", "罚告〔", "罚[2", "罚字[", "罚（2", "罚(2", "罚字（", "罚字("], "罚(?:决|告|书|先)?字?[\\[(（〔](?:19|20)[0-9]{2}[\\])）〕] ?"
            + "(?:第 ?)?[0-9A-Za-z-]{1,12} ?号", 0.9) { $0.issuer(0.9) },
        .label("[\u{4E00}-\u{9FFF}]{1,18}[(（〔\\[【](?:19|20)[0-9]{2}[)）〕\\]】] ?(?:[\u{4E00}-\u{9FFF}]{0,6})(?:第 ?)?[0-9A-Za-z-]{1,14} ?号", 0.95),
        .label("[(（〔\\[【](?:19|20)[0-9]{2}[)）〕\\]】][\u{4E00}-\u{9FFF}]{0,12}第?[0-9]{1,8} ?号", 0.9), .label("[\u{4E00}-\u{9FFF}]{1,12}字?第? ?[0-9-]{4"
            + ",20} ?号", 0.9),
        .code(8...30, digits: 6, 0.85),
        .spread(8...24),
    ]
    let labels = ["行政处罚决定书文号", "行政处罚决定书编号", "行政处罚决定书", "行政处罚文号", "行政处罚编号", "处罚决定文号", "处罚决定书文号", "处罚文号", "处罚文书号", "处罚编号", "行政许可决定书文号", "行政许可文号",
        "行政许可编号", "行政许可决定书", "许可文号", "立案编号", "立案文号", "责令改正通知书", "听证通知书", "行政复议案号", "行政复议决定书", "行政强制决定书", "欠税公告编号", "penalty no", "penalty number",
        "penalty decision", "administrative penalty", "administrative license no", "cfwh", "cfjdswh", "xzcfjds", "xkwh", "xzxkwh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("处罚文号：京市监处罚〔2023〕521号", "京市监处罚〔2023〕521号"), ("收到深环罚〔2021〕229号决定", "深环罚〔2021〕229号"), ("cfwh=厦市监罚〔2021〕792号", "厦市监罚〔2021〕792号")],
        negative: ["罚款〔2021〕", "处罚文号待定", "罚2000元"])
}
