/// Plates of the armed forces since 2013: two letters of a unit and five characters; before, a character, a letter and five digits. Near a context word.
struct MilitaryPlateRecognizer: Recognizer {
    let card = TypeCard("military-plate", zh: "军车号牌", en: "Military plate", .vehicle)
    private static let heads = ["军", "空", "海", "北", "沈", "兰", "济", "南", "广", "成"].flatMap { head in "ABCDEFGHJKLMNPRSTUVY".map { head + String($0) } }
    let rules: [Rule] = [
        .literal(MilitaryPlateRecognizer.heads, "(?:军|空|海|北|沈|兰|济|南|广|成)[A-HJ-NP-Z](?: |·|-)?[0-9]{5}", 0.8, "arm, letter and five digits"),
        .label("[VKHBSLJNGCEATZ][A-Z](?: |·|•|-)?[0-9]{5}", 0.85), .word("[VKHBSLJNGCE][A-VY](?:·|•)[0-9]{5}", 0.3),
    ]
    let labels = [
        "军车牌号", "军车牌照", "军用号牌", "部队号牌", "军队车牌", "军队号牌", "武警号牌", "车牌号码", "车牌号", "车牌", "号牌", "military plate no", "army plate", "plate no",
        "plate number", "jcph", "jcpz",
        "军车车牌号", "军车车牌", "军车号牌", "军牌号", "军牌", "部队车牌", "军用车牌", "军车", "military plate"]
    let fixtures = RecognizerFixtures(positive: [("军车车牌 VA12345", "VA12345"), ("海A·12345驶入", "海A·12345"), ("军牌号：KB·01234", "KB·01234")],
        negative: ["VA12345", "型号 KB01234", "北A区12345"])
}
