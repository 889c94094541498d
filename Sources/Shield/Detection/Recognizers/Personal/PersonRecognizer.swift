/// Full Chinese names by rules: a surname, one or two given-name characters, and evidence beside them.
///
/// A surname alone proves nothing (高兴, 方便, 安全 all begin with one), so a candidate needs evidence: a word that introduces a name right before it (我叫,
/// 联系人:), or a word that follows names right after it (先生, 身份证, 电话). A surname with a title only (王女士) is nobody's full name and is not found.
struct PersonRecognizer: Recognizer {
    let card = TypeCard("person", zh: "姓名", en: "Person", .personal)
    let rules = [
        Rule.literal(introductions.filter { $0.utf8.count > 3 }, "", 0.2, "an introduction", isBounded: false) { Self.after($0) },
        Rule.literal(followers.filter { $0.utf8.count > 3 }, "", 0.2, "a follower", isBounded: false) { Self.before($0) },
    ]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [
            ("我叫林晓芸，今年三十岁", "林晓芸"), ("联系人：陈建国，电话", "陈建国"), ("我母亲王秀兰在医院", "王秀兰"), ("患者欧阳静已出院", "欧阳静"), ("张伟先生投诉", "张伟"),
        ],
        negative: ["王女士来电", "今天很高兴。", "安全方面没有问题", "我叫了出租车", "请问时间是几点"])

    static let surnames = Set(
        ("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺肖寻付闫邝佘仝谌漆鲜敬母粟区麦利练揭岑仉逯逄亓麻问禹洛冉阚承信雍宾幸戎贡鄞濮贝茹储缪")
            .unicodeScalars)
    private static let compounds = ["欧阳", "上官", "司马", "诸葛", "司徒", "东方", "独孤", "南宫", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "长孙", "宇文", "令狐", "钟离", "闻人", "端木", "淳于"]

    private static let compoundList = WordList(compounds)

    /// Words right before a name; a colon, a space or 是/为 may stand between.
    private static let introductions = [
        "我叫", "名叫", "叫做", "姓名", "联系人", "申请人", "患者", "病人", "当事人", "经办人", "签名", "签字", "法定代表人", "法人代表", "法人", "负责人", "委托人", "代理人", "投诉人", "举报人", "反映人", "来访人",
        "户主", "业主", "房东", "租客", "租户", "承租人", "出租人", "收款人", "持卡人", "车主", "司机", "学生", "孩子", "儿子", "女儿", "母亲", "父亲", "妈妈", "爸爸", "爱人", "妻子", "丈夫", "老公", "老婆", "老伴", "奶奶", "爷爷", "外婆",
        "外公", "岳父", "岳母", "婆婆", "公公", "哥哥", "弟弟", "姐姐", "妹妹", "孙子", "孙女", "侄子", "外甥", "邻居", "同事", "本人", "监护人", "参保人", "纳税人", "缴费人", "被保险人", "家长", "居民", "市民", "村民", "职工", "员工", "老板", "店主",
        "经理", "医生", "老师", "同学", "女士", "先生", "登记人", "填表人", "报案人", "失主", "乘客", "伤者", "死者", "老人", "我是", "找", "户名", "开户名", "名字是", "名字叫", "叫",
    ]
    private static let introductionScalars = introductions.map { Array($0.unicodeScalars) }
    /// Numbers of introductions by their last scalar: few of them can end at a place.
    private static let introductionsByEnd = Dictionary(grouping: introductions.indices) { introductionScalars[$0].last ?? " " }
    /// Introductions that are ordinary words too: they need evidence after the name as well.
    private static let weakIntroductions: Set<String> = ["我是", "找", "叫", "老师", "医生", "女士", "先生", "居民", "市民", "老板", "经理", "学生", "老人", "孩子", "邻居", "本人", "法人", "家长", "同学", "职工", "员工", "司机"]
    /// Words right after a name.
    private static let followers = ["先生", "女士", "同志", "身份证", "电话", "手机", "联系电话", "护照", "（", "(", "，身份证", "，电话", "，手机", "，联系", "，男", "，女", "，1", " 1", "1", "，住", "，家住"]
    private static let followerList = WordList(followers)
    /// Titles that make a surname plus one character no name (张大爷).
    private static let titles = WordList(["先生", "女士", "小姐", "同志", "师傅", "大爷", "大妈", "阿姨", "叔叔", "医生", "老师", "经理", "主任", "局长", "科长", "警官", "老板", "书记", "院长", "校长", "护士", "律师", "工程", "教授", "总", "某", "姓", "氏", "家", "队长"])
    /// Characters that are no part of a given name.
    private static let never = Set(
        "的了是在我你他她它们这那有和与或及也都就不没很太把被给对从到向往为因所以但而且如果请问想要能会可应该吗呢吧啊呀哦，。去来过着说讲问做办打找看听吃住开关买卖交付拿带等让使得并已又再还才只每某此其该本各另第几多少些个件次年月日号元万千百十时分秒岁电话证码址"
            .unicodeScalars)
    private static let common = WordList([
        "高兴", "曾于", "方便", "安全", "白天", "时间", "常年", "经常", "金额", "任何", "成功", "项目", "全部", "全市", "全家", "单位", "房产", "房屋", "车辆", "车位", "路口", "路面", "路边", "路灯", "石头", "水管", "管道", "管理", "段时间", "段路", "关于", "安排", "安装", "安置", "温度",
        "计划", "计算", "应急", "应当", "连续", "连接", "原来", "原因", "解决", "解释", "强制", "商品", "商铺", "商场", "商家", "古城", "古街", "花园", "花费", "谈话", "简单", "包括", "边上", "曲线", "华侨", "文件", "文化", "方向", "方式", "方案", "方面", "向上", "明天", "明显", "明确", "台风", "左右", "和平", "保险",
        "保障", "保证", "保安", "路段", "路线", "路过", "单子", "单号", "白色", "黄色", "黄线", "金融", "童车", "马路", "马上", "江边", "田地", "万元", "丁字", "牛奶", "龙头", "江水", "季度", "时候", "时段", "游客", "阳台", "常住", "常见", "施工", "温馨", "严重", "严格", "顾客", "卫生", "卫健", "关门", "党员", "党委", "宁可", "习惯",
    ])

    /// The text around a match, in scalars, and where the match is in it.
    private static func window(_ match: Match) -> (text: ScannedText, match: Range<Int>) {
        ScannedText.window(match.view, around: match.range, bytesBefore: 30, bytesAfter: 48)
    }

    /// What may stand between an introduction and a name.
    private static let connectors: [Unicode.Scalar] = [":", "：", " ", "是", "为", "叫", "、"]
    private static let firsts = surnames.union(compounds.compactMap(\.unicodeScalars.first))

    /// Whether a name may begin after a match: most do not go on with a family name, and a window costs more than a look.
    private static func mayPrecede(_ match: Match) -> Bool {
        var place = match.range.upperBound
        for _ in 0...3 where place < match.view.count {
            let (value, count) = Escapes.scalar(match.view, at: place)
            guard let scalar = Unicode.Scalar(value) else { return false }
            if firsts.contains(scalar) { return true }
            guard connectors.contains(ScannedText.folded(scalar)) else { return false }
            place += count
        }
        return false
    }

    /// Whether a family name stands two to four scalars before a match.
    private static func mayFollow(_ match: Match) -> Bool {
        var place = match.range.lowerBound
        for count in 1...4 where place > 0 {
            repeat { place -= 1 } while place > 0 && match.view[place] & 0xC0 == 0x80
            if count > 1, let scalar = Unicode.Scalar(Escapes.scalar(match.view, at: place).0), firsts.contains(scalar) { return true }
        }
        return false
    }

    private static func after(_ match: Match) -> Verdict {
        guard mayPrecede(match) else { return .drop("no name after the introduction") }
        let (text, range) = window(match)
        for start in range.upperBound...range.upperBound + 3 {
            if let found = candidate(at: start, in: text) { return .span(text.bytes(found.start..<found.end), found.confidence, found.reasons.joined(separator: ", ")) }
            guard let scalar = text.at(start), connectors.contains(scalar) else { break }
        }
        return .drop("no name after the introduction")
    }

    private static func before(_ match: Match) -> Verdict {
        guard mayFollow(match) else { return .drop("no name before the follower") }
        let (text, range) = window(match)
        for length in [3, 2, 4] where range.lowerBound >= length {
            if let found = candidate(at: range.lowerBound - length, in: text), found.end == range.lowerBound {
                return .span(text.bytes(found.start..<found.end), found.confidence, found.reasons.joined(separator: ", "))
            }
        }
        return .drop("no name before the follower")
    }

    private static func candidate(at start: Int, in text: ScannedText) -> Candidate? {
        guard start < text.count, let surname = surnameLength(at: start, in: text) else { return nil }
        let introduction = introduction(before: start, in: text)
        for given in [2, 1] {
            let end = start + surname + given
            guard end <= text.count, isGiven(start + surname..<end, in: text), !isCommon(start..<end, in: text) else { continue }
            let follower = text.first(of: followerList, at: end).map { followers[$0] }
            let isClosed = end == text.count || !text.scalars[end].isIdeograph
            var reasons = ["surname and given name"]
            var confidence = 0.2
            if let introduction {
                confidence += weakIntroductions.contains(introduction) ? 0.25 : 0.5
                reasons.append("a word that introduces names before it")
                if isClosed { confidence += 0.1 }
            }
            if follower != nil {
                confidence += introduction == nil && follower == "1" ? 0.15 : 0.35
                reasons.append("a word that follows names after it")
            } else if let introduction, !weakIntroductions.contains(introduction), isClosed || given == 1 || surname == 2 || !startsWord(at: end, in: text) {
                confidence += 0.1
            }
            // With two given characters to choose from, take the longer name unless the next word plainly begins inside it.
            if given == 2, introduction != nil, !isClosed, follower == nil, startsWord(at: end - 1, in: text) { continue }
            if confidence >= 0.45 || introduction != nil { return Candidate(start, end, confidence: min(1, confidence), reasons: reasons) }
        }
        return nil
    }

    private static func surnameLength(at start: Int, in text: ScannedText) -> Int? {
        if text.first(of: compoundList, at: start) != nil { return 2 }
        return surnames.contains(text.scalars[start]) ? 1 : nil
    }

    private static func introduction(before start: Int, in text: ScannedText) -> String? {
        var end = start
        while let scalar = text.at(end - 1), start - end < 3, connectors.contains(scalar) { end -= 1 }
        var best: Int?
        for place in end == start ? [start] : [start, end] {
            guard let last = text.at(place - 1) else { continue }
            for index in introductionsByEnd[last] ?? [] where text.has(introductionScalars[index], before: place) {
                let (length, most) = (introductionScalars[index].count, best.map { introductionScalars[$0].count } ?? 0)
                if length > most || (length == most && index < best ?? 0) { best = index }
            }
        }
        return best.map { introductions[$0] }
    }

    private static func isGiven(_ range: Range<Int>, in text: ScannedText) -> Bool {
        range.allSatisfy { text.scalars[$0].isIdeograph && !never.contains(text.scalars[$0]) }
            && !range.contains { text.first(of: titles, at: $0) != nil }
    }

    private static func isCommon(_ range: Range<Int>, in text: ScannedText) -> Bool {
        text.first(of: common, at: range.lowerBound) { [2, range.count].contains(common.words[$0].count) } != nil
    }

    /// Whether a word that often follows a name begins here.
    private static func startsWord(at index: Int, in text: ScannedText) -> Bool { text.first(of: starts, at: index) != nil }

    private static let starts = WordList(
        ["今年", "现在", "昨天", "今天", "上个", "上周", "上月", "去年", "因为", "反映", "投诉", "咨询", "申请", "居住", "家住", "目前", "一直", "患", "同意", "签", "于", "将", "向", "是", "在", "的", "已", "未", "无", "出院", "住院", "名下", "身份", "电话"])
}
