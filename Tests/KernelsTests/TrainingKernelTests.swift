import Core
import Foundation
import Kernels
import Testing

/// What training needs, on every instruction set of this processor.
@Suite(.serialized) struct TrainingKernelTests {
    /// Sizes around those of tiles and blocks; factors as they lie and transposed; beginning and adding.
    @Test(arguments: ProductTests.sets, [(1, 1, 1), (6, 32, 256), (7, 33, 257), (49, 5, 520), (13, 64, 3)])
    func floatProductsEqualSumsOfDoubles(set: InstructionSet, sizes: (Int, Int, Int)) throws {
        #expect(set.use() == set)
        defer { InstructionSet.best.use() }
        let (m, n, k) = sizes
        let pool = try ThreadPool(width: 1)
        var random = SeededRandom(seed: UInt64(m * n + k))
        func values(_ count: Int) -> [Float] { (0..<count).map { _ in Float.random(in: -1...1, using: &random) } }
        let (a, b, start) = (values(m * k), values(k * n), values(m * n))
        let exact = (0..<m * n).map { place in (0..<k).reduce(0.0) { $0 + Double(a[place / n * k + $1]) * Double(b[$1 * n + place % n]) } }
        func turned(_ values: [Float], _ rows: Int, _ columns: Int) -> [Float] { (0..<columns * rows).map { values[$0 % rows * columns + $0 / rows] } }
        for isTurned in [false, true] { for isAdded in [false, true] {
            let (left, right) = isTurned ? (turned(a, m, k), turned(b, k, n)) : (a, b)
            var out = start
            try unsafe left.withUnsafeBufferPointer { left in
                try unsafe right.withUnsafeBufferPointer { right in
                    try unsafe out.withUnsafeMutableBufferPointer { out in
                        guard let left = left.baseAddress, let right = right.baseAddress, let out = out.baseAddress else { return }
                        let x = unsafe isTurned ? MatrixProduct.Operand(left, rowStride: m).transposed : MatrixProduct.Operand(left, rowStride: k)
                        let y = unsafe isTurned ? MatrixProduct.Operand(right, rowStride: k).transposed : MatrixProduct.Operand(right, rowStride: n)
                        try unsafe MatrixProduct.multiply(x, y, m: m, n: n, k: k, into: out, outStride: n, isAdded: isAdded, pool: pool, scratch: MatrixProduct.Scratch())
                    }
                }
            }
            for place in out.indices { #expect(abs(Double(out[place]) - exact[place] - (isAdded ? Double(start[place]) : 0)) <= 2e-6 * Double(k) + 1e-6) }
        } }
    }

    @Test(arguments: ProductTests.sets)
    func functionsEqualFoundations(set: InstructionSet) {
        #expect(set.use() == set)
        defer { InstructionSet.best.use() }
        let exact: [UnaryFunction: (Double) -> Double] = [
            .exponential: exp, .logarithm: log, .squareRoot: sqrt, .tanh: tanh, .sigmoid: { 1 / (1 + exp(-$0)) }, .relu: { max($0, 0) }, .gelu: { 0.5 * $0 * (1 + erf($0 / 2.0.squareRoot())) },
            .silu: { $0 / (1 + exp(-$0)) }, .negative: { -$0 }, .reciprocal: { 1 / $0 },
        ]
        // 37 values: whole vectors and a rest.
        let x = (0..<37).map { Float($0) * 0.37 + 0.01 }
        for function in UnaryFunction.allCases {
            let signed = [.logarithm, .squareRoot, .reciprocal].contains(function) ? x : x.map { $0 - 7 }
            var out = [Float](repeating: .nan, count: x.count)
            unsafe function.apply(signed, into: &out, count: out.count)
            for (value, operand) in zip(out, signed) {
                let expected = exact[function]?(Double(operand)) ?? .nan
                #expect(abs(Double(value) - expected) <= 1e-6 * max(0.3, abs(expected)), "\(function) \(operand)")
            }
        }
        var edges = [Float](repeating: 0, count: 3)
        unsafe UnaryFunction.logarithm.apply([0, -1, .infinity], into: &edges, count: 3)
        #expect(edges[0] == -.infinity && edges[1].isNaN)
    }

    /// An operand of step 0 is one number and is not read beyond.
    @Test(arguments: ProductTests.sets, [(1, 1), (1, 0), (0, 1), (0, 0)])
    func stepsRepeatAnOperand(set: InstructionSet, steps: (Int, Int)) {
        #expect(set.use() == set)
        defer { InstructionSet.best.use() }
        let (a, b) = ((0..<37).map { Float($0) - 11.5 }, (0..<37).map { Float($0) * 0.5 + 1 })
        let exact: [(BinaryFunction, (Float, Float) -> Float)] = [(.add, +), (.subtract, -), (.multiply, *), (.divide, /), (.maximum, max), (.reluSlope, { $0 > 0 ? $1 : 0 })]
        for (function, expected) in exact {
            var out = [Float](repeating: .nan, count: 37)
            unsafe function.apply(steps.0 == 1 ? a : [a[3]], steps.1 == 1 ? b : [b[5]], steps: steps, into: &out, count: 37)
            for index in 0..<37 { #expect(out[index] == expected(steps.0 == 1 ? a[index] : a[3], steps.1 == 1 ? b[index] : b[5]), "\(function)") }
        }
    }
}
