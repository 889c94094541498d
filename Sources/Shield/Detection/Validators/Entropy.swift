/// How random a text looks, to tell keys from words.
enum Entropy {
    /// Shannon entropy in bits a byte.
    static func bits(_ bytes: some Collection<UInt8>) -> Double {
        guard !bytes.isEmpty else { return 0 }
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        let total = Double(bytes.count)
        // log2 without Foundation: the sum of small counts is exact enough by series, but a table of halves is simpler and bounded.
        return counts.reduce(0.0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / total
            return sum - share * log2(share)
        }
    }

    /// Whether a text of letters and digits could be a generated key: enough different bytes for its length, and no run of one byte.
    static func isRandom(_ bytes: some Collection<UInt8>, atLeast threshold: Double = 3) -> Bool { bits(bytes) >= threshold }

    /// Whether digits and letters are mixed as in a key, not one number after one word.
    static func changesBetweenLettersAndDigits(_ bytes: some Collection<UInt8>) -> Int {
        var changes = 0
        var last: Bool?
        for byte in bytes where Checksums.isDigit(byte) || Checksums.isLetter(byte) {
            let isDigit = Checksums.isDigit(byte)
            if let last, last != isDigit { changes += 1 }
            last = isDigit
        }
        return changes
    }

    /// The base-2 logarithm of a number between 0 and 1: exponent and a series of the significand.
    private static func log2(_ value: Double) -> Double {
        guard value > 0 else { return 0 }
        let ratio = (value.significand - 1) / (value.significand + 1)
        let square = ratio * ratio
        var term = ratio
        var sum = 0.0
        for index in 0..<20 {
            sum += term / Double(2 * index + 1)
            term *= square
        }
        return Double(value.exponent) + 2 * sum * 1.442695040888963
    }
}
