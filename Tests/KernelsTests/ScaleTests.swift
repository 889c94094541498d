import Core
import Kernels
import Testing

extension ProductTests {
    /// Exponents are added to scales: scales that are zero, of either sign, must stay zero, negative ones keep their sign, and no activation may leave the range of exponents.
    @Test(arguments: sets, [PackedFormat.q4, .q5])
    func scalesThatAreZeroStayZero(set: InstructionSet, format: PackedFormat) throws {
        #expect(set.use() == set)
        defer { InstructionSet.best.use() }
        let pool = try ThreadPool(width: 1)
        var random = SeededRandom(seed: 79)
        let (matrix, _) = Self.sample(format, rows: 34, columns: 256, tokens: 1, &random)
        // 0, -0, -2 and the least half, 2^-24, in place of every block's scale.
        let scales: [(bits: UInt16, value: Double)] = [(0, 0), (0x8000, 0), (0xc000, -2), (1, 0x1p-24)]
        let blockBytes = format.sourceByteCount(columns: 32)
        let rows = matrix.enumerated().map { index, row in
            var (copy, (bits, value)) = (row, scales[index % 4])
            for block in 0..<8 {
                let old = Double(Float16(bitPattern: UInt16(row.bytes[block * blockBytes]) | UInt16(row.bytes[block * blockBytes + 1]) << 8))
                (copy.bytes[block * blockBytes], copy.bytes[block * blockBytes + 1]) = (UInt8(bits & 255), UInt8(bits >> 8))
                for place in block * 32..<(block + 1) * 32 { copy.values[place] = (row.values[place] / old).rounded() * value }
            }
            return copy
        }
        for size in [Float(1), 1e-37, 1e30] {
            let x = (0..<31 * 256).map { _ in Float.random(in: -size...size, using: &random) }
            for tokens in [1, 31] {
                let out = try product(rows, format, Array(x.prefix(tokens * 256)), tokens: tokens, columns: 256, pool: pool)
                for token in 0..<tokens { for (index, row) in rows.enumerated() {
                    let value = Double(out[token * 48 + index])
                    let terms = zip(row.values, x[token * 256..<(token + 1) * 256]).map { $0 * Double($1) }
                    // Activations are rounded to a 127th of the largest at worst; what is smaller than the smallest exponent is nothing.
                    let bound = row.values.reduce(0) { $0 + abs($1) } * (Double(size) / 64 + 0x1p-100)
                    #expect(index % 4 < 2 ? value == 0 : abs(value - terms.reduce(0, +)) <= bound, "\(format) \(size), token \(token), row \(index)")
                } }
            }
        }
    }
}
