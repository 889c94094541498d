/// Korean resident registration numbers: a date, a hyphen, a digit of sex and century, six more; since October 2020 without a check.
struct KoreaResidentRecognizer: Recognizer {
    let card = TypeCard("kr-rrn", zh: "韩国居民登记号", en: "Korean resident registration number", .international)
    let rules: [Rule] = [
        .word("[0-9]{6}[ -]?[0-8][0-9]{6}", 0.2) { match in
            guard Checksums.isKoreanResident(match.digits) else { return .drop("no date in its place") }
            let isRight = Checksums.isKoreanCheck(match.digits)
            let hasHyphen = match.bytes.contains(UInt8(ascii: "-"))
            return .keep(hasHyphen ? (isRight ? 0.7 : 0.4) : (isRight ? 0.3 : 0.15), isRight ? "date and check digit" : "date, no check digit")
        }]
    let labels = [
        "韩国居民登录号", "韩国身份证号", "韩国居民登录番号",
        "rrn", "주민등록번호", "주민번호", "resident registration number", "korean id", "韩国身份证", "韩国居民登记号", "외국인등록번호", "alien registration"]
    let fixtures = RecognizerFixtures(positive: [("주민등록번호 850612-1123452", "850612-1123452"), ("RRN: 990101-1234567", "990101-1234567")],
        negative: ["851312-1123456", "1700000000000", "990101-1234567"])
}
