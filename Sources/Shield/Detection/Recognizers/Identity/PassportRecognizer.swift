/// Chinese ordinary passports: E and 8 digits, since April 2017 E, a letter (no I, O) and 7 digits; before, G and 8 digits, or 9 digits from 14 or 15 on.
/// One letter and digits is the shape of many codes, so a context word is needed for a finding.
struct PassportRecognizer: Recognizer {
    let card = TypeCard("passport", zh: "护照号", en: "Passport", .identity)
    let rules: [Rule] = [
        .word("(?:[EeGg][0-9]{8}|[Ee][A-HJ-NP-Za-hj-np-z][0-9]{7})", 0.4, "shape of a passport number"),
        .label("(?:[EeGg][ -]?[0-9]{4}[ -]?[0-9]{4}|[EeGg][ -][0-9]{2,3}[ -]?[0-9]{2,3}[ -]?[0-9]{2,3}|[Ee][A-HJ-NP-Za-hj-np-z][ -]?[0-9]{3,4}[ -]?[0"
            + "-9]{3,4}|1[45][0-9][ -]?[0-9]{3}[ -]?[0-9]{3})", 0.85) { match in
            .when(match.compact.count == 9, 0.85, "passport number after its name", otherwise: "wrong length of a passport number")
        },
        .label("[0-9]{9}", 0.82, "nine digits, as other countries number passports"), .label("[A-DFH-Za-dfh-z][A-Za-z]?[0-9]{6,8}", 0.8), .spread(7...9, 0.87),
    ]
    let labels = [
        "外籍护照号", "外籍人员护照号", "外籍人员护照", "外国人护照号", "国际护照", "公务护照号码", "旅行证件号", "passportno", "passport id no",
        "old passport", "public affairs passport", "hz no", "huzhao",
        "护照号码", "护照编号", "护照号", "护照", "普通护照", "因私护照", "中国护照", "旅行证件号码", "证件号码", "证件号", "passport", "passport no", "passport number", "passport num",
            "passport id", "pp no", "hzh", "hzhm", "hzhao", "travel document",
    ]
    let context = ["出境", "出入境", "签证", "visa"]
    let fixtures = RecognizerFixtures(
        positive: [("护照号E12345678", "E12345678"), ("passport EA1234567", "EA1234567"), ("passport_no: g 1234 5678", "g 1234 5678"), ("护照号码为140012345",
            "140012345")],
        negative: ["型号E12345678", "护照E1234567", "E12345678", "序列号 EA1234567"])
}
