/// Taiwan identity cards and resident certificates: a letter, 1, 2, 8 or 9, eight digits with a check.
struct TaiwanIDRecognizer: Recognizer {
    let card = TypeCard("taiwan-id", zh: "台湾身份证号", en: "Taiwan identity card", .identity)
    let rules: [Rule] = [
        .word("[A-Za-z][1289][0-9]{8}", 0.3) { .when(Checksums.isTaiwanID($0.compact), 0.5, "check digit of a Taiwan card (MOD 10)") },
        .label("[A-Za-z][ -]?[1289](?:[ ._*~/·—－-]?[0-9]){8}", 0.9) { .either(Checksums.isTaiwanID($0.compact), 0.9, "check digit after its name (M"
            + "OD 10)", 0.45, otherwise: "shape of a Taiwan card after its name") }, .label("[A-Da-d89][0-9A-Da-d]?[0-9]{8}", 0.4),
        .spread(9...9, letters: ["[A-Za-z]"]),
    ]
    let labels = [
        "台湾居留证统一证号", "台湾居留证", "统一證號", "居留證統一證號", "居留证统一证号", "外侨居留证号", "tw arc", "arc no", "arc number", "taiwan arc", "tw id", "tw id no",
        "taiwan resident", "national id tw",
        "台湾身份证号码", "台湾身份证号", "台湾身份证", "台湾居民身份证", "國民身分證", "国民身份证", "身分證字號", "身分证字号", "身份证字号", "统一证号", "身份证号码", "身份证号", "身份证", "证件号码", "证件号", "twid",
            "taiwan id", "roc id", "national id", "id no", "twsfz",
    ]
    let context = ["台湾", "台胞", "taiwan"]
    let fixtures = RecognizerFixtures(
        positive: [("台湾身份证A123456789", "A123456789"), ("身分證字號：F234567898", "F234567898"), ("TWID b200123459", "b200123459")],
        negative: ["台湾身份证A123456780", "批次 A123456789", "A123456780"])
}
