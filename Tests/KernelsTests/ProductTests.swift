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
            case .q16:
                // Floats on the grid that their own largest value makes, so that nothing is rounded.
                for _ in 0..<columns / 64 {
                    let step = Float.random(in: 1e-5...1e-4, using: &random)
                    for index in 0..<64 {
                        let value = step * Float(index == 7 ? 16383 : Int.random(in: -16383...16383, using: &random))
                        values.append(Double(value))
                        bytes += Self.little(value.bitPattern, 4)
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

    /// Rows of a matrix and of activations.
    static func sample(_ format: PackedFormat, rows: Int, columns: Int, tokens: Int, _ random: inout SeededRandom) -> (matrix: [Row], x: [Float]) {
        let matrix = (0..<rows).map { _ in Row(format, columns: columns, random: &random) }
        return (matrix, (0..<tokens * columns).map { _ in Float.random(in: -2...2, using: &random) })
    }

    /// What activations become: integers by blocks of 32, ties to even; for super-blocks the step is the least power of two that is enough.
    static func quantized(_ x: [Float], for operand: PackedFormat.Operand) -> [Double] {
        guard operand != .floats else { return x.map(Double.init) }
        let highest: Float = operand == .words ? 4095 : 127
        return stride(from: 0, to: x.count, by: 32).flatMap { start -> [Double] in
            let block = x[start..<start + 32]
            let most = block.map(abs).max() ?? 0
            if operand == .shiftedBytes, most > 0 {
                let least = most / 127
                let step = least.significand == 1 ? least : least.binade * 2
                return block.map { Double(($0 / step).rounded(.toNearestOrEven)) * Double(step) }
            }
            return block.map { most == 0 ? 0 : Double(($0 * (highest / most)).rounded(.toNearestOrEven)) * Double(most / highest) }
        }
    }

    @Test(arguments: sets, PackedFormat.allCases)
    func productsEqualSumsOfDoubles(set: InstructionSet, format: PackedFormat) throws {
        #expect(set.use() == set)
        defer { InstructionSet.best.use() }
        let pool = try ThreadPool(width: 1)
        var random = SeededRandom(seed: 77)
        for (rows, columns, tokens) in [(1, 256, 1), (16, 512, 2), (40, 256, 7), (33, 512, 13), (40, 1280, 31)] {
            let (matrix, x) = Self.sample(format, rows: rows, columns: columns, tokens: tokens, &random)
            let out = try product(matrix, format, x, tokens: tokens, columns: columns, pool: pool)
            for token in 0..<tokens {
                let row = Array(x[token * columns..<(token + 1) * columns])
                let seen = Self.quantized(row, for: format.operand)
                for (index, weights) in matrix.enumerated() {
                    let terms = zip(weights.values, seen).map { $0 * $1 }
                    let exact = terms.reduce(0, +)
                    let size = terms.reduce(0) { $0 + abs($1) }
                    #expect(abs(Double(out[token * ((rows + 15) / 16 * 16) + index]) - exact) <= 2e-6 * size + 1e-9, "\(format) \(rows)x\(columns), token \(token), row \(index)")
                }
            }
        }
    }

    /// Bit for bit, whichever tile, panel or single row computes it.
    @Test(arguments: sets, PackedFormat.allCases)
    func aTokensResultDoesNotDependOnItsBatch(set: InstructionSet, format: PackedFormat) throws {
        #expect(set.use() == set)
        defer { InstructionSet.best.use() }
        let pool = try ThreadPool(width: 1)
        var random = SeededRandom(seed: 78)
        let (rows, columns, tokens) = (40, 1280, 31)
        let (matrix, x) = Self.sample(format, rows: rows, columns: columns, tokens: tokens, &random)
        let together = try product(matrix, format, x, tokens: tokens, columns: columns, pool: pool)
        let stride = together.count / tokens
        for token in [0, 5, 6, 17, 30] {
            let alone = try product(matrix, format, Array(x[token * columns..<(token + 1) * columns]), tokens: 1, columns: columns, pool: pool)
            #expect(Array(together[token * stride..<token * stride + rows]) == Array(alone.prefix(rows)), "\(format), token \(token)")
        }
    }

    func product(_ matrix: [Row], _ format: PackedFormat, _ x: [Float], tokens: Int, columns: Int, pool: ThreadPool) throws -> [Float] {
        // Two pieces, so that a group is gathered across them.
        let split = matrix.count / 3
        let pieces = [matrix[..<split], matrix[split...]].map { $0.flatMap(\.bytes) }
        let stride = (matrix.count + 15) / 16 * 16
        var out = [Float](repeating: .nan, count: tokens * stride)
        let packed = try unsafe pieces[0].withUnsafeBytes { first in
            try unsafe pieces[1].withUnsafeBytes { second in
                let sources = unsafe [(first, split), (second, matrix.count - split)].compactMap { bytes, rows in unsafe bytes.baseAddress.map { unsafe (pointer: $0, rows: rows) } }
                guard format == .q16 else { return try unsafe PackedMatrix.pack(sources, columns: columns, format: format, pool: pool) }
                return try PackedMatrix.pack(floats: Self.floats(pieces[0] + pieces[1]), rows: matrix.count, columns: columns, format: .q16, pool: pool)
            }
        }
        try unsafe out.withUnsafeMutableBufferPointer { target in
            try unsafe x.withUnsafeBufferPointer { values in
                guard let target = target.baseAddress, let values = values.baseAddress else { return }
                let groups = 0..<packed.groups
                guard format.operand != .floats else {
                    unsafe packed.multiply(dense: values, xStride: columns, tokens: tokens, groups: groups, into: target, outStride: stride)
                    return
                }
                let activations = Activations(operand: format.operand)
                try activations.resize(tokens: tokens, columns: columns)
                for token in 0..<tokens { unsafe activations.set(token, from: values + token * columns) }
                unsafe packed.multiply(activations, groups: groups, into: target, outStride: stride)
            }
        }
        return out
    }

    private static func floats(_ bytes: [UInt8]) -> [Float] {
        stride(from: 0, to: bytes.count, by: 4).map { start in Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32($1 * 8) }) }
    }

    @Test func shapesThatNoBlockDividesAreRefused() throws {
        let pool = try ThreadPool(width: 1)
        #expect(throws: Fault.self) { try PackedMatrix.pack(floats: [Float](repeating: 0, count: 96), rows: 1, columns: 96, format: .q8, pool: pool) }
        #expect(throws: Fault.self) { try PackedMatrix.pack(floats: [1, 2, 3], rows: 2, columns: 2, format: .f32, pool: pool) }
        #expect(throws: Fault.self) { try Activations().resize(tokens: 1, columns: 33) }
    }

    /// Rounding is half a step, and a little for the scale's own.
    @Test(arguments: [(PackedFormat.q8, 127.0), (.q16, 16383.0)])
    func roundingLosesLessThanHalfAStep(format: PackedFormat, steps: Double) throws {
        let pool = try ThreadPool(width: 2)
        var random = SeededRandom(seed: 5)
        let values = (0..<20 * 128).map { _ in Float.random(in: -3...3, using: &random) }
        let matrix = try PackedMatrix.pack(floats: values, rows: 20, columns: 128, format: format, pool: pool)
        for column in stride(from: 0, to: 128, by: 17) {
            for (row, weight) in try Self.column(column, of: matrix).enumerated() { #expect(abs(weight - values[row * 128 + column]) < Float(3.0 / steps * 0.52)) }
        }
    }

    /// Infinities and NaN have no place on a scale of integers: they become zero and leave the other weights as they were.
    @Test func weightsThatAreNoNumbersBecomeZero() throws {
        let pool = try ThreadPool(width: 1)
        var values = [Float](repeating: 0.5, count: 64)
        (values[3], values[40], values[41]) = (.nan, .infinity, -.infinity)
        for format in [PackedFormat.q8, .q16] {
            let matrix = try PackedMatrix.pack(floats: values, rows: 1, columns: 64, format: format, pool: pool)
            #expect(try [3, 40, 41].map { try Self.column($0, of: matrix)[0] } == [0, 0, 0])
            #expect(try abs(Self.column(4, of: matrix)[0] - 0.5) < 1e-3)
        }
    }

    /// A column of a packed matrix: its product with a unit vector.
    private static func column(_ column: Int, of matrix: PackedMatrix) throws -> [Float] {
        var x = [Float](repeating: 0, count: matrix.columns)
        var out = [Float](repeating: 0, count: matrix.groups * 16)
        x[column] = 1
        let activations = Activations(operand: matrix.format.operand)
        try activations.resize(tokens: 1, columns: matrix.columns)
        unsafe x.withUnsafeBufferPointer { input in if let input = input.baseAddress { unsafe activations.set(0, from: input) } }
        unsafe out.withUnsafeMutableBufferPointer { target in
            if let target = target.baseAddress { unsafe matrix.multiply(activations, groups: 0..<matrix.groups, into: target, outStride: matrix.groups * 16) }
        }
        return Array(out.prefix(matrix.rows))
    }
}
