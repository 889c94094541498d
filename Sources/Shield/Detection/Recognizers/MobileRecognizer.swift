/// Mobile numbers of mainland China: 11 digits from 13 to 19, also as 3-4-4 and after +86 or 0086.
struct MobileRecognizer: Recognizer {
    let type = SensitiveType.mobile
    let context = ["电话", "手机", "联系", "号码", "致电", "微信", "tel", "phone", "mobile"]
    let fixtures = RecognizerFixtures(
        positive: [("电话13800138000", "13800138000"), ("请拨138-0013-8000", "138-0013-8000"), ("+86 13912345678", "+86 13912345678")],
        negative: ["快递单号13800138000", "12345678901", "913800138000"])

    func candidates(in text: ScannedText) -> [Candidate] {
        text.numberGroups(digitCountMax: 15).compactMap { group in
            var digits = group.digits
            var parts = group.parts
            var start = group.range.lowerBound
            var reasons = ["eleven digits of a mobile number"]
            if digits.count > 11 {
                let prefix = digits.count - 11
                let code = Array(digits.prefix(prefix))
                guard code == Array("86".utf8) && text.at(start - 1) == "+" || code == Array("0086".utf8) else { return nil }
                if text.at(start - 1) == "+" { start -= 1 }
                digits.removeFirst(prefix)
                if parts.first == prefix { parts.removeFirst() } else { parts[0] -= prefix }
                reasons.append("country code 86")
            }
            guard digits.count == 11, digits[0] == 49, digits[1] >= 51, text.isFree(start..<group.range.upperBound),
                parts == [11] || parts == [3, 4, 4] || parts == [3, 8]
            else { return nil }
            return Candidate(start, group.range.upperBound, confidence: 0.8, reasons: reasons)
        }
    }
}
