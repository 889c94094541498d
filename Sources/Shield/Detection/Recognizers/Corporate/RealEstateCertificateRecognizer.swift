/// Certificates of real estate, land and houses: 不动产权第…号 with its province and year, 国用, 房权证 and their like.
struct RealEstateCertificateRecognizer: Recognizer {
    let card = TypeCard("real-estate-certificate", zh: "不动产权证号", en: "Real-estate certificate", .corporate)
    let rules: [Rule] = [
        .literal(ChineseRegions.letters.flatMap { head in ["(20", "(19", "（20", "（19", "〔20", " (2"].map { head + $0 } } + ["国(20", "国（20"],
            "(?:" + (ChineseRegions.letters + ["国"]).joined(separator: "|") + ") ?[(（〔](?:19|20)[0-9]{2}[)）〕] ?[\u{4E00}-\u{9FFF}]{1,12}?不动产(?:权|证明) ?("
            + "?:第)? ?[0-9]{5,12} ?号?", 0.95),
        .literal(["房权证", "国用(20", "国用（20", "集用(20", "集用（20", "房地权证", "房产证字", "集有(20", "集有（20"],
            "(?:房权证|房地权证|房产证字|[国集][用有][(（](?:19|20)[0-9]{2}[)）])[\u{4E00}-\u{9FFF}A-Za-z]{0,8}(?:字)?第? ?[0-9A-Za-z-]{4,20} ?号?", 0.85),
            .label("[\u{4E00}-\u{9FFF}]{0,6}(?:房权证|房地权证|房产证字|国用|集用|集有)[(（]?[\u{4E00}-\u{9FFF}A-Za-z0-9()（）]{0,14}第? ?[0-9A-Za-z-]{4,20} ?号?", 1),
        .literal(["国土房证", "房地字", "房证第", "房产字", "房地证", "房他证", "他项第", "林证字", "地权证"],
            "(?:国土房证|房地字|房证|房产字|房地证|房他证|他项|林证字|地权证)[\u{4E00}-\u{9FFF}]{0,6}(?:第|[(（]) ?[0-9A-Za-z()（）-]{4,20} ?号", 0.88) { $0.issuer(0.88) },
        .label("[A-Za-z]{0,4}[0-9]{6,20}", 0.82), .spread(8...28),
        .label("[\u{4E00}-\u{9FFF}]{1,4}[(（〔]?(?:19|20)?[0-9]{0,2}[)）〕]?[\u{4E00}-\u{9FFF}]{2,12}第? ?[0-9]{5,12} ?号", 0.85),
    ]
    let labels = [
        "不动产权证书", "不动产证号", "不动产证", "不动产证书号", "不动产登记证明", "不动产登记号", "不动产单元代码", "房产证号码", "房产证书号", "房产权证号", "房屋产权证号", "房屋所有权证编号", "房屋所有权证书",
        "房权证号", "房权证", "他项权证号", "他项权证", "房屋他项权证", "土地使用权证号", "土地使用权证书", "国有土地使用证", "集体土地使用证", "土地权证号", "土地承包经营权证", "农村土地承包经营权证", "承包经营权证",
        "林权证", "海域使用权证", "宅基地使用证", "宅基地证", "property cert", "property cert no", "property certificate no", "property right no", "real estate no",
        "real estate cert", "real estate cert no", "house cert", "house cert no", "house certificate", "house certificate no", "land cert",
        "land cert no", "land certificate no", "land use certificate", "title deed no", "deed no", "bdczh", "bdcqz", "bdcdyh", "fcz",
        "fwsyqzh", "tdz", "tdsyz", "lqzh", "cbjyqz",
        "不动产权证书号", "不动产权证书编号", "不动产权证号", "不动产权证", "不动产登记证明号", "不动产单元号", "房产证编号", "房产证号", "房产证", "房屋所有权证号", "房屋所有权证", "房屋产权证", "土地使用证号", "土地使用权证",
        "土地证号", "土地证", "宅基地证号", "林权证号", "产权证号", "real estate certificate", "property certificate", "land certificate", "bdcqzh", "fczh", "tdzh"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("不动产权证号：闽（2023）福州市不动产权第0012345号", "闽（2023）福州市不动产权第0012345号"), ("房产证号 R201512345", "R201512345"),
            ("土地证号：榕国用（2010）第00123456号", "榕国用（2010）第00123456号")], negative: ["不动产权登记", "房产证过户", "R201512345"])
}
