/// Resident identity numbers, GB 11643-1999: 18 characters with region, date and check; 15 digits (the form before 1999, no check) only near a context word.
struct ResidentIDRecognizer: Recognizer {
    let card = TypeCard("resident-id", zh: "身份证号", en: "Resident ID", .identity)
    let rules: [Rule] = [
        .word("[1-7][0-9](?:[ .-]?[0-9]){15}[ .-]?[0-9Xx]", 0.1) { match in
            let digits = match.compact.prefix(14).map { Int($0) - 48 }
            guard digits.allSatisfy({ (0...9).contains($0) }), ChineseRegions.isRegion(digits), Checksums.isDate(digits.suffix(8)) else {
                return .drop("no region and date of a resident ID")
            }
            return .either(Checksums.isResidentID(match.compact), 1, "region, date and check digit (MOD 11-2)", 0.1,
                otherwise: "shape and date of a resident ID, wrong check digit")
        },
        .word("[1-7][0-9]{5}[ -]?[0-9]{6}[ -]?[0-9]{3}", 0.3) { match in
            let digits = match.digits
            return .when(
                ChineseRegions.isRegion(digits) && Checksums.isDate([1, 9] + digits[6..<12]), 0.3, "region and date of a 15-digit resident ID",
                otherwise: "no region and date of a resident ID")
        },
        .spread(15...15, letters: []) { ChineseRegions.isRegion($0) && Checksums.isDate([1, 9] + $0[6..<12]) },
    ]
    let labels = [
        "身份证号码", "身份证号", "身份证", "居民身份证", "公民身份号码", "公民身份证号", "身份号码", "身份号", "证件号码", "证件号", "社会保障号码", "社会保障号", "社保号", "个人编号", "驾驶证号", "驾驶证编号", "驾照号", "证号",
            "残疾证", "户主身份证",
        "id card", "id no", "id number", "identity no", "identity number", "identity card", "citizen id", "resident id", "national id", "cert no",
            "certificate no", "idcard no", "id num", "sfz", "sfzh", "sfzhm", "zjh", "zjhm", "gmsfhm",
        "gmsfzh", "shbzh", "shbzhm",
    ]
    let context = ["身份", "证件", "实名", "户籍", "户口", "本人", "公民", "居民", "idcard"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [
            ("身份证号11010519491231002X。", "11010519491231002X"), ("证件号码：１１０１０５１９４９１２３１００２Ｘ", "１１０１０５１９４９１２３１００２Ｘ"), ("sfzh=11010519491231002x",
                "11010519491231002x"),
            ("{\"id_card\": \"110105 19491231 002X\"}", "110105 19491231 002X"), ("老身份证 350102670312123", "350102670312123"),
        ],
        negative: ["订单号110105194912310021", "编码11010519491331002X", "流水号350102670312123", "110105194912310029"])
}
