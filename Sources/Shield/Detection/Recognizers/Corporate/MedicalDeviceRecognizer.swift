/// Registrations and filings of medical devices: a region, 械注准, 械注进 or 械备, year and digits.
struct MedicalDeviceRecognizer: Recognizer {
    let card = TypeCard("medical-device", zh: "医疗器械注册证号", en: "Medical device registration", .corporate)
    let rules: [Rule] = [.literal(["械注准", "械注进", "械注许", "械备", "食药监械"],
        "(?:械注准|械注进|械注许|械备|食药监械(?:生产许|经营许|经营备|生产备)?(?:\\(准\\)字|\\(进\\)字)?) ?(?:第)?[0-9]{7,14}号?", 0.85) { match in
        // The region before it (国, or a province with its prefecture) belongs to the number.
        var start = match.range.lowerBound
        while start >= 3, match.range.lowerBound - start < 6, match.view[start - 3] >= 0xE4, match.view[start - 3] <= 0xE9 { start -= 3 }
        let heads = ["国"] + ChineseRegions.letters
        let before = String(decoding: match.view[start..<match.range.lowerBound], as: UTF8.self)
        guard let head = before.firstIndex(where: { heads.contains(String($0)) }) else { return .keep(0.7, "kind and number of a device") }
        return .span(match.range.lowerBound - before[head...].utf8.count..<match.range.upperBound, 0.9, "region, kind and number of a device")
    }]
    let labels = [
        "医疗器械注册证书", "医疗器械注册号", "医疗器械注册编号", "注册证号码", "注册证号", "注册证编码", "器械注册证", "器械注册证号", "器械备案号", "医疗器械备案编号", "医疗器械备案凭证", "医疗器械生产许可证号",
        "医疗器械经营许可证号", "医疗器械唯一标识", "udi码", "udi编码", "udi", "耗材编码", "医保耗材编码", "medical device", "medical device no", "medical device reg no",
        "device reg no", "device registration", "device registration no", "udi di", "ylqxzcz", "ylqxzczh", "zczbh", "qxzch",
        "医疗器械注册证编号", "医疗器械注册证号", "医疗器械注册证", "注册证编号", "医疗器械备案号", "备案凭证编号", "medical device registration", "ylqxzch"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(positive: [("注册证编号：国械注准20233140123", "国械注准20233140123"), ("闽械注准20232140045", "闽械注准20232140045")],
        negative: ["医疗器械注册", "国械注准", "器械备案"])
}
