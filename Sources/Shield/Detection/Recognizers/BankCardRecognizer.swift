/// Bank card numbers (ISO/IEC 7812): 16 to 19 digits, Luhn, of UnionPay, Visa, Mastercard or JCB. One in ten random numbers passes Luhn, so other first
/// digits are not considered and a context word raises the confidence.
struct BankCardRecognizer: Recognizer {
    let type = SensitiveType.bankCard
    let context = ["卡号", "银行卡", "储蓄卡", "信用卡", "账号", "账户", "card"]
    let fixtures = RecognizerFixtures(
        positive: [("卡号6222021234567890128", "6222021234567890128"), ("银行卡 4111 1111 1111 1111", "4111 1111 1111 1111")],
        negative: ["卡号6222021234567890121", "运单号4111111111111111"])

    func candidates(in text: ScannedText) -> [Candidate] {
        text.numberGroups(digitCountMax: 19).compactMap { group in
            guard (16...19).contains(group.digits.count), text.isFree(group.range), Self.isGrouped(group.parts), Self.isIssuer(group.digits) else { return nil }
            guard Checksums.isLuhn(group.digits) else {
                return Candidate(group.range.lowerBound, group.range.upperBound, confidence: 0.05, reasons: ["length of a bank card, wrong check digit"])
            }
            return Candidate(group.range.lowerBound, group.range.upperBound, confidence: 0.7, reasons: ["issuer digits and check digit (Luhn)"])
        }
    }

    private static func isGrouped(_ parts: [Int]) -> Bool { parts.count == 1 || (parts.dropLast().allSatisfy { $0 == 4 } && (parts.last ?? 0) <= 4) }

    private static func isIssuer(_ digits: [UInt8]) -> Bool {
        let two = Int(digits[0] - 48) * 10 + Int(digits[1] - 48)
        return two == 62 || two == 60 || (40...49).contains(two) || (51...55).contains(two) || two == 35
    }
}
