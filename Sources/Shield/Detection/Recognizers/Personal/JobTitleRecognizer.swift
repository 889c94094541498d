/// Occupations and positions, after their name.
struct JobTitleRecognizer: Recognizer {
    let card = TypeCard("job-title", zh: "职业与职务", en: "Job title", .personal)
    let rules: [Rule] = [.label("[\u{4E00}-\u{9FFF}]{2,12}", 0.74) { match in
        let ends = ["员", "师", "长", "任", "理", "监", "工", "生", "家", "者", "人", "总", "记", "士", "管", "商", "主", "民", "授", "手", "农", "休", "业", "裁", "事", "干", "兵",
            "官", "医", "警", "客", "贩", "司机"]
        return .when(ends.contains { match.text.hasSuffix($0) } && !["要求", "不限", "待遇", "保密", "描述", "名称"].contains { match.text.hasPrefix($0) }, 0.74,
            "a position after its name", otherwise: "no position")
    }]
    let labels = ["职务", "职位", "职业", "岗位", "现任职务", "担任职务", "职称", "工作岗位", "从事职业", "occupation", "job title", "position", "zw", "zhiye", "zhiwu", "zc"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("职务：副主任", "副主任"), ("职业：个体工商户主，", "个体工商户主")], negative: ["职位不限", "职务待定", "副主任"])
}
