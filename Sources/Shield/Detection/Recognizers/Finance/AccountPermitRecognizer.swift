/// Permits to open basic accounts: J or L and twelve or thirteen digits.
struct AccountPermitRecognizer: Recognizer {
    let card = TypeCard("account-permit", zh: "开户许可证号", en: "Account opening permit", .finance)
    let rules: [Rule] = [.code(8...20, digits: 8, 0.85), .label("[JLZjlz](?:[ ._*~/·—－-]?[0-9]){12,13}", 0.87), .spread(8...22),
        .word("[JLZjlz][0-9]{13}", 0.3, "shape, kept near its name only")]
    let labels = ["开户许可证核准号", "开户许可证编号", "开户许可证号", "开户许可证", "基本存款账户编号", "基本存款账户信息", "基本账户核准号", "核准号", "account opening permit", "account permit",
        "khxkz", "khxkzh", "jbckzh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("开户许可证核准号：J3910012345601", "J3910012345601"), ("account opening permit: L3910000123456", "L3910000123456")],
        negative: ["开户许可证核准号办理流程", "开户许可证核准号待补", "J3910012345601"])
}
