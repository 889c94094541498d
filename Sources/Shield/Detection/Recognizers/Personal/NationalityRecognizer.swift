/// Nationalities, after their name.
struct NationalityRecognizer: Recognizer {
    let card = TypeCard("nationality", zh: "国籍", en: "Nationality", .personal)
    let rules: [Rule] = [.label("(?:中国|美国|英国|法国|德国|日本|韩国|俄罗斯|加拿大|澳大利亚|新西兰|新加坡|马来西亚|泰国|越南|印度|印度尼西亚|菲律宾|缅甸|老挝|柬埔寨|巴基斯坦|意大利|西班牙|葡萄牙|荷兰|瑞士|瑞典|巴西|阿根廷|墨西哥|"
        + "南非|埃及|尼日利亚|土耳其|以色列|伊朗|乌克兰|蒙古|朝鲜)(?:籍|国籍)?", 0.78), .label("(?:CHN|USA|GBR|JPN|KOR|Chinese|American|British|Japanese|Korean|French|German|R"
        + "ussian|Canadian|Australian|Indian|Singaporean|Malaysian|Thai|Vietnamese|Filipino)", 0.78)]
    let labels = ["国籍", "国籍(地区)", "nationality", "citizenship", "gj", "guoji"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("国籍：中国", "中国"), ("nationality: British", "British")], negative: ["国籍法", "中国制造", "nationality law"])
}
