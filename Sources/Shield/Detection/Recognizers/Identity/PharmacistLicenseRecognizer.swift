/// Licensed pharmacists' registrations and other certificates of the health system: digits, or letters and digits, after their name.
struct PharmacistLicenseRecognizer: Recognizer {
    let card = TypeCard("pharmacist-license", zh: "药师注册证号", en: "Pharmacist license", .identity)
    let rules: [Rule] = [.label("[A-Za-z]{0,4}[0-9]{8,20}", 0.85),
        .spread(8...24),
    ]
    let labels = ["执业药师注册证号", "执业药师注册证编号", "执业药师注册证", "执业药师证号", "执业药师证", "药师注册号", "药师证号", "药师资格证号", "乡村医生证号", "助产士证号", "pharmacist license",
        "pharmacist no", "yszc", "zyys"]
    let fixtures = RecognizerFixtures(
        positive: [("执业药师注册证号：351219010123", "351219010123"), ("pharmacist license: ZY00123456", "ZY00123456")], negative: ["351219010123", "执业药师证考试",
            "订单 351219010123"])
}
