/// Identities of vessels: MMSI (ITU-R M.585, nine digits), IMO numbers (A.1117(30), seven digits, weighted check), registers and inspections.
struct VesselRecognizer: Recognizer {
    let card = TypeCard("vessel", zh: "船舶识别号", en: "Vessel identification", .vehicle)
    let rules: [Rule] = [.word("[2-7][0-9]{8}", 0.2, "nine digits of an MMSI"),
        .label("[2-7][0-9]{8}", 0.9, "nine digits after the name of an MMSI"),
        .literal(["IMO ", "IMO1", "IMO5", "IMO6", "IMO7", "IMO8", "IMO9", "IMO:", "IMO-"], "IMO[ :-]?[1-9][0-9]{6}",
            0.9) { .when(Checksums.isShipNumber(Array($0.digits)), 0.9, "check digit of a ship's number") },
        .label("(?:IMO ?)?[1-9][0-9]{6}", 0.9) { .when(Checksums.isShipNumber($0.digits), 0.9, "check digit of a ship's number after its name") },
        .code(6...20, digits: 5, 0.82), .number([9, 12, 13], 0.86), .spread(7...16), .label("B[A-Z0-9]{3,5}", 0.8),
        .label("[(（]?[\u{4E00}-\u{9FFF}]{1,3}[)）]?[\u{4E00}-\u{9FFF}]{1,4}[(（]?(?:19|20)[0-9]{2}[)）]?第?[A-Z0-9-]{4,14}号", 0.85)]
    let labels = ["船舶mmsi", "mmsi", "mmsi号", "mmsi码", "水上移动业务标识", "海上移动识别码", "船舶呼号", "船舶识别号", "船舶识别码", "船舶登记号", "船舶登记号码", "船舶编号", "船检登记号",
        "船检证书编号", "船舶检验登记号", "船舶国籍证书", "船舶国籍证书编号", "船舶所有权登记证书", "渔船编码", "渔船编号", "渔船登记号", "渔业捕捞许可证", "渔船捕捞许可证", "捕捞许可证号", "imo编号", "imo号", "imo码",
        "imo", "船舶imo", "imo no", "imo number", "ship imo", "ship mmsi", "vessel imo", "vessel id", "ship id", "mmsi no", "mmsi number",
        "vessel mmsi", "call sign", "ship registration", "vessel registration", "ship no", "cbsbh", "cbdjh", "cjdjh", "imo bh"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("船舶MMSI：414736265", "414736265"), ("ship_mmsi=412071294", "412071294"), ("第二行写着IMO 9074729。", "IMO 9074729"),
            ("船舶登记号 010203000123", "010203000123")],
        negative: ["IMO 9074728", "414736265", "imo standard"])
}
