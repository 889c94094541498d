/// Resident identity numbers, GB 11643-1999: 18 characters with region, date and check; 15 digits (the old form, no check) only after a context word.
struct ResidentIDRecognizer: Recognizer {
    let type = SensitiveType.residentID
    let context = ["身份证", "证件号", "公民身份号码", "id card", "身份号"]
    let fixtures = RecognizerFixtures(
        positive: [("身份证号11010519491231002X。", "11010519491231002X"), ("证件号码：１１０１０５１９４９１２３１００２Ｘ", "１１０１０５１９４９１２３１００２Ｘ")],
        negative: ["订单号110105194912310021", "编码11010519491331002X"])

    func candidates(in text: ScannedText) -> [Candidate] {
        text.words().compactMap { range in
            let bytes = text.bytes(range)
            if bytes.count == 18, Self.isRegion(bytes), Checksums.isDate(bytes[6..<14]) {
                guard Checksums.isResidentID(bytes) else {
                    return Candidate(range.lowerBound, range.upperBound, confidence: 0.1, reasons: ["shape and date of a resident ID, wrong check digit"])
                }
                return Candidate(range.lowerBound, range.upperBound, confidence: 1, reasons: ["region, date and check digit (MOD 11-2)"])
            }
            guard bytes.count == 15, bytes.allSatisfy(Checksums.isDigit), Self.isRegion(bytes),
                Checksums.isDate([49, 57] + bytes[6..<12])
            else { return nil }
            return Candidate(range.lowerBound, range.upperBound, confidence: 0.3, reasons: ["region and date of a 15-digit resident ID"])
        }
    }

    /// The first two digits of GB/T 2260, and 81-83 for residence permits of Hong Kong, Macau and Taiwan.
    private static func isRegion(_ bytes: [UInt8]) -> Bool {
        guard bytes.prefix(2).allSatisfy(Checksums.isDigit) else { return false }
        let code = Int(bytes[0] - 48) * 10 + Int(bytes[1] - 48)
        return [11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71...71, 81...83].contains { $0.contains(code) }
    }
}
