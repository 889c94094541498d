/// Family names: nearly all people of China have one of these.
enum Surnames {
    static let single = Set(
        ("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管"
        + "祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧"
            + "甄项曲成游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙伏岑习胥保和蔺"
            + "闫肖付代邝麦区骆缪占候尚么仝门扎尼热阿买古努帕依玛达央次").unicodeScalars)
    static let compound = ["欧阳", "上官", "司马", "诸葛", "司徒", "东方", "独孤", "南宫", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "长孙", "宇文", "令狐", "钟离", "闻人", "端木", "淳于", "轩辕",
        "呼延", "拓跋", "百里", "东郭", "西门"]

    private static let compoundScalars = Set(compound.map { Array($0.unicodeScalars) })

    /// Whether a text of Chinese characters can be a person's full name: a family name and one or two characters, or parts joined by dots.
    static func isName(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard (2...16).contains(scalars.count) else { return false }
        if scalars.contains("·") { return true }
        let isCompound = compoundScalars.contains(Array(scalars[..<2]))
        return isCompound ? (3...4).contains(scalars.count) : single.contains(scalars[0]) && scalars.count <= 3 && !common.contains(text)
    }

    /// Words that begin with a family name and are none.
    private static let common: Set<String> = [
        "高兴", "方便", "安全", "白天", "时间", "常年", "经常", "金额", "任何", "成功", "项目", "全部", "单位", "房产", "房屋", "车辆", "车牌", "路口", "管理", "关于", "安排", "安装", "温度", "计划",
        "应急", "应当", "连续", "原因", "解决", "商品", "商铺", "花园", "简单", "包括", "文件", "文化", "方向", "方式", "方案", "向上", "明天", "明显", "明确",
        "左右", "和平", "保险", "保障", "保证", "单号", "白色", "黄色", "时候", "常住", "施工", "严重", "顾客", "卫生", "党员", "习惯", "应用", "查询", "来源", "时长", "司机", "官方", "别名", "全名",
        "全称", "保密", "成员", "华侨", "农户", "门牌", "都是", "和", "应该", "关系", "项目名", "项目组",
    ]
}
