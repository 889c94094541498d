/// Filings of websites with the Ministry of Industry: a province, ICP备 or ICP证, digits, 号 and a number for the site.
struct ICPFilingRecognizer: Recognizer {
    let card = TypeCard("icp-filing", zh: "ICP 备案号", en: "ICP filing", .corporate)
    let rules: [Rule] = [
        .literal(ChineseRegions.letters.flatMap { head in ["I", "i", " I", "B"].map { head + $0 } },
            ChineseRegions.letterPattern + " ?(?:(?:ICP|icp) ?(?:备|证)|B2-) ?[0-9]{6,11} ?(?:号)?(?:-[0-9]{1,4})?[AX]?", 0.92)
    ]
    let labels = [
        "icp号", "icp许可证号", "icp许可证", "icp经营许可证号", "icp经营许可证", "icp证号", "icp证", "app备案号", "app备案", "小程序备案号", "小程序备案", "网站备案", "工信部备案号",
        "备案许可证号", "icp filing no", "icp number", "icp record", "website filing", "filing no", "filing number", "app icp", "icp备", "icpbah",
        "icpz", "babh",
        "icp备案号", "icp备案", "网站备案号", "备案号", "增值电信业务经营许可证", "icp filing", "icp license", "icp no", "wzbah"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("京ICP备12345678号-1", "京ICP备12345678号-1"), ("备案号：闽icp备2023001234号", "闽icp备2023001234号")],
        negative: ["ICP备案流程", "京ICP备案", "京ICP证"])
}
