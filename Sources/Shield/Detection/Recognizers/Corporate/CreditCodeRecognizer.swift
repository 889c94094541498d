/// Unified social credit codes, GB 32100-2015: department, category, region, organization code, check character.
struct CreditCodeRecognizer: Recognizer {
    let card = TypeCard("credit-code", zh: "统一社会信用代码", en: "Social credit code", .corporate)
    let rules: [Rule] = [
        .word("[1-9ANYany][1-59][ -]?[1-7][0-9]{5}[ -]?(?:[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy][ -]?){9}[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]", 0.3) { match in
            let bytes = match.compact
            guard bytes.count == 18, Checksums.isCreditCode(bytes) else { return .drop("wrong check character (MOD 31)") }
            let region = bytes[2..<8].map { Int($0) - 48 }
            let isAssigned = Checksums.isCreditCodeCategory(bytes) && (ChineseRegions.isRegion(region) || region[0] == 1 && region[1] == 0)
            if bytes.allSatisfy(Checksums.isDigit) { return .keep(isAssigned ? 0.6 : 0.3, "region and check character (MOD 31), digits only") }
            return .keep(isAssigned ? 0.95 : 0.6, "department, region and check character (MOD 31)")
        },
        .spread(17...18),
    ]
    let labels = [
        "社会信用码", "统一代码", "统一信用码", "企业信用代码", "社会统一信用代码", "三证合一代码", "信用代码号", "纳税识别号", "购方税号", "销方税号", "购买方税号", "销售方税号", "credit no",
        "uniform social credit code", "unified credit code", "social credit no", "usc code", "tax no", "tax id", "taxpayer id", "tyxym",
        "shtyxydm",
        "统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码证", "信用代码", "信用码", "营业执照号码", "营业执照注册号", "营业执照号", "营业执照", "纳税人识别号", "税号", "机构代码", "uscc", "usci",
        "credit code", "social credit code", "unified social credit code", "business license", "business license no", "tyshxydm", "tyxydm", "xydm",
        "shxydm", "nsrsbh", "yyzz", "yyzzh"]
    let fixtures = RecognizerFixtures(
        positive: [("统一社会信用代码91350100M000100Y43", "91350100M000100Y43"), ("营业执照91450100MA5KAB1C0A，", "91450100MA5KAB1C0A"),
            ("uscc: 91110108ma01c8jt8d", "91110108ma01c8jt8d"), ("甲方（12 350100 4880661231）", "12 350100 4880661231")],
        negative: ["批次91350100M000100Y44", "Q1350100M000100Y43", "91350100M000100Y4"])
}
