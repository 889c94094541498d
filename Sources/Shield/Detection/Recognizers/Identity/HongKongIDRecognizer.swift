/// Hong Kong identity cards: one or two letters, six digits and a check in brackets or not.
struct HongKongIDRecognizer: Recognizer {
    let card = TypeCard("hong-kong-id", zh: "香港身份证号", en: "Hong Kong identity card", .identity)
    let rules: [Rule] = [
        .word("[A-Za-z]{1,2}[0-9]{6} ?[(（][0-9Aa][)）]", 0.3) { .when(Checksums.isHongKongID($0.compact), 0.9, "check digit in brackets (MOD 11)") },
        .word("[A-Za-z]{1,2}[0-9]{6}-?[0-9Aa]", 0.3) { .when(Checksums.isHongKongID($0.compact), 0.3, "check digit (MOD 11)") },
        .label("[A-Za-z]{1,2}[ -]?[0-9]{3}[ -]?[0-9]{3}[ -]?(?:[(（] ?[0-9Aa] ?[)）]|[0-9Aa])", 0.9) { .when(Checksums.isHongKongID($0.compact), 0.9,
            "check digit (MOD 11) after its name") },
        .spread(6...7, letters: ["[A-Za-z]", "[A-Za-z]?"]),
    ]
    let labels = [
        "香港身份证号码", "香港身份证号", "香港身份证", "香港居民身份证", "香港永久性居民身份证", "身份证号码", "身份证号", "身份证", "证件号码", "证件号", "hkid", "hkid no", "hk id", "hong kong id",
            "hong kong identity card", "id card", "id no", "xgsfz",
    ]
    let context = ["香港", "港人", "hong kong"]
    let fixtures = RecognizerFixtures(
        positive: [("香港身份证A123456(3)", "A123456(3)"), ("HKID: K9876545", "K9876545"), ("客户AB987654(3)到访", "AB987654(3)")],
        negative: ["香港身份证A123456(4)", "批次 K9876545", "型号 A1234567"])
}
