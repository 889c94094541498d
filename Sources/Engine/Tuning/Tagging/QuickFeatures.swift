/// What of a text speaks of each token: itself and two neighbors on either side, pairs, threes, shapes, and of words their ends.
///
/// Each is hashed to 20 bits, its *print* (the hashing trick: Weinberger et al., Feature Hashing for Large Scale Multitask Learning, 2009). A bit of ``known`` says whether training saw it often enough; the first bits of a known print
/// are its row in the table. What is unknown has row 0, which is zero: most pairs of a new text cost a look at 128 KB that stay in a core's cache, not a wait for a row, and add no other feature's weight by chance.
struct QuickFeatures: Sendable, Hashable {
    /// Features of a token.
    static let count = 15
    static let printBits = 20

    /// A bit for each print.
    let known: [UInt32]
    /// What a print is shifted by, so that it is a row.
    let shift: UInt32

    /// - Parameters:
    ///   - bits: the table has two to the power of these rows; at most ``printBits``.
    ///   - known: 2^20 / 32 words.
    init(bits: Int, known: [UInt32]) { (shift, self.known) = (UInt32(Self.printBits - bits), known) }

    /// The row of a print; 0 for one that is unknown.
    @inline(__always)
    func row(_ print: UInt32) -> Int {
        // A mask and no branch: whether a print is known is a coin's throw.
        Int((print &>> shift) & (0 &- (known[Int(print &>> 5)] &>> (print & 31) & 1)))
    }

    @inline(__always)
    private static func pair(_ left: UInt32, _ right: UInt32) -> UInt32 {
        let value = (left &* 0x9E37_79B1) ^ (right << 15 | right >> 17)
        return value ^ value >> 15
    }

    /// Prints of all tokens, ``count`` each, one after another.
    static func prints(_ items: [QuickToken], into rows: inout [UInt32]) {
        let tokens = items.count - 2 * QuickTokens.padding
        if rows.count < tokens * Self.count { rows += [UInt32](repeating: 0, count: tokens * Self.count - rows.count) }
        var place = QuickTokens.padding, slot = 0
        var left = Self.pair(items[place - 1].hash, items[place].hash), before = Self.pair(items[place - 2].hash, items[place - 1].hash)
        while place < items.count - QuickTokens.padding {
            let token = items[place], one = items[place - 1], two = items[place - 2], next = items[place + 1], second = items[place + 2]
            let right = Self.pair(token.hash, next.hash), shapes = (token.shape << 12) ^ (one.shape << 6) ^ (next.shape << 18)
            func put(_ offset: Int, _ value: UInt32, _ factor: UInt32) { rows[slot + offset] = (value &* factor) >> UInt32(32 - Self.printBits) }
            put(0, token.hash, 0x9E37_79B1)
            put(1, one.hash, 0x85EB_CA77)
            put(2, next.hash, 0xC2B2_AE3D)
            put(3, two.hash, 0x27D4_EB2F)
            put(4, second.hash, 0x1656_67B1)
            put(5, left, 0xB529_7A4D)
            put(6, right, 0x68E3_1DA5)
            put(7, before, 0x1B56_C4E9)
            put(8, Self.pair(next.hash, second.hash), 0x7FEB_352D)
            put(9, Self.pair(left, next.hash), 0x846C_A68B)
            put(10, Self.pair(shapes ^ 0x5BD1, two.shape << 6 | second.shape), 0xD6E8_FEB9)
            put(11, Self.pair(before, items[place - 3].hash), 0xD3A2_646D)
            if token.prefix != 0 {
                put(12, Self.pair(token.prefix, shapes), 0xA369_5D4D)
                put(13, Self.pair(token.suffix, shapes), 0xCC9E_2D51)
                put(14, Self.pair(token.hash, token.shape), 0x1B87_3593)
            } else {
                put(12, Self.pair(one.hash, next.hash), 0xE654_6B65)
                put(13, Self.pair(token.hash, second.hash), 0xA2B3_5CD1)
                put(14, Self.pair(two.hash, token.hash), 0x94D0_49BB)
            }
            (before, left) = (left, right)
            place += 1
            slot += Self.count
        }
    }
}
