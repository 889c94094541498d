/// Declarations of customs: 18 digits (customs, year, in or out, sequence); inspections, bills of lading and manifests.
struct CustomsDeclarationRecognizer: Recognizer {
    let card = TypeCard("customs-declaration", zh: "报关单号", en: "Customs declaration", .corporate)
    let rules: [Rule] = [.number([18], 0.9), .code(8...24, digits: 6, 0.85), .spread(8...20),
        .word("[0-9]{4}20[0-3][0-9][01][0-9]{9}", 0.28, "shape, kept near its name only")]
    let labels = ["海关报关单编号", "海关报关单号", "报关单编号", "报关单号码", "报关单号", "报关单", "海关编号", "预录入编号", "报检单号", "报检号", "报检编号", "检验检疫编号", "入境货物检验检疫证明", "通关单号",
        "原产地证编号", "原产地证书编号", "原产地证号", "产地证编号", "提运单号", "提单号", "提单编号", "舱单号", "载货清单号", "集装箱号", "箱号", "加工贸易手册号", "手册编号", "账册编号", "征免税证明编号", "进口许可证号",
        "出口许可证号", "进出口许可证", "出口许可证编号", "配额证号", "保税账册", "核注清单编号", "customs declaration", "customs declaration no",
        "customs declaration number", "customs entry no", "entry number", "declaration no", "declaration number", "bill of lading",
        "bill of lading no", "b/l no", "bl no", "container no", "container number", "certificate of origin", "import license", "export license",
        "bgdh", "bgdbh", "bjdh", "tydh", "tdh", "jzxh", "sch"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("海关报关单编号：371020231552531568", "371020231552531568"), ("customs declaration: 530120210504813482", "530120210504813482")],
        negative: ["海关报关单编号办理流程", "海关报关单编号待补", "371020231552531568"])
}
