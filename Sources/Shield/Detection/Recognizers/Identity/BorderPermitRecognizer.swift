/// Passes of borders, travel documents, and permits of exit and entry other than passports.
struct BorderPermitRecognizer: Recognizer {
    let card = TypeCard("border-permit", zh: "边境与旅行证件号", en: "Border permit or travel document", .identity)
    let rules: [Rule] = [.label("[A-Za-z]{0,3}[0-9]{6,14}", 0.87), .code(7...20, digits: 6, 0.85), .spread(8...22)]
    let labels = ["边境管理区通行证", "边境通行证", "边境通行证号", "边防证号", "边防证", "边民证", "边民通行证", "入境通行证", "出入境通行证", "出入境证件号", "出入境证", "旅行证号", "旅行证号码", "旅行证",
        "中华人民共和国旅行证", "难民证号", "难民证", "回国证明", "停留证件", "停留证件号", "居留证件号", "外国人停留证", "apec商务旅行卡", "商旅卡号", "border permit", "border pass",
        "travel document no", "exit entry no", "refugee travel document", "reentry permit", "re entry permit", "apec card", "bjtxz", "lxz"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("边境管理区通行证：L12345678", "L12345678"), ("border permit: BJ1234567890", "BJ1234567890")],
        negative: ["边境管理区通行证办理流程", "边境管理区通行证待补", "L12345678"])
}
