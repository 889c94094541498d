/// Numbers of credit reports and of queries to the credit bureau, after their name.
struct CreditReportRecognizer: Recognizer {
    let card = TypeCard("credit-report", zh: "征信报告编号", en: "Credit report", .finance)
    let rules: [Rule] = [.code(8...36, digits: 6, 0.87), .label("[3-9][0-9]{2}", 0.3)]
    let labels = ["征信报告编号", "征信报告号", "信用报告编号", "信用报告号", "征信查询码", "征信编号", "征信报告", "中征码", "贷款卡编码", "贷款卡号", "credit report no", "credit report number",
        "credit report id", "zxbgbh", "zzm"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("征信报告编号：2023011512345678901234", "2023011512345678901234"), ("中征码 3501020000123456", "3501020000123456")],
        negative: ["征信报告打印", "3501020000123456"])
}
