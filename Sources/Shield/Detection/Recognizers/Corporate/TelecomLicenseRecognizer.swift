/// Licenses of telecom services: A1, A2, B1 or B2, year and sequence, with the region's letter or 合字.
struct TelecomLicenseRecognizer: Recognizer {
    let card = TypeCard("telecom-license", zh: "电信业务许可证号", en: "Telecom license", .corporate)
    let rules: [Rule] = [.label("(?:[\u{4E00}-\u{9FFF}]{1,3}[ ]?)?[AB][12](?:\\.[AB][12])*-(?:19|20)[0-9]{2}[0-9]{4,5}(?:号)?(?:-[0-9]{1,3})?", 0.92),
        .word("[AB][12](?:\\.[AB][12])*-20[012][0-9][0-9]{4,5}", 0.75, "kind, year and sequence of a telecom licens"
            + "e") { match in match.isPreceded(by: "合字") ? .span(match.range.lowerBound - 6..<match.range.upperBound, 0.9, "joint telecom licens"
            + "e") : .keep(0.75, "kind, year and sequence of a telecom license") },
        .label("号?\\[?(?:19|20)[0-9]{2}\\]?[0-9]{5}-[A-Z][0-9]{2}", 0.85), .code(5...26, digits: 4, 0.84),
        .label("[\u{4E00}-\u{9FFF}]{0,6}[\\[(（〔](?:19|20)[0-9]{2}[\\])）〕][A-Z0-9-]{3,14}号?", 0.85), .label("B[A-Z][0-9][A-Z]{2,3}", 0.85),
        .spread(8...24),
    ]
    let labels = ["增值电信业务经营许可证编号", "增值电信业务经营许可证号", "增值电信业务经营许可证", "增值电信业务许可证", "基础电信业务经营许可证", "电信业务经营许可证编号", "电信业务经营许可证", "电信业务许可证编号", "电信业务许可证",
        "电信许可证号", "电信经营许可证", "电信网码号资源使用证书", "码号证书编号", "码号资源证书", "短消息类服务接入代码", "无线电台执照编号", "无线电台执照", "电台执照编号", "电台执照", "电台呼号", "业余电台呼号", "频率使用许可",
        "无线电发射设备型号核准证", "型号核准代码", "型号核准证", "进网许可证号", "进网许可证", "入网许可证号", "设备进网许可证", "telecom license", "telecom license no", "telecom permit",
        "vat telecom license", "idc license", "isp license", "radio license", "station license", "nal no", "cmiit id", "dxywxkz", "dxywjyxkz",
        "zzdxxkz", "icpxkz"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("增值电信业务经营许可证：B1-20190242", "B1-20190242"), ("telecom_license_no: A2.B1.B2-20150123", "A2.B1.B2-20150123"),
            ("电信业务许可证编号：合字B2-20220511", "合字B2-20220511")],
        negative: ["B2-2019", "电信许可证办理", "型号 C2-20190242"])
}
