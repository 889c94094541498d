/// Numbers of marriage and divorce certificates (Ministry of Civil Affairs, 2004): J, L or their reissues BJ, BL, region, year, sequence.
struct MarriageCertificateRecognizer: Recognizer {
    let card = TypeCard("marriage-certificate", zh: "婚姻登记证字号", en: "Marriage certificate", .identity)
    let rules: [Rule] = [
        .word("[Bb]?[JLjl][0-9]{6}[ -]?(?:19|20)[0-9]{2}[ -]?[0-9]{6}", 0.4) { match in
            .when(ChineseRegions.isRegion(match.digits), match.bytes.contains(UInt8(ascii: "-")) ? 0.85 : 0.5, "region, year and sequence",
                otherwise: "no region in its place")
        },
        .label("(?:[Bb]?[JLjl](?:[ ._*~/·—－-]?[0-9]){16}|[\u{4E00}-\u{9FFF}]{1,6}[结离]字第? ?[0-9]{4,14}号?|[0-9]{6}-[0-9]{4}-[0-9]{6})", 0.9),
        .spread(14...16),
    ]
    let labels = ["结婚证字号", "结婚证编号", "结婚证号", "结婚证", "离婚证字号", "离婚证编号", "离婚证号", "离婚证", "婚姻登记证", "婚姻登记字号", "登记字号", "marriage certificate",
        "divorce certificate", "marriage cert no", "jhz", "jhzh", "lhzh"]
    let fixtures = RecognizerFixtures(
        positive: [("结婚证字号：J110105-2020-000001", "J110105-2020-000001"), ("于2019年登记，L350102-2019-000123。", "L350102-2019-000123"),
            ("jhzh=j1101052020000001", "j1101052020000001")],
        negative: ["型号 J110105-20-01", "J990105-2020-000001", "结婚证照片"])
}
