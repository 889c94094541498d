/// Country codes of telephone numbers, ITU-T E.164 (list of assigned codes).
enum CallingCodes {
    private static let two: Set<Int> = [
        20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86,
            90, 91, 92, 93, 94, 95, 98,
    ]
    private static let unassigned: Set<Int> = [
        210, 214, 215, 217, 219, 259, 279, 287, 288, 289, 292, 293, 294, 295, 296, 384, 388, 424, 425, 426, 427, 428, 429, 693, 694, 695, 696, 697, 698,
            699, 801, 802, 803, 804, 805, 806, 807, 809, 851, 854, 857, 858, 859, 871, 872, 873, 874, 875,
        876, 877, 879, 884, 885, 887, 889, 969, 978, 990, 991, 997, 999,
    ]

    /// Whether the digits begin with an assigned code other than China's, which has recognizers of its own, and are as many as its numbers have.
    static func isAssigned(_ digits: [Int]) -> Bool {
        guard digits.count >= 8 else { return false }
        let pair = digits[0] * 10 + digits[1]
        if digits[0] == 1 { return digits.count == 11 && digits[1] >= 2 && digits[4] >= 2 }
        if digits[0] == 7 { return digits.count == 11 }
        if pair == 86 { return false }
        return two.contains(pair) || !unassigned.contains(pair * 10 + digits[2])
    }
}
