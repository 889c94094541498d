import Core
import Kernels
import Testing

extension ProductTests {
    /// Which of a format's values a row is full of.
    enum Extreme: CaseIterable {
        case highest, lowest, alternating

        func isHigh(_ column: Int) -> Bool { self == .alternating ? column % 4 < 2 : self == .highest }
    }

    /// A row of the largest or smallest values of a format, with the largest factors that its super-blocks know.
    private static func row(_ format: PackedFormat, _ extreme: Extreme, columns: Int) -> Row {
        var random = SeededRandom(seed: 80)
        var row = Row(format, columns: columns, random: &random)
        let (block, blockBytes) = (format == .q4K || format == .q6K ? 256 : 32, format.sourceByteCount(columns: format == .q4K || format == .q6K ? 256 : 32))
        let scale = Float16(0.0078125), bits = [UInt8(scale.bitPattern & 255), UInt8(scale.bitPattern >> 8)]
        row.bytes = []
        for start in stride(from: 0, to: columns, by: block) {
            let isHigh = (0..<block).map { extreme.isHigh($0) }
            // Nibbles of a byte belong to columns with the same place in a quad.
            let nibbles = (0..<block / 2).map { isHigh[$0] ? UInt8(0xFF) : 0 }
            var integers: [Double]
            switch format {
            case .q8:
                row.bytes += bits + isHigh.map { $0 ? 0x7F : 0x80 }
                integers = isHigh.map { $0 ? 127 : -128 }
            case .q4:
                row.bytes += bits + nibbles
                integers = isHigh.map { $0 ? 7 : -8 }
            case .q5:
                let high = isHigh.enumerated().reduce(UInt32(0)) { $0 | ($1.element ? 1 << UInt32($1.offset) : 0) }
                row.bytes += bits + (0..<4).map { UInt8((high >> ($0 * 8)) & 255) } + nibbles
                integers = isHigh.map { $0 ? 15 : -16 }
            case .q4K:
                // All scales and minima 63.
                row.bytes += bits + bits + [UInt8](repeating: 0xFF, count: 12) + nibbles
                integers = isHigh.map { ($0 ? 15 : 0) * 63 - 63 }
            default:
                let factor: Int8 = extreme == .highest ? 127 : -128
                row.bytes += nibbles + nibbles.prefix(64) + [UInt8](repeating: UInt8(bitPattern: factor), count: 16) + bits
                integers = isHigh.map { ($0 ? 31 : -32) * Double(factor) }
            }
            for (index, value) in integers.enumerated() { row.values[start + index] = value * Double(scale) }
            #expect(row.bytes.count == (start / block + 1) * blockBytes)
        }
        return row
    }

    /// No sum saturates, whatever the weights and activations are: the largest products of one sign, and both in turn.
    @Test(arguments: sets, [PackedFormat.q8, .q4, .q5, .q4K, .q6K])
    func largestProductsAreExact(set: InstructionSet, format: PackedFormat) throws {
        #expect(set.use() == set)
        defer { InstructionSet.best.use() }
        let pool = try ThreadPool(width: 1)
        let (columns, tokens) = (256, 26)
        let rows = (0..<18).map { Self.row(format, Extreme.allCases[$0 % 3], columns: columns) }
        // 127 is its own step, so that nothing is rounded.
        let signs: [(Int) -> Float] = [{ _ in 1 }, { _ in -1 }, { $0 % 4 < 2 ? 1 : -1 }, { $0 % 2 == 0 ? 1 : -1 }, { $0 % 32 < 16 ? 1 : -1 }]
        let x = (0..<tokens * columns).map { index in 127 * signs[index / columns % signs.count](index % columns) }
        let together = try product(rows, format, x, tokens: tokens, columns: columns, pool: pool)
        for token in 0..<tokens {
            let activations = Array(x[token * columns..<(token + 1) * columns])
            // Those of the first tile are computed alone too.
            let alone = token < signs.count ? try product(rows, format, activations, tokens: 1, columns: columns, pool: pool) : nil
            for (index, row) in rows.enumerated() {
                let terms = zip(row.values, activations).map { $0 * Double($1) }
                let size = terms.reduce(0) { $0 + abs($1) }
                #expect(abs(Double(together[token * 32 + index]) - terms.reduce(0, +)) <= 2e-6 * size, "\(format), token \(token), row \(index)")
                if let alone { #expect(together[token * 32 + index] == alone[index], "\(format), token \(token), row \(index)") }
            }
        }
    }
}
