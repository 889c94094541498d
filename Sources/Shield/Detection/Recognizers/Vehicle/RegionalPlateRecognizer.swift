/// Plates of Hong Kong, Macau and Taiwan, after their name.
struct RegionalPlateRecognizer: Recognizer {
    let card = TypeCard("hmt-plate", zh: "港澳台车牌号", en: "Plate of Hong Kong, Macau or Taiwan", .vehicle)
    let rules: [Rule] = [.label("[A-Za-z]{1,3}[ -]?[0-9]{1,4}(?:[ -][0-9]{2})?", 0.85), .label("[0-9]{4}-[A-Za-z][A-Za-z0-9]", 0.85)]
    let labels = [
        "香港车牌号码", "澳门车牌号码", "台湾车牌号码", "港牌", "澳牌", "hk plate no", "hong kong plate no", "macao plate", "tw plate", "taiwan plate no",
        "香港车牌号", "香港车牌", "澳门车牌号", "澳门车牌", "台湾车牌号", "台湾车牌", "港车车牌", "hong kong plate", "hk plate", "macau plate", "taiwan plate",
        "vehicle registration mark"]
    let fixtures = RecognizerFixtures(positive: [("香港车牌 AB1234", "AB1234"), ("台湾车牌：ABC-1234", "ABC-1234"), ("澳门车牌 MA-12-34", "MA-12-34")],
        negative: ["AB1234", "香港车牌拍卖"])
}
