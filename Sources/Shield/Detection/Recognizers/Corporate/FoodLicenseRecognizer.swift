/// Licenses of food: SC and 14 digits of producers, JY and 14 digits of traders (MOD 11,10 over the digits is used, but often printed wrong).
struct FoodLicenseRecognizer: Recognizer {
    let card = TypeCard("food-license", zh: "食品许可证编号", en: "Food license", .corporate)
    let rules: [Rule] = [.word("(?:SC|sc|JY|jy)[1-3][0-9]{2}[1-6][0-9]{10}", 0.8) { match in
        let digits = match.digits
        return .when(ChineseRegions.isRegion(digits[3..<9]), 0.8, "kind and region of a food license", otherwise: "no region in its place")
    }, .label("[A-Za-z]{2}[ -]?[0-9]{8,14}", 0.85), .label("QS ?[0-9]{4} ?[0-9]{4} ?[0-9]{4}", 0.85),
        .spread(12...14, 0.92, letters: ["[A-Za-z]", "[A-Za-z]"]),
    ]
    let labels = [
        "食品生产许可证号", "食品经营许可证号", "生产许可证号码", "生产许可证号", "经营许可证编号", "经营许可证号码", "许可证编号", "许可证号", "食品经营备案编号", "食品经营备案", "食品小作坊登记证", "小作坊登记证",
        "小餐饮登记证", "食品摊贩登记", "餐饮许可证号", "食品添加剂生产许可证", "保健食品生产许可证", "食品流通许可证号", "sc编号", "sc证号", "sc号", "sc码", "jy编号", "qs编号", "food production license",
        "food business license", "food business license no", "food production license no", "food permit", "sc no", "sc code", "jy no",
        "qs no", "spscxkz", "spjyxkz", "spxkzbh",
        "食品生产许可证编号", "食品生产许可证", "食品经营许可证编号", "食品经营许可证", "食品许可证", "食品流通许可证", "生产许可证编号", "经营许可证号", "卫生许可证号", "餐饮服务许可证", "food license",
        "food license no", "spxkz"]
    let fixtures = RecognizerFixtures(positive: [("食品经营许可证：JY13501020012345", "JY13501020012345"), ("编码SC10635010200123厂", "SC10635010200123")],
        negative: ["SC99999999999999", "型号 JY13501020012345", "JY1350"])
}
