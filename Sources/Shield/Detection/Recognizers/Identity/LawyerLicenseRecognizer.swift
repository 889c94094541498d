/// Lawyers' licenses (Ministry of Justice): 17 digits (kind 1, region 4, year 4, sex, sequence 7), after their name.
struct LawyerLicenseRecognizer: Recognizer {
    let card = TypeCard("lawyer-license", zh: "律师执业证号", en: "Lawyer license", .identity)
    let rules: [Rule] = [
        .word("1[1-7][0-9]{3}(?:19|20)[0-9]{2}[0-9]{8}", 0.2, "kind, region and year of a lawyer's license"), .number([17], 0.88),
            .label("[A-Za-z][0-9]{10,16}", 0.86),
        .spread(8...24),
    ]
    let labels = [
        "律师执业证书号", "律师工作证号", "实习律师证号", "律师编号", "基层法律服务工作者执业证", "公证员执业证", "lawyer license no", "lawyer no", "lawyer certificate", "bar no",
        "lszgzh", "lszyzsh",
        "律师执业证书编号", "律师执业证编号", "律师执业证号", "律师执业证", "律师证号", "律师证", "执业证号", "法律职业资格证书", "法律职业资格证", "法律职业资格证号", "lawyer license", "attorney license",
        "bar number", "lszyz", "lszh", "lszyzh"]
    let context = ["律师", "律所", "律师事务所"]
    let fixtures = RecognizerFixtures(
        positive: [("律师执业证号：13501201510123456", "13501201510123456"), ("律师执业证 1350 1201 5101 23456", "1350 1201 5101 23456"), ("法律职业资格证 A20153501020123",
            "A20153501020123")],
        negative: ["13501201510123456", "律师证年检 2024 年", "订单 13501201510123456"])
}
