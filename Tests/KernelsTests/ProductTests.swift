import Core
import Kernels
import Testing

/// Products against sums of doubles over weights decoded by the formats' definitions.
@Suite(.serialized) struct ProductTests {
    static let sets = InstructionSet.allCases.filter { set in
        defer { InstructionSet.best.use() }
        return set.use() == set
    }

    /// A random row in a format's file layout, and its values.
    struct Row {
        var bytes: [UInt8] = []
        var values: [Double] = []

        init(_ format: PackedFormat, columns: Int, random: inout SeededRandom) {
            switch format {
            case .f32:
                for _ in 0..<columns {
                    let value = Float.random(in: -1...1, using: &random)
                    values.append(Double(value))
                    bytes += Self.little(value.bitPattern, 4)
                }
            case .f16:
                for _ in 0..<columns { values.append(half(&random, scale: 1)) }
            case .bf16:
                for _ in 0..<columns {
                    let bits = Float.random(in: -1...1, using: &random).bitPattern & 0xFFFF_0000
                    values.append(Double(Float(bitPattern: bits)))
                    bytes += Self.little(bits >> 16, 2)
                }
            case .q8:
                for _ in 0..<columns / 32 {
                    let scale = half(&random, scale: 0.02)
                    for _ in 0..<32 {
                        let q = Int8.random(in: -128...127, using: &random)
                        bytes.append(UInt8(bitPattern: q))
                        values.append(scale * Double(q))
                    }
                }
            case .q4, .q5:
                for _ in 0..<columns / 32 { nibbles(format, random: &random) }
            case .q4K: for _ in 0..<columns / 256 { q4K(&random) }
            case .q6K: for _ in 0..<columns / 256 { q6K(&random) }
            }
        }

        private static func little(_ value: UInt32, _ count: Int) -> [UInt8] { (0..<count).map { UInt8((value >> ($0 * 8)) & 0xFF) } }

        /// Appends a positive half and returns its value.
        private mutating func half(_ random: inout SeededRandom, scale: Float) -> Double {
            let value = Float16(Float.random(in: 0.1...1, using: &random) * scale)
            bytes += Self.little(UInt32(value.bitPattern), 2)
            return Double(value)
        }

        private mutating func nibbles(_ format: PackedFormat, random: inout SeededRandom) {
            let scale = half(&random, scale: 0.1)
            let high = format == .q5 ? UInt32.random(in: 0...UInt32.max, using: &random) : 0
            if format == .q5 { bytes += Self.little(high, 4) }
            let packed = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            bytes += packed
            for index in 0..<32 {
                let low = Int(index < 16 ? packed[index] & 15 : packed[index - 16] >> 4)
                values.append(scale * Double(low + Int((high >> UInt32(index)) & 1) * 16 - (format == .q5 ? 16 : 8)))
            }
        }

        private mutating func q4K(_ random: inout SeededRandom) {
            let d = half(&random, scale: 0.01), least = half(&random, scale: 0.01)
            let scales = (0..<12).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let quants = (0..<128).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            bytes += scales + quants
            for block in 0..<8 {
                let scale = block < 4 ? scales[block] & 63 : scales[block + 4] & 15 | ((scales[block - 4] >> 6) << 4)
                let minimum = block < 4 ? scales[block + 4] & 63 : scales[block + 4] >> 4 | ((scales[block] >> 6) << 4)
                for index in 0..<32 {
                    let byte = quants[block / 2 * 32 + index]
                    values.append(d * Double(scale) * Double(block % 2 == 0 ? byte & 15 : byte >> 4) - least * Double(minimum))
                }
            }
        }

        private mutating func q6K(_ random: inout SeededRandom) {
            let low = (0..<128).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let high = (0..<64).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let scales = (0..<16).map { _ in Int8.random(in: -64...64, using: &random) }
            bytes += low + high + scales.map { UInt8(bitPattern: $0) }
            let d = half(&random, scale: 0.001)
            for index in 0..<256 {
                let (part, n) = (index / 128, index % 128)
                let (quarter, l) = (n / 32, n % 32)
                let byte = low[part * 64 + l + 32 * (quarter % 2)]
                let q = Int(quarter < 2 ? byte & 15 : byte >> 4) | (Int((high[part * 32 + l] >> UInt8(2 * quarter)) & 3) << 4)
                values.append(d * Double(scales[part * 8 + l / 16 + quarter * 2]) * Double(q - 32))
            }
        }
    }

    /// What activations become: int8 by blocks of 32, ties to even.
    static func quantized(_ x: [Float]) -> [Double] {
        stride(from: 0, to: x.count, by: 32).flatMap { start -> [Double] in
            let block = x[start..<start + 32]
            let most = block.map(abs).max() ?? 0
            return block.map { most == 0 ? 0 : Double(($0 * (127 / most)).rounded(.toNearestOrEven)) * Double(most / 127) }
        }
    }

    @Test(arguments: sets, PackedFormat.allCases)
    func productsEqualSumsOfDoubles(set: InstructionSet, format: PackedFormat) throws {
        #expect(set.use() == set)
        defer { InstructionSet.best.use() }
        let pool = try ThreadPool(width: 1)
        var random = SeededRandom(seed: 77)
        for (rows, columns, tokens) in [(1, 256, 1), (16, 512, 2), (40, 256, 7), (33, 512, 13)] {
            let matrix = (0..<rows).map { _ in Row(format, columns: columns, random: &random) }
            let x = (0..<tokens * columns).map { _ in Float.random(in: -2...2, using: &random) }
            let out = try product(matrix, format, x, tokens: tokens, columns: columns, pool: pool)
            for token in 0..<tokens {
                let row = Array(x[token * columns..<(token + 1) * columns])
                let seen = format.isQuantized ? Self.quantized(row) : row.map(Double.init)
                for (index, weights) in matrix.enumerated() {
                    let terms = zip(weights.values, seen).map { $0 * $1 }
                    let exact = terms.reduce(0, +)
                    let size = terms.reduce(0) { $0 + abs($1) }
                    #expect(abs(Double(out[token * ((rows + 15) / 16 * 16) + index]) - exact) <= 2e-6 * size + 1e-9, "\(format) \(rows)x\(columns), token \(token), row \(index)")
                }
            }
        }
    }

    private func product(_ matrix: [Row], _ format: PackedFormat, _ x: [Float], tokens: Int, columns: Int, pool: ThreadPool) throws -> [Float] {
        // Two pieces, so that a group is gathered across them.
        let split = matrix.count / 3
        let pieces = [matrix[..<split], matrix[split...]].map { $0.flatMap(\.bytes) }
        let stride = (matrix.count + 15) / 16 * 16
        var out = [Float](repeating: .nan, count: tokens * stride)
        let packed = try unsafe pieces[0].withUnsafeBytes { first in
            try unsafe pieces[1].withUnsafeBytes { second in
                let sources = unsafe [(first, split), (second, matrix.count - split)].compactMap { bytes, rows in unsafe bytes.baseAddress.map { unsafe (pointer: $0, rows: rows) } }
                return try unsafe PackedMatrix.pack(sources, columns: columns, format: format, pool: pool)
            }
        }
        try unsafe out.withUnsafeMutableBufferPointer { target in
            try unsafe x.withUnsafeBufferPointer { values in
                guard let target = target.baseAddress, let values = values.baseAddress else { return }
                guard format.isQuantized else {
                    unsafe packed.multiply(dense: values, xStride: columns, tokens: tokens, into: target, outStride: stride, pool: pool)
                    return
                }
                let activations = Activations()
                try activations.resize(tokens: tokens, columns: columns)
                for token in 0..<tokens { unsafe activations.set(token, from: values + token * columns) }
                unsafe packed.multiply(activations, into: target, outStride: stride, pool: pool)
            }
        }
        return out
    }

    @Test func shapesThatNoBlockDividesAreRefused() throws {
        let pool = try ThreadPool(width: 1)
        #expect(throws: Fault.self) { try PackedMatrix.pack(floats: [Float](repeating: 0, count: 96), rows: 1, columns: 96, format: .q8, pool: pool) }
        #expect(throws: Fault.self) { try PackedMatrix.pack(floats: [1, 2, 3], rows: 2, columns: 2, format: .f32, pool: pool) }
        #expect(throws: Fault.self) { try Activations().resize(tokens: 1, columns: 33) }
    }

    @Test func roundingToQ8LosesLessThanHalfAStep() throws {
        let pool = try ThreadPool(width: 2)
        var random = SeededRandom(seed: 5)
        let values = (0..<20 * 128).map { _ in Float.random(in: -3...3, using: &random) }
        let matrix = try PackedMatrix.pack(floats: values, rows: 20, columns: 128, format: .q8, pool: pool)
        var x = [Float](repeating: 0, count: 128)
        var out = [Float](repeating: 0, count: 32)
        for column in stride(from: 0, to: 128, by: 17) {
            x[column] = 1
            try unsafe out.withUnsafeMutableBufferPointer { target in
                try unsafe x.withUnsafeBufferPointer { input in
                    guard let target = target.baseAddress, let input = input.baseAddress else { return }
                    let activations = Activations()
                    try activations.resize(tokens: 1, columns: 128)
                    unsafe activations.set(0, from: input)
                    unsafe matrix.multiply(activations, into: target, outStride: 32, pool: pool)
                }
            }
            for row in 0..<20 { #expect(abs(out[row] - values[row * 128 + column]) < 3.0 / 127 * 0.52) }
            x[column] = 0
        }
    }
}
