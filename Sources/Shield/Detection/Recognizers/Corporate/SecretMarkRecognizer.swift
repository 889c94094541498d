/// Marks of state secrets (GB/T 9704-2012, 7.2.2): 绝密, 机密 or 秘密, a star and the term; and marks of trade and work secrets.
struct SecretMarkRecognizer: Recognizer {
    let card = TypeCard("secret-mark", zh: "国家秘密标志", en: "Mark of a state secret", .corporate)
    let rules: [Rule] = [
        .literal(["机密★", "秘密★", "绝密★", "机密☆", "秘密☆", "绝密☆", "机密 ★", "秘密 ★", "绝密 ★", "机密*", "秘密*", "绝密*"], "(?:绝密|机密|秘密) ?(?:★|☆|\\*) ?(?:[0-9]{1,2}"
            + " ?(?:年|个月|月|天|日)|长期|启用前|解密前|永久|[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?)?", 0.92, isBounded: false),
        .literal(["核心商密★", "普通商密★", "核心商密▲", "普通商密▲", "商密★", "商密▲", "内部★", "工作秘密★", "警务工作秘密"], "(?:核心商密|普通商密|商密|内部|警务工作秘密|工作秘密) ?(?:★|▲)? ?(?:[0-9]"
            + "{1,2} ?(?:年|个月|月)|长期|永久)?", 0.88, isBounded: false),
        .label("(?:绝密|机密|秘密|核心商密|普通商密|商密|内部资料|工作秘密)(?:级)?(?: ?(?:★|☆|\\*)? ?(?:[0-9]{1,2} ?(?:年|个月|月)|长期))?", 0.88, isBounded: false),
        .label("(?:TOP SECRET|CONFIDENTIAL|SECRET|RESTRICTED)", 0.8)]
    let labels = ["密级和保密期限", "密级与保密期限", "保密期限", "保密等级", "密级标志", "密级标识", "密级", "涉密等级", "秘密等级", "secret level", "secrecy level",
        "security classification", "classification level", "classification", "mj", "bmqx"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("密级：机密★10年", "机密★10年"), ("刚才收到的是 秘密★5年，先放这里", "秘密★5年"), ("绝密★长期", "绝密★长期")],
        negative: ["机密文件管理办法", "秘密花园", "密级评定"])
}
