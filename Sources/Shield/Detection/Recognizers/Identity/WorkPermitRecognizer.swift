/// Work permits of foreigners: three letters and twelve digits, or digits.
struct WorkPermitRecognizer: Recognizer {
    let card = TypeCard("work-permit", zh: "外国人工作许可证号", en: "Foreigner's work permit", .identity)
    let rules: [Rule] = [.label("[A-Za-z]{3}(?:[ ._*~/·—－-]?[0-9]){12}", 0.87), .code(8...24, digits: 6, 0.85), .spread(8...22),
        .word("[A-Za-z]{3}[0-9]{12}", 0.25, "shape, kept near its name only")]
    let labels = ["外国人工作许可证号码", "外国人工作许可证编号", "外国人工作许可证号", "外国人工作许可证", "外国人来华工作许可证", "工作许可证编号", "工作许可证号码", "工作许可证号", "工作许可证", "工作许可", "外国人就业许可证",
        "外国人就业证", "外国专家证", "外国专家证号", "work permit", "work permit no", "work permit number", "foreigner work permit", "foreigner work permit no",
        "employment permit", "gzxkz", "wgrgzxkz"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("外国人工作许可证号码：USA202301234567", "USA202301234567"), ("work permit: NLF995449270130", "NLF995449270130")],
        negative: ["外国人工作许可证号码办理流程", "外国人工作许可证号码待补", "USA202301234567"])
}
