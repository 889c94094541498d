/// Ethnic groups of China (GB/T 3304), after their name.
struct EthnicityRecognizer: Recognizer {
    let card = TypeCard("ethnicity", zh: "民族", en: "Ethnicity", .personal)
    private static let names = [
        "汉", "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼", "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西",
        "景颇", "柯尔克孜", "土", "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒", "乌孜别克", "俄罗斯", "鄂温克",
        "德昂", "保安", "裕固", "京", "塔塔尔", "独龙", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺",
    ]
    let rules: [Rule] = [.label("(?:" + EthnicityRecognizer.names.joined(separator: "|") + ")族?", 0.8),
        .label("(?:Han|Hui|Uygur|Uyghur|Zhuang|Manchu|Tibetan|Mongol|Miao|Yi|Tujia)", 0.78)]
    let labels = ["民族", "民族成分", "ethnicity", "ethnic group", "nationality group", "mz", "minzu"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("民族：汉族", "汉族"), ("mz=维吾尔", "维吾尔")], negative: ["民族团结", "汉族", "民族大学"])
}
