/// Cases, alarms and clues of the police, the prosecution and the supervision organs.
struct PoliceCaseRecognizer: Recognizer {
    let card = TypeCard("police-case", zh: "案件与警情编号", en: "Police case number", .corporate)
    let rules: [Rule] = [.label("[AJKPX]?[0-9]{10,25}", 0.87),
        .label("[\u{4E00}-\u{9FFF}]{1,8}[(（〔\\[]?[\u{4E00}-\u{9FFF}]{0,4}[)）〕\\]]?[\u{4E00}-\u{9FFF}]{0,6}字?[(（〔\\[](?:19|20)[0-9]{2}[)）〕\\]] ?第?[0"
            + "-9]{1,10}号", 0.87),
        .code(8...30, digits: 7, 0.85), .spread(10...26),
        .word("[AJ][1-6][0-9]{5}[0-9]{6}20[0-3][0-9](?:[01][0-9])?[0-9]{4,6}", 0.55, "region, unit and year of a police case")]
    let labels = ["案件编号", "案件号码", "案件号", "案件编码", "警情编号", "警情号", "接警编号", "接警单编号", "接警单号", "接处警编号", "报警编号", "报警回执编号", "受案登记表编号", "受案登记文号", "受案编号",
        "受案回执", "立案决定书", "立案决定书文号", "立案告知书", "拘留证编号", "逮捕证编号", "搜查证编号", "起诉书编号", "起诉书文号", "起诉意见书", "线索编号", "问题线索编号", "举报编号", "留置决定书", "现场勘验编号",
        "现场勘查编号", "物证编号", "指纹编号", "dna编号", "案卷号", "卷宗号", "police case", "police case no", "police case number", "criminal case no", "incident no",
        "incident number", "case id", "alarm no", "fir no", "evidence no", "ajbh", "ajh", "jqbh", "jjbh", "jjdbh", "sabh", "xsbh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("案件编号：A1101055600002023010012", "A1101055600002023010012"), ("police case: A350203000000202301012", "A350203000000202301012")],
        negative: ["案件编号办理流程", "案件编号待补"])
}
