/// Identities of subscribers, ITU-T E.212: 15 digits, 460 for China and a network, after their name.
struct IMSIRecognizer: Recognizer {
    let card = TypeCard("imsi", zh: "IMSI", en: "IMSI", .network)
    let rules: [Rule] = [.word("460[012][0-9]{11}", 0.3, "460 and a network of China"), .label("[2-7](?:[ ._*~/·—－-]?[0-9]){14}", 0.92),
        .spread(15...15),
    ]
    let labels = [
        "imsi编号", "用户识别码", "sim卡imsi", "国际移动用户识别号", "imsi no", "imsi number", "sim imsi no", "device imsi",
        "imsi号", "imsi码", "imsi", "国际移动用户识别码", "移动用户识别码", "subscriber id", "subscriber identity", "sim imsi"]
    let fixtures = RecognizerFixtures(positive: [("IMSI：460001234567890", "460001234567890"), ("imsi=46011 1234567890", "46011 1234567890")],
        negative: ["460001234567890", "imsi 12345"])
}
