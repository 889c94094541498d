/// Tokens that may come next, one bit each.
struct TokenMask: Sendable {
    var words: [UInt64]
    /// How many there are, ends not counted.
    var count = 0
    /// Whether the text may end here.
    var canEnd = false

    func contains(_ token: Int32) -> Bool {
        let word = Int(token) >> 6
        return token >= 0 && word < words.count && words[word] >> UInt64(token & 63) & 1 == 1
    }

    /// Adds tokens; those out of range are left out.
    mutating func admit(_ tokens: Set<Int32>) {
        for token in tokens where token >= 0 && Int(token) >> 6 < words.count { words[Int(token) >> 6] |= 1 << UInt64(token & 63) }
    }

    /// The least token that may come next.
    var first: Int32? {
        words.firstIndex { $0 != 0 }.map { Int32($0 * 64 + words[$0].trailingZeroBitCount) }
    }

    /// Takes away the scores of all other tokens.
    func apply(to scores: UnsafeMutableBufferPointer<Float>) {
        var start = 0
        while start < scores.count {
            let end = min(start + 64, scores.count), word = start >> 6 < words.count ? words[start >> 6] : 0
            if word == 0 {
                for index in start..<end { unsafe scores[index] = -.infinity }
            } else if word != .max {
                for index in start..<end where word >> UInt64(index - start) & 1 == 0 { unsafe scores[index] = -.infinity }
            }
            start = end
        }
    }
}

/// Masks by state. Those that were not asked for while as many others came are forgotten.
struct MaskMemory: Sendable {
    /// The most masks that are held; a mask is a bit for each token.
    let countMax: Int
    private var newer: [Int32: TokenMask] = [:], older: [Int32: TokenMask] = [:]

    init(countMax: Int) { self.countMax = countMax }

    var count: Int { newer.count + older.count }

    mutating func find(_ state: Int32) -> TokenMask? {
        if let mask = newer[state] { return mask }
        guard let mask = older.removeValue(forKey: state) else { return nil }
        keep(mask, for: state)
        return mask
    }

    mutating func keep(_ mask: TokenMask, for state: Int32) {
        if newer.count >= countMax / 2 { (older, newer) = (newer, [:]) }
        newer[state] = mask
    }

    mutating func forget() { (newer, older) = ([:], [:]) }
}
