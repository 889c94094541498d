/// Plates of airports (民航 and a letter), works vehicles (场内, 厂内) and electric bicycles.
struct AirportPlateRecognizer: Recognizer {
    let card = TypeCard("airport-plate", zh: "民航与场内车牌号", en: "Airport and works plate", .vehicle)
    let rules: [Rule] = [
        .literal(["民航A", "民航B", "民航C", "民航D", "民航E", "民航F", "民航G", "民航H", "民航J", "民航·", "民航 "], "民航 ?·?[A-Z] ?·?[0-9]{4,5}", 0.92),
        .label("(?:场内|厂内)[\u{4E00}-\u{9FFF}]?[A-Z]{0,2} ?·?[0-9]{4,6}", 0.9), .label("[\u{4E00}-\u{9FFF}]{2,3} ?[A-Z]?[0-9]{5,7}", 0.8)]
    let labels = ["民航车牌", "民航牌照", "民航号牌", "场内车牌号", "场内车牌", "场内号牌", "厂内车牌", "厂内牌照", "特种车牌", "农机号牌", "拖拉机号牌", "电动车车牌号", "电动车牌照", "电动自行车号牌",
        "电动自行车车牌", "摩托车牌照", "车牌号码", "车牌号", "车牌", "airport plate", "apron plate", "ebike plate", "plate", "plate no"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("民航车牌：民航B0451", "民航B0451"), ("摆渡车民航E8773停靠", "民航E8773"), ("电动自行车号牌：福州A123456", "福州A123456")],
        negative: ["民航大学", "民航12", "车牌识别"])
}
