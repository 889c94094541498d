/// Registrations of aircraft: B- and four characters in China, and of drones (UAS and digits, product codes).
struct AircraftRecognizer: Recognizer {
    let card = TypeCard("aircraft", zh: "航空器登记号", en: "Aircraft registration", .vehicle)
    let rules: [Rule] = [.label("(?:[BNGDFJV]|VH|HL|JA|9V|RA|OE|HB|PH|HS|9M|PK)-?[A-Z0-9]{3,5}", 0.88),
        .word("B-[0-9][0-9A-Z]{3}", 0.2, "shape of a Chinese registration"), .label("UAS[0-9A-Z]{6,14}", 0.9),
        .literal(["UAS0", "UAS1"], "UAS[0-9]{8}", 0.8), .code(6...24, digits: 4, 0.82), .spread(8...22)]
    let labels = ["航空器登记号", "航空器注册号", "航空器国籍标志", "飞机注册号", "飞机登记号", "机尾号", "飞机尾号", "机号", "国籍登记号", "无人机登记号", "无人机登记编号", "无人机登记标志", "无人机实名登记号",
        "无人机序列号", "无人机编号", "无人驾驶航空器登记", "无人机操控员执照", "飞行执照号", "飞行员执照号", "民用航空器驾驶员执照", "机组执照号", "适航证编号", "适航证号", "国籍登记证", "aircraft registration",
        "aircraft reg", "aircraft reg no", "tail number", "tail no", "registration mark", "uas registration", "drone id", "drone registration",
        "drone sn", "pilot license", "jwh", "fjzch", "hkqdjh", "wrjdjh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("航空器登记号：B-98A4", "B-98A4"), ("tail_number: B-5B18", "B-5B18"), ("无人机登记号 UAS01234567", "UAS01234567")],
        negative: ["B-5B18", "机号待定"])
}
