/// Certificates of professions and trades (accountants, builders, tour guides, electricians), after their name.
struct ProfessionalCertificateRecognizer: Recognizer {
    let card = TypeCard("professional-certificate", zh: "职业资格证书编号", en: "Professional certificate", .identity)
    let rules: [Rule] = [.code(6...26, digits: 5, 0.82),
        .spread(8...24),
    ]
    let labels = [
        "注册会计师证书编号", "注册会计师证书", "注会证书号", "注会证号", "注会编号", "注册税务师证号", "税务师证号", "资产评估师证号", "评估师证号", "注册编号", "注册证书编号", "注册证书号", "执业资格证号",
        "执业资格证书", "执业证号码", "执业编号", "执业注册号", "造价师证号", "造价工程师注册号", "监理工程师证号", "监理证号", "建筑师注册号", "结构师注册号", "消防工程师证号", "安全工程师证号", "安全员证号",
        "安全考核证号", "消防设施操作员证", "特种设备作业证", "特种设备作业人员证", "焊工证号", "高处作业证", "叉车证号", "电工操作证", "低压电工证", "健身教练证", "教练证号", "裁判证号", "导游资格证",
        "领队证号", "演出经纪人证", "经纪人证号", "房地产经纪人证", "社工证号", "社会工作者证", "心理咨询师证", "营养师证", "厨师证", "育婴师证", "评茶员证", "普通话证书编号", "普通话等级证书", "英语等级证书",
        "四级证书编号", "六级证书编号", "计算机等级证书", "等级证书编号", "证书流水号", "成绩报告单编号", "托福报名号", "雅思报名号", "专业技术资格证书", "职业技能等级证书", "职业技能证书", "技能证书编号",
        "继续教育证书", "培训证书编号", "结业证书号", "上岗证编号", "上岗证", "cpa no", "cpa number", "cpa certificate", "accountant cert", "accountant cert no",
        "accountant no", "engineer no", "certificate of practice", "practice license", "qualification no", "qualification certificate",
        "qualification cert no", "cert of qualification", "toefl no", "ielts no", "kjzh", "kjszs", "zckjs", "zyzgz", "zyzh", "cyzgzh",
        "djzsbh", "pthzs",
        "职业资格证书编号", "职业资格证书号", "职业资格证", "从业资格证号", "从业资格证", "资格证书编号", "资格证书号", "技能等级证书编号", "职称证书编号", "注册会计师证号", "会计证号", "建造师证号", "建造师注册编号", "导游证号", "记者证号",
            "新闻记者证", "电工证号", "特种作业操作证号", "特种作业证号", "工程师证号", "公证员证号", "执业证书编号", "上岗证号",
        "professional certificate", "professional license", "license number", "zgzh", "zgzsbh", "cyzgz",
    ]
    let fixtures = RecognizerFixtures(
        positive: [("从业资格证号：3501020010012345678", "3501020010012345678"), ("建造师注册编号 闽1352019202000123，职称证书编号 B08183010900000123", "B08183010900000123")],
            negative: ["资格证书编号待补", "B08183010900000123", "订单 3501020010012345678"])
}
