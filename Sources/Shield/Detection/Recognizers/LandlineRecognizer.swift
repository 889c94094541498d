/// Landline numbers with area code: 0XX-XXXXXXXX or 0XXX-XXXXXXX(X), hyphen, space or nothing between, area code in brackets too.
struct LandlineRecognizer: Recognizer {
    let type = SensitiveType.landline
    let context = ["电话", "座机", "联系", "热线", "传真", "tel", "phone"]
    let fixtures = RecognizerFixtures(
        positive: [("座机0591-87654321", "0591-87654321"), ("电话010 62345678", "010 62345678"), ("(0592)5123456", "(0592)5123456")],
        negative: ["请拨打12345", "金额0591元"])

    func candidates(in text: ScannedText) -> [Candidate] {
        var found = text.numberGroups(digitCountMax: 12).compactMap { group -> Candidate? in
            guard text.isFree(group.range), Self.isLandline(group.digits), group.parts.count <= 2 else { return nil }
            if group.parts.count == 2 {
                guard (3...4).contains(group.parts[0]) else { return nil }
                return Candidate(group.range.lowerBound, group.range.upperBound, confidence: 0.85, reasons: ["area code and number"])
            }
            return Candidate(group.range.lowerBound, group.range.upperBound, confidence: 0.45, reasons: ["digits of a landline, not separated"])
        }
        for (first, second) in zip(text.runs { $0.isASCIIDigit }, text.runs { $0.isASCIIDigit }.dropFirst()) {
            let gap = text.text(first.upperBound..<second.lowerBound)
            guard text.at(first.lowerBound - 1) == "(", gap == ")" || gap == ") ", (3...4).contains(first.count) else { continue }
            guard Self.isLandline(text.bytes(first) + text.bytes(second)), !(text.at(second.upperBound)?.isASCIIWord ?? false) else { continue }
            found.append(Candidate(first.lowerBound - 1, second.upperBound, confidence: 0.85, reasons: ["area code in brackets and number"]))
        }
        return found
    }

    /// Area codes are 010, 02X, or 0 and three digits from 3 on; numbers begin with 2 to 8 and have 7 or 8 digits.
    private static func isLandline(_ digits: [UInt8]) -> Bool {
        guard digits.count >= 10, digits[0] == 48 else { return false }
        let areaCount = digits[1] == 49 || digits[1] == 50 ? 3 : 4
        guard digits[1] != 48, areaCount == 4 || digits[1] == 50 || digits[2] == 48 else { return false }
        let number = digits.dropFirst(areaCount)
        return (7...8).contains(number.count) && (areaCount == 4 || number.count == 8) && (50...56).contains(number[areaCount])
    }
}
