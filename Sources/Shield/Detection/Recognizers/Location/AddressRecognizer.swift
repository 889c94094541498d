/// Postal addresses by rules: a chain from general to specific that names a road, estate or village and ends in a number with its unit.
///
/// A road or district alone is a place everybody may name (朝阳路积水); it becomes somebody's address with a number.
struct AddressRecognizer: Recognizer {
    let card = TypeCard("address", zh: "地址", en: "Address", .location)
    let rules = [
        Rule.word("[0-9]{1,5}[A-Za-z]?(-[0-9]{1,4}){0,3}(号|栋|幢|座|单元|楼|层|室|弄|巷|组|房|之)", 0.8, "number and unit", isBounded: false) { Self.check($0) },
        Rule.literal(numeralUnits, "", 0.8, "numeral and unit", isBounded: false) { Self.check($0) },
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [
            ("家住榕江市鼓楼区朝阳路88号3栋502室，最近", "榕江市鼓楼区朝阳路88号3栋502室"), ("地址：南湖小区5号楼2单元301。", "南湖小区5号楼2单元301"), ("我住在城东镇大坪村12号", "城东镇大坪村12号"),
        ],
        negative: ["朝阳路积水严重", "坐地铁2号线", "3号窗口办理", "12号上午来的"])

    /// Units that follow a number inside an address.
    private static let units = WordList(["号楼", "号院", "号", "栋", "幢", "座", "单元", "楼", "层", "室", "弄", "巷", "组", "房"])
    /// What follows 号 where it is no unit: "2号线" and "3号窗口" are no house numbers.
    private static let otherNumbers = WordList(["线", "窗", "门口", "车", "上午", "下午", "文", "令"])
    /// Ends of names of roads, estates and villages: one of them must stand before the number.
    private static let places = [
        "大道", "小区", "花园", "公寓", "大厦", "广场", "社区", "新村", "家园", "胡同", "花苑", "豪庭", "名城", "新城", "国际", "中心", "路", "街", "巷", "弄", "里", "苑", "园", "城", "庄", "村", "湾", "府", "庭", "郡", "居", "坊", "院", "屯", "寨", "厝", "墅",
    ]
    /// Ends of administrative names, the general part of an address.
    private static let regions = ["省", "自治区", "市", "区", "县", "镇", "乡", "街道"]
    private static let placeList = WordList(places)
    private static let marks = WordList(regions + places)
    /// Words that stand before an address and are no part of it.
    private static let openers = WordList([
        "家庭住址", "联系地址", "通讯地址", "户籍地址", "收货地址", "现居住地", "居住地址", "经营地址", "注册地址", "居住在", "现住址", "现住", "住址", "地址", "家住", "住在", "位于", "户籍", "送到", "寄到", "搬到", "租住", "租的", "租了", "暂住", "座落", "坐落", "房屋", "店铺在", "开在", "就在", "我家", "我们", "我在", "地点",
        "我住", "住", "在", "是", "到", "的", "为", "于", "从", "往", "去", "给", "了", "和", "及", "与", "有", "我",
    ])
    private static let numerals = Set("零一二三四五六七八九十百".unicodeScalars)
    /// The longest way back from the first number: addresses hardly have longer names.
    private static let nameCountMax = 40

    /// Numerals before units: 八号, 十二栋. A number is looked for from its last digit back.
    private static let numeralUnits = "零一二三四五六七八九十百".flatMap { numeral in ["号", "栋", "幢", "单元", "室", "弄", "组"].map { "\(numeral)\($0)" } }

    private static func check(_ match: Match) -> Verdict {
        let (text, range) = ScannedText.window(match.view, around: match.range, bytesBefore: 160, bytesAfter: 96)
        var number = range.lowerBound
        while number > 0, isNumber(text.scalars[number - 1]) { number -= 1 }
        guard let end = tail(from: number, in: text) else { return .drop("no unit of an address after the number") }
        guard let start = head(before: number, in: text) else { return .drop("no road, estate or village before the number") }
        return .span(text.bytes(start..<end), 0.8, "a named place followed by numbers with units")
    }

    private static func isNumber(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCIIDigit || numerals.contains(scalar) }

    /// The end of a chain of numbers with units that begins at `start`; nil when the first number has no unit. A bare number may come last (2单元301).
    private static func tail(from start: Int, in text: ScannedText) -> Int? {
        var position = start
        var end: Int?
        while position < text.count, position - start < 60 {
            var number = position
            while let scalar = text.at(number), isNumber(scalar) || scalar.isASCIILetter || (scalar == "-" && number > position) || (scalar == "之" && number > position) { number += 1 }
            guard number > position, number - position <= 8 else { break }
            if let unit = text.first(of: units, at: number).map({ units.words[$0] }) {
                if unit == ["号"], text.first(of: otherNumbers, at: number + 1) != nil { break }
                position = number + unit.count
                end = position
                // A building's own name may follow its number: 88号金座大厦3层.
                continue
            }
            if end != nil, (text.scalars[position..<number].filter(\.isASCIIDigit).count) >= 2, text.scalars[position..<number].count <= 5 { end = number }
            break
        }
        return end
    }

    /// Where the address that leads to a number at `index` begins; nil when no road, estate or village stands before the number.
    private static func head(before index: Int, in text: ScannedText) -> Int? {
        var start = index
        while start > 0, index - start < nameCountMax, isNamePart(text.scalars[start - 1]) { start -= 1 }
        start = afterOpener(start..<index, in: text)
        // One of a single scalar ends the name, longer ones may stand anywhere in it.
        let hasPlace = start + 1 < index
            && (start + 1..<index).contains { place in
                text.first(of: placeList, at: place) { number in
                    let end = place + placeList.words[number].count
                    return end == index || (end < index && placeList.words[number].count > 1)
                } != nil
            }
        return hasPlace && index - start >= 2 ? start : nil
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool { scalar.isIdeograph || scalar.isASCIIDigit }

    /// The end of the last opener that stands before the first region or place of a range.
    private static func afterOpener(_ range: Range<Int>, in text: ScannedText) -> Int {
        let first = range.first { position in position > range.lowerBound && text.first(of: marks, at: position) != nil } ?? range.upperBound
        var start = range.lowerBound
        for position in range where position < first {
            // All that stand here are asked; none is wanted.
            _ = text.first(of: openers, at: position) { number in
                let end = position + openers.words[number].count
                if end <= first, end > start { start = end }
                return false
            }
        }
        return start
    }
}
