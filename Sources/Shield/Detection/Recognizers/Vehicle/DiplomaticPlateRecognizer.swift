/// Plates of embassies and consulates: 使 with six digits, or a region and a letter with 领 at the end; Hong Kong and Macau plates for the mainland are 粤Z…港.
struct DiplomaticPlateRecognizer: Recognizer {
    let card = TypeCard("diplomatic-plate", zh: "使领馆车牌号", en: "Diplomatic plate", .vehicle)
    let rules: [Rule] = [
        .literal(Spelling.digits.flatMap { ["使" + $0, "领" + $0] }, "(?:使|领)[0-9]{3}(?: |·|•|-)?[0-9]{3}", 0.75),
            .word("[0-9]{3}(?:·|•|-| )?[0-9]{3} ?使", 0.8, "six digits of an embassy"),
        .literal(ChineseRegions.letters.flatMap { head in ["A", "B", "C"].map { head + $0 } },
            ChineseRegions.letterPattern + "[ABC](?: |·|•|-)?[0-9]{4} ?领", 0.95),
        .literal(ChineseRegions.letters.flatMap { head in Spelling.digits.map { head + $0 } },
            ChineseRegions.letterPattern + "[0-9]{3}(?:·|•|-)?[0-9]{2,3} ?领", 0.9),
    ]
    let labels = [
        "使馆车牌号", "使馆号牌", "领馆车牌号", "领馆号牌", "外交号牌", "使领馆车牌", "plate no", "plate number", "embassy plate", "consulate plate", "diplomatic plate no",
        "使馆车牌", "领馆车牌", "外交车牌", "使领馆号牌", "车牌号码", "车牌号", "车牌", "diplomatic plate", "plate"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("使馆车牌使014578", "使014578"), ("224·578使停在门口", "224·578使"), ("领馆车牌：沪A0123领", "沪A0123领")],
        negative: ["使12人受伤", "领100元", "使用014578"])
}
