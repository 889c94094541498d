/// Numbers of credit reports and of queries to the credit bureau, after their name.
struct CreditReportRecognizer: Recognizer {
    let card = TypeCard("credit-report", zh: "征信报告编号", en: "Credit report", .finance)
    let rules: [Rule] = [.code(8...36, digits: 6, 0.87), .label("[3-9][0-9]{2}", 0.3),
        .spread(8...24),
    ]
    let labels = [
        "个人征信编号", "个人征信报告编号", "企业征信报告编号", "征信查询编号", "征信授权书编号", "征信流水号", "信用报告编码", "信用报告", "征信号", "中征码号", "贷款卡编号", "贷款卡", "信用编号", "credit report number no",
        "credit report", "credit bureau no", "credit inquiry no", "zxbh", "zxbgh", "xybgbh", "dkkbm", "dkkh",
        "征信报告编号", "征信报告号", "信用报告编号", "信用报告号", "征信查询码", "征信编号", "征信报告", "中征码", "贷款卡编码", "贷款卡号", "credit report no", "credit report number",
        "credit report id", "zxbgbh", "zzm"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("征信报告编号：2023011512345678901234", "2023011512345678901234"), ("中征码 3501020000123456", "3501020000123456")],
        negative: ["征信报告打印", "3501020000123456"])
}
