/// Filings of websites with the public security organs: a province, 公网安备, 14 digits, 号.
struct PublicSecurityFilingRecognizer: Recognizer {
    let card = TypeCard("public-security-filing", zh: "公安备案号", en: "Public security filing", .corporate)
    let rules: [Rule] = [.literal(ChineseRegions.letters.map { $0 + "公网安备" }, ChineseRegions.letterPattern + "公网安备 ?[0-9]{11,14} ?(?:号)?(?:-[0-9]{1,3})?",
        0.95)]
    let labels = [
        "公安联网备案号", "网安备案号", "网安备案", "公安网备号", "联网备案号", "公网安备", "psb filing no", "psb no", "police filing", "police filing no", "police icp",
        "network security filing", "gawa", "gabah", "wabah",
        "公安备案号", "公网安备号", "公安联网备案", "psb filing"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("京公网安备11010502030123号", "京公网安备11010502030123号"), ("闽公网安备 35010202001234号", "闽公网安备 35010202001234号")],
        negative: ["公网安备查询", "京公网安备"])
}
