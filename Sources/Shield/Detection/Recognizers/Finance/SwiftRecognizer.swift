/// Business identifier codes of banks, ISO 9362: four letters, a country, two characters and three for a branch.
struct SwiftRecognizer: Recognizer {
    let card = TypeCard("swift-code", zh: "SWIFT 代码", en: "SWIFT code", .finance)
    let rules: [Rule] = [.label("[A-Za-z]{6}[A-Za-z0-9]{2}(?:[A-Za-z0-9]{3})?", 0.88) { .when(CountryCodes.isAssigned($0.compact.dropFirst(4).prefix(2)),
        0.88, "bank and country after its name", otherwise: "no country in its place") }]
    let labels = ["swift代码", "swift码", "swift号", "swift", "swift code", "swift bic", "bic code", "bic", "银行国际代码", "国际电汇代码", "电汇代码", "银行识别码"]
    let negativeContext = ["语言", "编程", "taylor", "ios", "xcode"]
    let fixtures = RecognizerFixtures(positive: [("SWIFT代码：ICBKCNBJFJN", "ICBKCNBJFJN"), ("bic: bkchcnbj300", "bkchcnbj300")],
        negative: ["swift codable", "ICBKCNBJ", "swift 语言 6.2"])
}
