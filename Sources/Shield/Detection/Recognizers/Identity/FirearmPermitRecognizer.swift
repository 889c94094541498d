/// Permits to hold firearms and numbers of firearms.
struct FirearmPermitRecognizer: Recognizer {
    let card = TypeCard("firearm-permit", zh: "持枪证号", en: "Firearm permit", .identity)
    let rules: [Rule] = [.code(5...20, digits: 4, 0.85), .spread(8...22)]
    let labels = ["持枪证号", "持枪证", "公务用枪持枪证", "枪证号", "枪证", "枪支编号", "枪号", "民用枪支持枪证", "配枪证号", "弹药编号", "firearm permit", "gun permit", "gun license",
        "firearm serial", "gun serial", "qzh", "cqz"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("持枪证号：3502030012345", "3502030012345"), ("firearm permit: GP350203001", "GP350203001")],
        negative: ["持枪证号办理流程", "持枪证号待补", "3502030012345"])
}
