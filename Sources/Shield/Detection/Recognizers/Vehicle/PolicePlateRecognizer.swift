/// Plates of the armed police: WJ, a province and five characters, the old form with two digits for it; and of police 警 (which the plates' own rule finds).
struct PolicePlateRecognizer: Recognizer {
    let card = TypeCard("armed-police-plate", zh: "武警车牌号", en: "Armed police plate", .vehicle)
    let rules: [Rule] = [
        .literal(ChineseRegions.letters.flatMap { ["WJ" + $0, "wj" + $0, "WJ " + $0, "WJ·" + $0] },
            "(?:WJ|wj)(?: |·)?" + ChineseRegions.letterPattern + "(?: |·|•|-)?[0-9]{4}[0-9A-Za-z]", 0.92),
        .word("WJ[0-3][0-9](?:-| |·)?[0-9]{4,5}", 0.5, "old plate of the armed police"),
        .literal(["WJ01", "WJ02", "WJ03", "WJ04", "WJ05", "WJ06", "WJ07", "WJ08", "WJ09"], "WJ0[0-9](?:-| |·)?(?:警|消|边|林|电|金|通|水)?[0-9]{4,5}", 0.5),
    ]
    let labels = ["武警车牌", "车牌号码", "车牌号", "车牌", "号牌", "车号", "牌照", "plate"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("武警车牌WJ京12345", "WJ京12345"), ("WJ闽·1234X通过路口", "WJ闽·1234X"), ("车牌 WJ01-12345", "WJ01-12345")],
        negative: ["WJ京12", "型号 WJ2012345678", "WJ股份12345"])
}
