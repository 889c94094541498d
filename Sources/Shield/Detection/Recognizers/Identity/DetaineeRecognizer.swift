/// Numbers of people in custody, in prison and in community correction, and of suspects.
struct DetaineeRecognizer: Recognizer {
    let card = TypeCard("detainee-number", zh: "在押与矫正人员编号", en: "Detainee number", .identity)
    let rules: [Rule] = [.code(5...30, digits: 4, 0.85), .spread(8...22)]
    let labels = ["在押人员编号", "在押人员番号", "在押编号", "罪犯编号", "服刑人员编号", "囚号", "监号", "狱政编号", "矫正对象编号", "社区矫正编号", "社区矫正人员编号", "嫌疑人编号", "犯罪嫌疑人编号", "违法人员编号",
        "戒毒人员编号", "强戒编号", "吸毒人员编号", "逃犯编号", "在逃人员编号", "前科编号", "detainee no", "detainee number", "inmate number", "inmate no",
        "prisoner no", "suspect no", "zyrybh", "zfbh", "ryb"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("在押人员编号：350203111202300123", "350203111202300123"), ("detainee no: R3502030000002023010012", "R3502030000002023010012")],
        negative: ["在押人员编号办理流程", "在押人员编号待补", "350203111202300123"])
}
