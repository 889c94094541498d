/// Certificates of professions and trades (accountants, builders, tour guides, electricians), after their name.
struct ProfessionalCertificateRecognizer: Recognizer {
    let card = TypeCard("professional-certificate", zh: "职业资格证书编号", en: "Professional certificate", .identity)
    let rules: [Rule] = [.code(6...26, digits: 5, 0.82)]
    let labels = [
        "职业资格证书编号", "职业资格证书号", "职业资格证", "从业资格证号", "从业资格证", "资格证书编号", "资格证书号", "技能等级证书编号", "职称证书编号", "注册会计师证号", "会计证号", "建造师证号", "建造师注册编号", "导游证号", "记者证号",
            "新闻记者证", "电工证号", "特种作业操作证号", "特种作业证号", "工程师证号", "公证员证号", "执业证书编号", "上岗证号",
        "professional certificate", "professional license", "license number", "zgzh", "zgzsbh", "cyzgz",
    ]
    let fixtures = RecognizerFixtures(
        positive: [("从业资格证号：3501020010012345678", "3501020010012345678"), ("建造师注册编号 闽1352019202000123，职称证书编号 B08183010900000123", "B08183010900000123")],
            negative: ["资格证书编号待补", "B08183010900000123", "订单 3501020010012345678"])
}
