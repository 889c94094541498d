/// Keccak-256 as Ethereum uses it (the padding of the original submission, not of FIPS 202), for one block of at most 135 bytes.
enum Keccak256 {
    /// The digest, or nil for more than one block.
    static func digest(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count < 136 else { return nil }
        var block = bytes + [UInt8](repeating: 0, count: 136 - bytes.count)
        block[bytes.count] ^= 1
        block[135] ^= 0x80
        var state = [UInt64](repeating: 0, count: 25)
        for (index, byte) in block.enumerated() { state[index / 8] ^= UInt64(byte) << UInt64(index % 8 * 8) }
        permute(&state)
        return (0..<32).map { UInt8(truncatingIfNeeded: state[$0 / 8] >> UInt64($0 % 8 * 8)) }
    }

    /// Keccak-f[1600] (FIPS 202, 3.2). Lanes are counted x + 5 y.
    private static func permute(_ state: inout [UInt64]) {
        var register: UInt8 = 1
        for _ in 0..<24 {
            var columns = [UInt64](repeating: 0, count: 5)
            for index in 0..<25 { columns[index % 5] ^= state[index] }
            for index in 0..<25 {
                let turned: UInt64 = rotated(columns[(index + 1) % 5], by: 1)
                state[index] ^= columns[(index + 4) % 5] ^ turned
            }
            var moved = state
            var (x, y) = (1, 0)
            for step in 0..<24 {
                let target = (y, (2 * x + 3 * y) % 5)
                moved[target.0 + 5 * target.1] = rotated(state[x + 5 * y], by: (step + 1) * (step + 2) / 2 % 64)
                (x, y) = target
            }
            for index in 0..<25 {
                let row = index / 5 * 5
                let (next, far): (UInt64, UInt64) = (moved[row + (index + 1) % 5], moved[row + (index + 2) % 5])
                state[index] = moved[index] ^ (~next & far)
            }
            for bit in 0..<7 {
                if register & 1 == 1 { state[0] ^= 1 << UInt64((1 << bit) - 1) }
                register = register & 0x80 == 0 ? register << 1 : register << 1 ^ 0x71
            }
        }
    }

    private static func rotated(_ lane: UInt64, by count: Int) -> UInt64 { count == 0 ? lane : lane << UInt64(count) | lane >> UInt64(64 - count) }

    /// EIP-55: whether the case of an address's letters is that of the digest of its lower-case form. All lower or all upper carries no check.
    static func isMixedCaseAddress(_ hex: [UInt8]) -> Bool {
        let lower = hex.map { (65...90).contains($0) ? $0 + 32 : $0 }
        guard hex.count == 40, let digest = digest(lower) else { return false }
        return hex.enumerated().allSatisfy { index, byte in
            guard Checksums.isLetter(byte) else { return true }
            let nibble = index % 2 == 0 ? digest[index / 2] >> 4 : digest[index / 2] & 15
            return (nibble >= 8) == (65...90).contains(byte)
        }
    }
}
