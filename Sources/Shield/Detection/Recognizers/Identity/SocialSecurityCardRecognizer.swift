/// Social security cards: a letter and eight digits, or nine to twenty digits, after their name. The social security number itself is a resident ID.
struct SocialSecurityCardRecognizer: Recognizer {
    let card = TypeCard("social-security-card", zh: "社会保障卡号", en: "Social security card", .identity)
    let rules: [Rule] = [
        .word("[A-Za-z][0-9]{8}", 0.2, "shape of a social security card"), .label("[A-Za-z](?:[ ._*~/·—－-]?[0-9]){7}[ -]?[0-9Xx]", 0.87),
        .label("[0-9A-Za-z]{2}[0-9]{6,15}[0-9Xx]", 0.83), .number([10, 12, 19, 20], 0.83),
        .spread(8...20),
    ]
    let labels = [
        "社会保险号码", "社会保险号", "社会保险编号", "社会保险账号", "个人社保编号", "个人社保号", "个人社保账号", "个人编号", "社保个人账户", "参保编号", "参保人编号", "参保号", "单位社保号", "单位社保编号",
        "社保单位编号", "养老金账号", "养老账户", "养老保险账户", "失业保险号", "工伤保险号", "企业年金账号", "年金账户", "个人养老金账户", "社会保障号码", "社会保障号", "social security no",
        "social security number cn", "social insurance", "social insurance account", "si account", "si no", "ssc no", "pension account",
        "pension no", "annuity account", "sbbh", "sbzh", "grsbh", "cbbh", "ylbxh", "shbxh",
        "社会保障卡卡号", "社会保障卡号码", "社会保障卡号", "社会保障卡", "社保卡卡号", "社保卡号码", "社保卡号", "社保卡", "社保电脑号", "电脑号", "社保编号", "社保账号", "社保号码", "社保号", "社保个人编号", "市民卡号", "市民卡",
        "养老保险号", "养老保险编号",
            "社保登记号", "social security card", "social insurance no",
        "social insurance number", "ss card", "sbk", "sbkh", "shbzkh", "sbh",
    ]
    let fixtures = RecognizerFixtures(
        positive: [("社保卡号：A12345678", "A12345678"), ("社会保障卡 B0123 4567", "B0123 4567"), ("sbkh: 350100123456", "350100123456")], negative: ["A12345678",
            "型号 A12345678", "社保卡办理流程 3 步"])
}
