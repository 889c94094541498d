/// Registrations at customs: ten characters (region, zone, kind, sequence), and of exporters, producers abroad and quarantine.
struct CustomsRegistrationRecognizer: Recognizer {
    let card = TypeCard("customs-registration", zh: "海关注册编码", en: "Customs registration", .corporate)
    let rules: [Rule] = [.label("[0-9]{4}[0-9A-Za-z]{6}", 0.87), .label("[A-Za-z]{2,3}[0-9]{10,12}", 0.87), .code(8...24, digits: 6, 0.85),
        .label("N[0-9]{13}", 0.87), .number([10, 13], 0.86), .spread(8...22),
        .word("[1-6][0-9]{3}[1-9][1-9A-D][0-9A-Z]{4}", 0.15, "shape, kept near its name only")]
    let labels = ["海关注册编码", "海关注册登记编码", "海关注册登记证书", "海关注册号", "海关编码（十位）", "海关编码(十位)", "海关十位编码", "海关备案号", "海关备案编码", "海关编码", "报关单位注册登记证书", "报关单位备案编码",
        "报关单位编码", "进出口企业代码", "进出口代码", "对外贸易经营者备案", "对外贸易经营者备案登记表", "经营单位编码", "收发货人编码", "申报单位编码", "检验检疫备案号", "报检单位登记号", "自理报检单位", "aeo编码",
        "aeo证书编号", "出口食品生产企业备案", "境外生产企业注册号", "外汇登记证号", "外商投资批准证书", "外资批准证书号", "对外承包工程资格证书", "境外投资证书号", "企业境外投资证书", "customs registration",
        "customs registration no", "customs reg no", "customs code", "customs no", "exporter code", "importer code", "iec code", "aeo code",
        "hgzcbm", "hgbm", "hgbah", "jckdm", "jydwbm"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("海关注册编码：350239C946", "350239C946"), ("customs registration: 1105337501", "1105337501")],
        negative: ["海关注册编码办理流程", "海关注册编码待补", "350239C946"])
}
