/// Licenses and registrations of hospitals, clinics, laboratories, pharmacies of insurance.
struct MedicalInstitutionRecognizer: Recognizer {
    let card = TypeCard("medical-institution", zh: "医疗机构登记号", en: "Medical institution license", .health)
    let rules: [Rule] = [.label("(?:PDY|MB|[A-Za-z]{0,3})[0-9A-Za-z]{5,12}[0-9]{6}[0-9A-Za-z]{4,8}", 0.87), .code(8...26, digits: 6, 0.85),
        .spread(8...22), .word("(?:PDY|MB)[0-9A-Z]{6}[1-6][0-9]{7}[A-Z][0-9]{4}", 0.75, "shape of a medical institution's number")]
    let labels = ["医疗机构执业许可证登记号", "医疗机构执业许可证编号", "医疗机构执业许可证号", "医疗机构执业许可证", "医疗机构许可证", "医疗机构登记号", "医疗机构代码", "医疗机构编码", "医疗机构编号", "诊所备案编号", "诊所备案凭证",
        "诊所备案号", "医院代码", "医院编码", "定点医疗机构编码", "定点医疗机构编号", "定点医疗机构代码", "定点药店编码", "定点零售药店编码", "医保机构编码", "医保定点编码", "放射诊疗许可证", "母婴保健技术服务执业许可证",
        "单采血浆许可证", "血站执业许可证", "medical institution", "medical institution no", "medical institution code", "medical institution license",
        "hospital license", "hospital code", "clinic license", "yljgdjh", "yljgzyxkz", "yljgdm", "yljgbm", "yydm"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("医疗机构执业许可证登记号：PDY12740X11010593A9052", "PDY12740X11010593A9052"), ("medical institution: H35020300123", "H35020300123")],
        negative: ["医疗机构执业许可证登记号办理流程", "医疗机构执业许可证登记号待补"])
}
