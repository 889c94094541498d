/// License plates, GA 36-2018: province, letter, five characters (six for new energy: D or F first or last, by law of 2021 also A B C E G H J K); no I or O;
/// the last may be 学警港澳挂试超; a dot, hyphen or space may follow the letter.
struct PlateRecognizer: Recognizer {
    let card = TypeCard("plate", zh: "车牌号", en: "License plate", .vehicle)
    private static let letters = "ABCDEFGHJKLMNOPQRSTUVWXYZabcdefghjklmnpqrstuvwxyz".map(String.init)
    private static let heads = ChineseRegions.letters.flatMap { province in PlateRecognizer.letters.flatMap { [province + $0, province + " " + $0,
        province + "·" + $0] } }
    let rules: [Rule] = [
        .literal(PlateRecognizer.heads,
            ChineseRegions.letterPattern + "(?: |·)?[A-HJ-Za-hj-z](?: ?(?:·|•|\\.|-|_) ?| )?(?:[A-HJ-NP-Za-hj-np-z0-9] ?){4,5}(?:[A-HJ-NP-Za-hj"
                + "-np-z0-9]|学|警|港|澳|挂|试|超)", 0.9) { match in
            let serial = match.compact.dropFirst()
            let digits = serial.filter(Checksums.isDigit).count
            let hasSuffix = match.bytes.last.map { $0 >= 0x80 } ?? false
            let count = serial.count + (hasSuffix ? 1 : 0)
            // The last may be the first letter of the next word: 浙M949T9 done.
            if count == 6, !hasSuffix, !Self.isNewEnergy(Array(serial)), match.view[match.range.upperBound - 2] == UInt8(ascii: " "), digits >= 2 {
                return .span(match.range.lowerBound..<match.range.upperBound - 2, 0.9, "province, letter and serial of a plate")
            }
            guard count == 5 || (count == 6 && !hasSuffix && Self.isNewEnergy(Array(serial))), digits >= 1 || hasSuffix else {
                return .drop("not the serial of a plate")
            }
            // Four letters and a digit are more often a word than a plate.
            let isCrossing = ["港", "澳"].contains { match.bytes.suffix(3).elementsEqual($0.utf8) }
            return .keep(digits >= 2 || isCrossing ? 0.9 : 0.3, "province, letter and serial of a plate")
        }
    ]
    let labels = [
        "车牌照", "车牌照号", "车辆牌照", "车辆牌号", "车辆号牌号码", "机动车号牌", "机动车号码", "车辆号码", "号牌号", "汽车牌照", "汽车号牌", "挂车号牌", "挂车牌照", "教练车牌", "警车号牌", "警车车牌",
        "新能源车牌", "绿牌", "绿牌号码", "粤港两地牌", "粤澳两地牌", "两地牌", "港澳车牌", "临时号牌", "临牌号", "临牌", "电动车牌号", "plate", "plate number no", "plate id",
        "license plate no", "license plate number", "licence plate", "registration plate", "vehicle no", "vehicle number", "vehicle plate",
        "car no", "car number", "car license", "trailer plate", "cp", "cphao", "chepai", "chepaihao", "clhp", "hp no", "clph",
        "车牌号码", "车牌号", "车牌", "号牌号码", "号牌", "车号", "牌照号", "牌照", "车辆号牌", "plate no", "plate number", "license plate", "car plate", "cph", "cphm", "hphm"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("车牌闽A12345", "闽A12345"), ("粤B·D12345停在这", "粤B·D12345"), ("京AD12345", "京AD12345"), ("闽A1234学", "闽A1234学"),
            ("cph=沪a-1234挂", "沪a-1234挂"), ("苏 E·12Z45", "苏 E·12Z45")],
        negative: ["京A座1234", "闽AIO345", "新A股123456", "川A1234567"])

    /// New energy plates: the first (or, of large vehicles, the last) of six is a letter of the series, the others digits but for the second.
    private static func isNewEnergy(_ serial: [UInt8]) -> Bool {
        let series = Array("ABCDEFGHJK".utf8)
        let isSmall = series.contains(serial[0]) && serial.suffix(4).allSatisfy(Checksums.isDigit)
        let isLarge = series.contains(serial[5]) && serial.prefix(5).allSatisfy(Checksums.isDigit)
        return isSmall || isLarge
    }
}
