/// Unified social credit codes, GB 32100-2015.
struct CreditCodeRecognizer: Recognizer {
    let type = SensitiveType.creditCode
    let context = ["信用代码", "税号", "纳税人识别号", "执照", "uscc"]
    let fixtures = RecognizerFixtures(
        positive: [("统一社会信用代码91350100M000100Y43", "91350100M000100Y43"), ("营业执照91450100MA5KAB1C0A，", "91450100MA5KAB1C0A")], negative: ["批次91350100M000100Y44", "Q1350100M000100Y43"])

    func candidates(in text: ScannedText) -> [Candidate] {
        text.words().compactMap { range in
            let bytes = text.bytes(range)
            // The first character names the registering department: 1, 5, 9 and Y are most, 2-8, A and N the rest.
            guard bytes.count == 18, Array("123456789ANY".utf8).contains(Checksums.upper(bytes[0])), bytes[2..<8].allSatisfy(Checksums.isDigit) else { return nil }
            guard Checksums.isCreditCode(bytes) else { return nil }
            let isPlain = bytes.allSatisfy(Checksums.isDigit)
            return Candidate(
                range.lowerBound, range.upperBound, confidence: isPlain ? 0.6 : 0.95, reasons: ["region digits and check character (MOD 31)"])
        }
    }
}
