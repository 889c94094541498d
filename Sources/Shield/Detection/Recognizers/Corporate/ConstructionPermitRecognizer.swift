/// Permits of planning, construction and presale: 建字, 地字, 乡字, 选字 and their digits; permits of construction and qualifications of builders.
struct ConstructionPermitRecognizer: Recognizer {
    let card = TypeCard("construction-permit", zh: "建设与规划许可证号", en: "Construction or planning permit", .corporate)
    let rules: [Rule] = [.literal(["建字第", "地字第", "乡字第", "选字第", "建字 第", "用字第", "核字第"], "[建地乡选用核]字 ?第? ?[0-9A-Za-z-]{9,22} ?号?", 0.92),
        .literal(["JZ安许证字", "安许证字", "WH安许证字", "FM安许证字"], "(?:JZ|WH|FM)?安许证字 ?[\\[(（〔]?(?:19|20)?[0-9]{0,2}[\\])）〕]? ?[0-9A-Za-z-]{4,14}", 0.9),
        .label("[(（]?[\u{4E00}-\u{9FFF}]{0,6}[)）]?[\u{4E00}-\u{9FFF}A-Z]{0,10}[\\[(（〔]?(?:19|20)?[0-9]{0,2}[\\])）〕]?[\u{4E00}-\u{9FFF}]{0,6}(?:第)? "
            + "?[0-9A-Za-z-]{4,22} ?号", 0.9),
        .code(7...30, digits: 6, 0.85), .number([15, 18, 19, 28], 0.86), .spread(8...30)]
    let labels = ["建设工程规划许可证号", "建设工程规划许可证编号", "建设工程规划许可证", "建设用地规划许可证号", "建设用地规划许可证", "乡村建设规划许可证", "用地规划许可证", "工程规划许可证", "规划许可证编号", "规划许可证号",
        "规划许可证", "施工许可证编号", "施工许可证号", "施工许可证", "建筑工程施工许可证", "选址意见书", "选址意见书编号", "预售许可证号", "预售许可证编号", "预售许可证", "商品房预售许可证", "预售证号", "销售许可证号",
        "竣工验收备案号", "竣工备案号", "竣工备案表编号", "消防验收文号", "消防设计审核", "消防许可证号", "人防备案号", "地块编号", "宗地编号", "宗地号", "宗地代码", "地籍号", "不动产单元代码", "土地出让合同", "出让合同编号",
        "资质证书编号", "资质证书号", "资质编号", "建筑业资质证书", "安全生产许可证编号", "安全生产许可证号", "安全生产许可证", "项目代码", "投资项目代码", "工程编码", "招标备案号", "房屋租赁备案号", "租赁备案号", "租赁登记备案号",
        "房源核验码", "construction permit", "construction permit no", "construction license", "planning permit", "planning permit no",
        "building permit", "building permit no", "presale permit", "presale no", "land parcel no", "parcel number", "safety production license",
        "ghxkz", "ghxkzh", "sgxkz", "sgxkzh", "jsgcghxkz", "ysxkz", "yszh", "aqscxkz", "zdh", "xmdm"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("规划许可证：建字第110105201930616号", "建字第110105201930616号"), ("看一下这个：地字第350203201910324号", "地字第350203201910324号"),
            ("施工许可证编号：350203202301120101", "350203202301120101")],
        negative: ["建字第12号文件", "规划许可证办理", "施工许可证待办"])
}
