/// Cases of labor and commercial arbitration: board, 劳人仲, 劳仲 or 仲, year in brackets, sequence and 号; notaries' deeds.
struct LaborArbitrationRecognizer: Recognizer {
    let card = TypeCard("arbitration-case", zh: "仲裁案号", en: "Arbitration case number", .corporate)
    let rules: [Rule] = [
        .literal(["劳人仲", "劳仲案", "劳仲字", "劳仲〔", "劳仲(", "劳仲（", "仲案字", "仲裁字", "证内民", "证民内", "证经字", "证外民", "证民字", "证内经"], "(?:劳人仲|劳仲|仲|证内民|证民内|证经|证外民|证民"
            + "|证内经)[\u{4E00}-\u{9FFF}]{0,4}[\\[(（〔]?(?:19|20)?[0-9]{0,2}[\\])）〕]? ?(?:第 ?)?[0-9]{1,8} ?号", 0.9) { $0.issuer(0.9) },
        .label("[\u{4E00}-\u{9FFF}]{1,14}[(（〔\\[【](?:19|20)[0-9]{2}[)）〕\\]】] ?(?:[\u{4E00}-\u{9FFF}]{0,6})(?:第 ?)?[0-9A-Za-z-]{1,12} ?号", 0.95),
        .label("[(（〔\\[【](?:19|20)[0-9]{2}[)）〕\\]】][\u{4E00}-\u{9FFF}]{0,14}第? ?[0-9]{1,8} ?号", 0.95), .code(8...30, digits: 6, 0.82),
        .spread(8...24),
    ]
    let labels = ["劳动仲裁案号", "劳动争议仲裁案号", "劳动人事仲裁案号", "劳动仲裁编号", "仲裁案件编号", "仲裁案件号", "仲裁案号", "仲裁编号", "仲裁裁决书编号", "仲裁裁决书", "仲裁文书号", "仲裁号", "调解书编号",
        "调解案号", "调解协议编号", "公证书编号", "公证书号", "公证书", "公证编号", "公证号", "司法鉴定编号", "鉴定书编号", "鉴定意见书编号", "司法鉴定许可证", "法律援助编号", "法律援助案号", "援助案号",
        "arbitration no", "arbitration number", "arbitration case", "arbitration case no", "arbitration award no", "notary no",
        "notarial certificate", "mediation no", "zcah", "zcbh", "gzsbh", "gzsh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("劳动仲裁案号：京朝劳人仲案字〔2022〕第7102号", "京朝劳人仲案字〔2022〕第7102号"), ("麻烦处理 厦思劳人仲字〔2020〕第6068号 谢谢", "厦思劳人仲字〔2020〕第6068号"),
            ("公证书编号：（2023）京方正内民证字第01234号", "（2023）京方正内民证字第01234号")],
        negative: ["劳人仲裁委员会", "仲裁案号待定", "仲裁2次"])
}
