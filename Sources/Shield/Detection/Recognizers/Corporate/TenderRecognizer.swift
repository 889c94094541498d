/// Numbers of tenders, projects and purchases, after their name.
struct TenderRecognizer: Recognizer {
    let card = TypeCard("tender", zh: "招标编号", en: "Tender number", .corporate)
    let rules: [Rule] = [.code(5...40, 0.82), .label("[\\[(（〔](?:19|20)[0-9]{2}[\\])）〕][\u{4E00}-\u{9FFF}A-Za-z0-9-]{1,16}[0-9]{1,8}号?", 0.8)]
    let labels = ["招标编号", "招标文件编号", "招标项目编号", "投标编号", "采购编号", "采购项目编号", "项目编号", "标书编号", "标段编号", "中标通知书编号", "询价编号", "tender no", "tender number", "bid no",
        "bidding no", "rfp no", "project no", "zbbh", "cgbh", "xmbh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("招标编号：ZB-FJ-2023-0012", "ZB-FJ-2023-0012"), ("项目编号 350101-2023-00123", "350101-2023-00123")],
        negative: ["招标编号待发", "ZB-FJ-2023-0012"])
}
