/// Postal addresses after their name; those in running text have rules of their own. An address names a region or a road and has a number or two such names.
struct PostalAddressRecognizer: Recognizer {
    let card = TypeCard("address", zh: "地址", en: "Address", .location)
    private static let regions = ["省", "市", "区", "县", "镇", "乡", "街道", "自治区", "旗", "州"]
    private static let places = ["路", "街", "巷", "弄", "大道", "胡同", "村", "小区", "花园", "大厦", "广场", "公寓", "号", "栋", "幢", "单元", "室", "组", "里", "苑", "楼", "屯", "城",
        "湾", "社区", "新村", "家园"]
    let rules: [Rule] = [
        .label("(?:[\u{4E00}-\u{9FFF}]|[0-9A-Za-z#()-]| ?[0-9]){4,60}", 0.86) { match in
            let regions = PostalAddressRecognizer.regions.filter { match.contains($0) }.count
            let places = PostalAddressRecognizer.places.filter { match.contains($0) }.count
            guard (regions >= 1 && regions + places >= 2) || (places >= 2 && match.digitCount > 0) else { return .drop("no region, road or number") }
            return .keep(0.86, "names of regions, roads and numbers after the name of an address")
        },
        .label("[0-9]{1,6}[ ,]{1,2}(?:[A-Za-z.'-]{1,20} ?){1,5}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|"
            + "Terrace|Highway|Hwy)\\.?(?:[ ,]{1,2}[A-Za-z0-9# .'-]{1,30}){0,4}", 0.85, "number and road after the name of an address"),
    ]
    let labels = [
        "家庭住址", "家庭地址", "联系地址", "通讯地址", "通信地址", "户籍地址", "户籍所在地", "户口所在地", "收货地址", "收件地址", "寄件地址", "送货地址", "配送地址", "现居住地", "现居住地址", "居住地址", "居住地", "经营地址",
        "经营场所", "注册地址", "公司地址", "单位地址", "办公地址", "学校地址", "详细地址", "工作地址", "开票地址",
        "身份证地址", "身份证住址", "住所地", "住所", "现住址", "住址", "地址", "家住", "房屋坐落", "坐落", "籍贯", "出生地", "address", "home address", "mailing address", "shipping address",
        "billing address", "residential address", "street address", "addr", "lives at", "residing at", "dz", "jtzz", "lxdz", "xxdz", "hjdz", "zz", "shdz",
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("户籍地址：福建省福州市鼓楼区东街88号", "福建省福州市鼓楼区东街88号"), ("{\"address\":\"榕江市朝阳路12号3栋502室\"}", "榕江市朝阳路12号3栋502室")],
            negative: ["地址无效", "邮件地址已更新", "地址：待补充"])
}
