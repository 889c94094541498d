/// Certificates of vaccination, children's codes, batches of vaccines given to a person.
struct VaccinationRecognizer: Recognizer {
    let card = TypeCard("vaccination", zh: "预防接种证号", en: "Vaccination number", .health)
    let rules: [Rule] = [.label("[A-Za-z]{0,4}[0-9]{8,24}", 0.87), .number([10, 16, 18, 20], 0.86), .spread(8...24),
        .word("[1-6][1-7][0-9]{2}[0-3][0-9]{11}", 0.2, "shape, kept near its name only")]
    let labels = ["预防接种证号码", "预防接种证编号", "预防接种证号", "预防接种证", "预防接种编码", "预防接种卡号", "预防接种卡", "接种证编号", "接种证号", "接种证", "接种编码", "接种编号", "接种卡号", "接种登记号",
        "儿童编码", "儿童编号", "儿童接种编码", "疫苗接种编号", "疫苗接种号", "疫苗编码", "疫苗电子监管码", "疫苗追溯码", "新冠疫苗接种凭证", "核酸检测编号", "核酸编号", "核酸采样编号", "采样管编号", "采样编号",
        "vaccination no", "vaccination number", "vaccination id", "vaccination card", "vaccination certificate", "vaccine no", "vaccine code",
        "vaccine id", "immunization no", "immunization id", "immunization card", "inoculation no", "jzbm", "jzzh no", "yfjzz", "yfjzzh", "etbm",
        "ymbm"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [("预防接种证号码：3502711590950090", "3502711590950090"), ("vaccination no: 1101501502612708", "1101501502612708")],
        negative: ["预防接种证号码办理流程", "预防接种证号码待补", "3502711590950090"])
}
