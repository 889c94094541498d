/// Residence permits of people living outside their registered region, and temporary ones: sixteen digits or a code, after their name.
struct ResidencePermitRecognizer: Recognizer {
    let card = TypeCard("residence-permit", zh: "居住证号", en: "Residence permit", .identity)
    let rules: [Rule] = [.label("[A-Za-z]{0,4}[0-9]{8,18}[0-9Xx]?", 0.83), .number([16], 0.83),
        .spread(8...24),
    ]
    let labels = [
        "居留许可编号", "外国人居留证", "居住登记编号", "居住登记回执", "临时居住证号", "临时居住证", "流动人口编号", "租赁居住证", "人才居住证", "工作居住证", "暂住登记", "residence permit id",
        "residence no", "residence card", "residence card no", "temporary residence permit", "temporary residence no", "zzz", "jzdj",
        "居住证编号", "居住证号码", "居住证号", "居住证", "暂住证编号", "暂住证号码", "暂住证号", "暂住证", "外国人居留许可", "居留许可号", "居留许可", "居留证号", "居留证", "residence permit",
        "residence permit no", "temporary residence", "jzz", "jzzh", "zzzh"]
    let fixtures = RecognizerFixtures(
        positive: [("居住证号：1234567890123456", "1234567890123456"), ("暂住证编号 SZ20230012345", "SZ20230012345")], negative: ["居住证办理 15 天", "1234567890123456",
            "订单 1234567890123456"])
}
