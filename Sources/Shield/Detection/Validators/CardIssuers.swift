/// First digits of payment cards (ISO/IEC 7812-1, issuer identification numbers) with the lengths that belong to them.
enum CardIssuers {
    /// Whether the first digits are of a card scheme, and the length one that it issues.
    static func isKnown(_ digits: [Int]) -> Bool {
        guard digits.count >= 12 else { return false }
        let two = digits[0] * 10 + digits[1]
        let three = two * 10 + digits[2]
        let four = three * 10 + digits[3]
        switch digits.count {
        case 13: return digits[0] == 4
        case 14: return two == 36 || two == 38 || two == 39 || (300...305).contains(three)
        case 15: return two == 34 || two == 37 || four == 1800 || four == 2131
        case 16:
            if digits[0] == 4 || (51...55).contains(two) || (2221...2720).contains(four) || (3528...3589).contains(four) { return true }
            return two == 62 || four == 6011 || (644...649).contains(three) || two == 65 || three == 603 || three == 601
        case 17, 18: return two == 62
        case 19: return two == 62 || three == 603 || three == 690 || three == 955 || four == 9558
        default: return false
        }
    }
}
