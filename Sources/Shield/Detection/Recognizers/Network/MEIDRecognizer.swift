/// Mobile equipment identifiers, 3GPP2 S.R0048: 14 hexadecimal digits from A on, or 18 decimal ones, after their name.
struct MEIDRecognizer: Recognizer {
    let card = TypeCard("meid", zh: "MEID", en: "MEID", .network)
    let rules: [Rule] = [.word("[Aa][0-9A-Fa-f]{13}", 0.15, "14 hexadecimal digits from A on"), .label("[0-9A-Fa-f]{14,15}|[0-9]{18}", 0.9),
        .spread(14...18),
    ]
    let labels = [
        "meid号码", "设备识别码", "cdma设备识别码", "device meid", "meid no", "meid number", "meid1", "esn no",
        "meid码", "meid", "meid号", "移动设备标识", "esn"]
    let fixtures = RecognizerFixtures(positive: [("MEID：A0000012345678", "A0000012345678"), ("meid=990001234567890123", "990001234567890123")],
        negative: ["A0000012345678", "meid missing"])
}
