/// Old registration numbers of business licenses (GS 15-2006): 15 digits with a region, ISO 7064 MOD 11,10.
struct BusinessLicenseRecognizer: Recognizer {
    let card = TypeCard("business-license", zh: "营业执照注册号", en: "Business license", .corporate)
    let rules: [Rule] = [
        .word("[1-7][0-9]{5}[ -]?[0-9]{9}", 0.2) { .when(Checksums.isOldBusinessLicense($0.digits), 0.3, "region and check digit (MOD 11,10)") },
        .label("[1-7](?:[ ._*~/·—－-]?[0-9]){14}", 0.85) { match in
            .either(Checksums.isOldBusinessLicense(match.digits), 0.9, "check digit (MOD 11,10) after its name", 0.7, otherwise: "15 digits after its name")
        }, .label("[\u{4E00}-\u{9FFF}]{1,8}(?:字|副字)第? ?[0-9]{6,15}(?:-[0-9]{1,3})?号?", 0.85), .label("[0-9]{13}", 0.7),
        .spread(8...24),
    ]
    let labels = [
        "工商注册号码", "企业注册号码", "工商执照号", "执照注册号", "营业执照注册号码", "注册登记号", "商事登记号", "个体户注册号", "个体注册号", "商业登记号", "商业登记证号", "公司注册编号", "公司编号",
        "reg no", "registration no", "company no", "company number", "company registration no", "business registration number", "br no",
        "yyzzzch", "gszchm", "qyzch", "djh",
        "营业执照注册号", "营业执照号码", "营业执照号", "营业执照编号", "营业执照", "工商注册号", "工商登记号", "企业注册号", "注册号", "个体工商户注册号", "business license no", "business license",
        "business registration", "business registration no", "registration number", "yyzzh", "gszch", "zch"]
    let fixtures = RecognizerFixtures(positive: [("营业执照注册号：350100100012341", "350100100012341"), ("工商注册号 110108012345670", "110108012345670")],
        negative: ["350100100012341", "营业执照办理 3 天", "订单 350100100012341"])
}
