/// Cards of buses, metros and toll roads.
struct TransportCardRecognizer: Recognizer {
    let card = TypeCard("transport-card", zh: "交通卡号", en: "Transport card", .finance)
    let rules: [Rule] = [.code(8...24, digits: 7, 0.85), .number([10, 12, 16, 19, 20], 0.86), .spread(8...22)]
    let labels = ["公交卡号", "公交卡", "交通卡号", "交通卡", "交通一卡通号", "交通一卡通", "地铁卡号", "地铁卡", "岭南通卡号", "羊城通卡号", "深圳通卡号", "深圳通", "八达通卡号", "八达通", "悠游卡号",
        "etc卡号", "etc卡", "etc账号", "etc标签号", "obu号", "obu编号", "obu合同序列号", "粤通卡号", "速通卡号", "鲁通卡号", "闽通卡号", "通行卡号", "车载标签号", "电子标签号",
        "transport card", "transit card", "metro card", "bus card", "octopus card", "octopus", "etc card", "etc card no", "obu id", "obu no",
        "obu sn", "gjk", "gjkh", "etckh", "jtk"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("公交卡号：3104870012345678", "3104870012345678"), ("transport card: 35012017220123456789", "35012017220123456789")],
        negative: ["公交卡号办理流程", "公交卡号待补", "3104870012345678"])
}
