/// Numbers of the national school register: G or L (J while a register is being checked) and a resident ID.
struct SchoolRegisterRecognizer: Recognizer {
    let card = TypeCard("school-register", zh: "学籍号", en: "School register number", .identity)
    let rules: [Rule] = [
        .word("[GLJglj][1-8][0-9]{16}[0-9Xx]", 0.3) { match in
            let bytes = Array(match.compact.dropFirst())
            return .when(Checksums.isDate(bytes[6..<14]) && Checksums.isResidentID(bytes), 1, "resident ID with its check digit after the letter of a register")
        },
        .label("[GLJglj](?:[ ._*~/·—－-]?[0-9]){17}[ -]?[0-9Xx]", 0.85), .label("[0-9]{8,20}", 0.8),
        .spread(8...24),
    ]
    let labels = [
        "学籍", "全国学籍编号", "student register", "student register no", "school register no", "student registration",
        "全国学籍号", "学籍号码", "学籍编号", "学籍号", "学籍辅号", "教育id", "school register", "xjh", "xueji", "xuejihao"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("学籍号：G350102201003121238", "G350102201003121238"), ("记录L110105201106010017导入", "L110105201106010017"), ("xjh 2010350102001",
            "2010350102001")],
        negative: ["G350102201003121231", "学籍号变更", "订单 G350102201003121"])
}
