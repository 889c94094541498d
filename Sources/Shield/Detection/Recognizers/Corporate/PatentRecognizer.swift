/// Chinese patents and applications: ZL or CN, 12 or 13 digits with a point before the check; applications after their name.
struct PatentRecognizer: Recognizer {
    let card = TypeCard("patent", zh: "专利号", en: "Patent number", .corporate)
    let rules: [Rule] = [
        .word("(?:ZL|zl|CN|cn) ?(?:(?:19|20)[0-9]{2}[ ]?[1-389][ ]?[0-9]{4}[ ]?[0-9]{3}|[0-9]{2}[1-389][0-9]{5})[.]?[0-9Xx]", 0.7),
            .label("(?:ZL|zl|CN|cn)? ?(?:19|20)[0-9]{2}[ ]?[1-389][ ]?[0-9]{4}[ ]?[0-9]{3}(?:\\.[0-9Xx])?", 0.87),
        .label("(?:CN|US|EP|WO|JP|KR)[ ]?[0-9]{7,12}[ ]?[A-Z][0-9]?", 0.87), .literal(["ZL 1", "ZL 2", "ZL 8", "ZL 9"],
            "ZL (?:19|20)?[0-9]{2}[ ]?[1-389][ ]?[0-9]{4,5}[ ]?[0-9]{0,3}(?:\\.[0-9Xx])?",
            0.8) { .when((9...13).contains($0.digits.count + ($0.compact.last == 88 ? 1 : 0)), 0.8, "patent number", otherwise: "wrong length") },
    ]
    let labels = [
        "发明专利", "发明专利申请号", "实用新型专利", "外观设计专利", "外观设计专利号", "外观专利号", "实用新型", "专利申请", "专利公布号", "专利证书号", "专利编号", "专利申请公布号", "申请公开号", "公开公告号",
        "patent id", "patent application", "patent application no", "application publication no", "publication no", "utility model no",
        "zlbh", "zlzsh", "sqh",
        "专利号", "专利申请号", "专利公开号", "专利公告号", "发明专利号", "实用新型专利号", "授权公告号", "申请公布号", "patent no", "patent number", "patent", "zlh", "zlsqh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("专利号：ZL201910123456.7", "ZL201910123456.7"), ("专利申请号202310012345.X", "202310012345.X"),
        ("依据ZL202220123456.8实施", "ZL202220123456.8")], negative: ["202310012345.1", "专利 3 项", "ZL2019"])
}
