/// Certificates of officers, civilians and soldiers of the PLA and the armed police: a word, 字第, six to eight digits, 号.
struct MilitaryIDRecognizer: Recognizer {
    let card = TypeCard("military-id", zh: "军人证件号", en: "Military certificate", .identity)
    private static let branches = [
        "军", "士", "文", "兵", "政", "后", "装", "参", "海", "空", "北", "沈", "兰", "济", "南", "广", "成", "武", "警", "联", "干", "学", "战", "火", "义", "职", "退", "东", "西",
            "中", "总", "部", "京", "训", "院", "警官", "文职", "士官", "义务",
    ]
    let rules: [Rule] = [
        .literal(MilitaryIDRecognizer.branches.map { $0 + "字第" },
            "(?:" + MilitaryIDRecognizer.branches.joined(separator: "|") + ")字第 ?[0-9]{4}[ -]?[0-9]{2,4}(?: ?号)?", 0.8) { match in
            // Documents of an office are numbered the same way (法字第…), with fewer digits.
            .when((6...8).contains(match.digits.count), 0.8, "word and number of a military certificate", otherwise: "too few digits")
        },
        .label("[\u{4E00}-\u{9FFF}]{1,3}字第? ?[0-9]{5,9}(?: ?号)?", 0.9), .label("[0-9]{7,8}", 0.75),
        .spread(8...24),
    ]
    let labels = [
        "军人身份号码", "军人编号", "士官证号码", "文职人员证号", "武警警官证", "武警警官证号", "武警士兵证", "学员证号", "离休干部证", "退休干部证", "军队退休证", "退伍证号", "退伍证", "转业证号",
        "转业证", "复员证", "预备役证", "军人保障卡号", "军保卡号", "军人优待证", "军人通行证", "部队代号", "部队番号", "military no", "military number", "military card",
        "military card no", "officer no card", "officer card", "soldier no", "soldier card", "army id", "armed forces id", "service no",
        "jrz", "jrzh", "wjz", "tyzh",
        "军官证号码", "军官证号", "军官证", "士兵证号", "士兵证", "士官证号", "士官证", "文职干部证", "文职人员证", "军人证号", "军人证", "军人保障卡", "义务兵证", "学员证", "武警证", "警官证号", "退役军人证", "军人身份证",
            "军队离退休证", "military id", "officer id", "soldier id", "service number",
        "jgz", "jgzh", "sbz", "sbzh",
    ]
    let fixtures = RecognizerFixtures(
        positive: [("军官证号：军字第1234567号", "军字第1234567号"), ("士兵证士字第20123456号", "士字第20123456号"), ("持南字第01234567号证件", "南字第01234567号"), ("military id: 0123456",
            "0123456")],
        negative: ["法字第12号", "京字第2023号文", "军官证办理须知"])
}
