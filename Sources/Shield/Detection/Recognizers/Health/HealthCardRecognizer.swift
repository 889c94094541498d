/// Electronic health cards (64 hexadecimal digits) and resident health cards, health codes and files.
struct HealthCardRecognizer: Recognizer {
    let card = TypeCard("health-card", zh: "电子健康卡号", en: "Electronic health card", .health)
    let rules: [Rule] = [.label("[0-9A-Fa-f]{64}", 0.95), .label("[0-9A-Fa-f]{32}", 0.9), .code(8...32, digits: 6, 0.85),
        .number([15, 17, 18], 0.86), .spread(8...24)]
    let labels = ["电子健康卡号", "电子健康卡", "电子健康卡主索引", "居民健康卡号", "居民健康卡", "健康卡号", "健康卡", "健康码编号", "健康码", "健康证号", "健康证编号", "健康证明编号", "健康档案号", "健康档案编号",
        "居民健康档案编号", "居民健康档案", "电子健康码", "主索引号", "患者主索引", "患者唯一标识", "孕产妇手册编号", "孕妇保健手册号", "母子健康手册", "保健手册号", "儿童保健手册", "围产卡号", "health card",
        "health card id", "health card no", "electronic health card", "ehealth card", "ehc id", "ehc no", "health code", "health file no",
        "health record id", "empi", "patient index", "dzjkk", "dzjkkh", "jkkh", "jkm", "jkdabh", "jmjkda"]
    let negativeContext: [String] = Recognizers.strangers
    let fixtures = RecognizerFixtures(
        positive: [
            ("电子健康卡号：78AD614DF2903C1AF718204B6A884168F510EFB2766AE8077060E1FD9FB8577B", "78AD614DF2903C1AF718204B6A884168F510EFB2766AE8077060E1FD9FB8577B"),
            ("health card: 350203001001000123", "350203001001000123")],
        negative: ["电子健康卡号办理流程", "电子健康卡号待补", "78AD614DF2903C1AF718204B6A884168F510EFB2766AE8077060E1FD9FB8577B"])
}
