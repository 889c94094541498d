import Core
import Foundation
import Kernels
import Testing

@testable import Tensors

/// Every operator against central differences.
@Suite struct GradientTests {
    /// An operator and the shapes of its operands.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let shapes: [[Int]]
        /// Smallest and largest value of the operands.
        var range: ClosedRange<Float> = -1.5...1.5
        let apply: @Sendable ([Tensor]) throws -> Tensor

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "add", shapes: [[2, 3], [2, 3]]) { try $0[0] + $0[1] },
        Case(name: "add, a row for all", shapes: [[2, 3, 4], [4]]) { try $0[0] + $0[1] },
        Case(name: "subtract, a column for all", shapes: [[2, 1], [2, 5]]) { try $0[0] - $0[1] },
        Case(name: "multiply, a number of each plane", shapes: [[2, 3, 2, 2], [3, 1, 1]]) { try $0[0] * $0[1] },
        Case(name: "divide", shapes: [[3, 2], [1, 2]], range: 0.5...2) { try $0[0] / $0[1] },
        Case(name: "the same operand twice", shapes: [[5]]) { try $0[0] * $0[0] + $0[0] },
        Case(name: "negative", shapes: [[4]]) { try -$0[0] },
        Case(name: "exponential", shapes: [[2, 9]]) { try $0[0].exponential() },
        Case(name: "logarithm", shapes: [[17]], range: 0.3...3) { try $0[0].logarithm() },
        Case(name: "square root", shapes: [[17]], range: 0.3...3) { try $0[0].squareRoot() },
        Case(name: "tanh", shapes: [[18]]) { try $0[0].tanh() },
        Case(name: "sigmoid", shapes: [[18]]) { try $0[0].sigmoid() },
        Case(name: "relu", shapes: [[18]]) { try ($0[0] + 0.013).relu() },
        Case(name: "gelu", shapes: [[18]]) { try $0[0].gelu() },
        Case(name: "silu", shapes: [[18]]) { try $0[0].silu() },
        Case(name: "squared", shapes: [[3, 3]]) { try $0[0].squared() },
        Case(name: "matrix product", shapes: [[3, 4], [4, 2]]) { try $0[0].multiplied(by: $0[1]) },
        Case(name: "matrix product, transposed", shapes: [[2, 3, 4], [5, 4]]) { try $0[0].multiplied(byTransposed: $0[1]) },
        Case(name: "stacked products", shapes: [[2, 3, 4], [2, 4, 2]]) { try $0[0].multiplied(by: $0[1]) },
        Case(name: "stacked products, transposed", shapes: [[2, 2, 3, 4], [2, 2, 5, 4]]) { try $0[0].multiplied(byTransposed: $0[1]) },
        Case(name: "reshape", shapes: [[2, 6]]) { try $0[0].reshaped([3, -1]) },
        Case(name: "permute", shapes: [[2, 3, 4]]) { try $0[0].permuted([2, 0, 1]) },
        Case(name: "transpose", shapes: [[2, 3]]) { try $0[0].transposed() },
        Case(name: "slice", shapes: [[2, 5, 3]]) { try $0[0].sliced(1..<4, of: 1) },
        Case(name: "join", shapes: [[2, 1, 3], [2, 2, 3]]) { try Tensor.joined($0, along: 1) },
        Case(name: "sum", shapes: [[2, 3]]) { try $0[0].sum() },
        Case(name: "mean", shapes: [[2, 3]]) { try $0[0].mean() },
        Case(name: "sum over the first dimension", shapes: [[3, 4]]) { try $0[0].sum(over: 0) },
        Case(name: "mean over the last dimension", shapes: [[3, 4]]) { try $0[0].mean(over: -1) },
        Case(name: "softmax", shapes: [[3, 5]]) { try $0[0].softmax() },
        Case(name: "log softmax", shapes: [[3, 5]]) { try $0[0].logSoftmax() },
        Case(name: "layer norm", shapes: [[3, 6], [6], [6]]) { try $0[0].layerNorm($0[1], $0[2]) },
        Case(name: "rms norm", shapes: [[3, 6], [6]]) { try $0[0].rmsNorm($0[1]) },
        Case(name: "embedding", shapes: [[5, 3]]) { try $0[0].rows([4, 0, 4, 2], shape: [2, 2]) },
        Case(name: "picked", shapes: [[3, 4]]) { try $0[0].picked([1, 3, 0]) },
        Case(name: "cross-entropy", shapes: [[4, 5]]) { try $0[0].crossEntropy([1, Tensor.ignoredLabel, 4, 0]) },
        Case(name: "cross-entropy, smoothed", shapes: [[2, 2, 5]]) { try $0[0].crossEntropy([1, 2, 4, 0], smoothing: 0.1) },
        Case(name: "divergence", shapes: [[3, 4], [3, 4]]) { try $0[0].divergence(from: $0[1]) },
        Case(name: "margin loss", shapes: [[7], [7]]) { try $0[0].marginLoss(over: $0[1], margin: 0.31) },
        Case(name: "squared loss", shapes: [[7], [7]]) { try $0[0].squaredLoss($0[1]) },
        Case(name: "convolution", shapes: [[2, 5, 4, 2], [3, 3, 3, 2]]) { try $0[0].convolved($0[1], stride: 2, padding: 1) },
        Case(name: "convolution, no padding", shapes: [[1, 4, 4, 2], [2, 2, 3, 2]]) { try $0[0].convolved($0[1]) },
        Case(name: "convolution with bias and rectifier", shapes: [[2, 4, 4, 2], [3, 2, 2, 2], [3]]) { try $0[0].convolved($0[1], bias: $0[2], isRectified: true) },
        Case(name: "convolution of sequences", shapes: [[2, 6, 3], [2, 3, 3]]) { try $0[0].convolvedSequences($0[1], padding: 1) },
        Case(name: "maximum of windows", shapes: [[2, 4, 4, 1]], range: -9...9) { try $0[0].pooledMaximum(Window(2, 2, stride: 2)) },
        Case(name: "mean of images", shapes: [[2, 2, 2, 3]]) { try $0[0].pooledMean() },
        Case(name: "attention", shapes: [[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]]) { try $0[0].attention(to: $0[1], values: $0[2], mask: Tensor.causalMask(3, in: $0[0].workspace)) },
        Case(name: "heads", shapes: [[2, 3, 4]]) { try $0[0].splitHeads(2).joinedHeads().squared() },
        Case(name: "rotary positions", shapes: [[1, 2, 3, 4]]) { try $0[0].rotated(base: 100, from: 2) },
        Case(name: "gated recurrence", shapes: [[2, 3, 2], [9, 2], [9, 3], [9], [9]]) {
            try GatedRecurrence(inputWeights: $0[1], stateWeights: $0[2], inputBias: $0[3], stateBias: $0[4])($0[0])
        },
        Case(name: "gated recurrence, reversed and masked", shapes: [[2, 3, 2], [9, 2], [9, 3], [9], [9]]) {
            let mask = try Tensor([1, 1, 0, 1, 1, 1], shape: [2, 3], in: $0[0].workspace)
            return try GatedRecurrence(inputWeights: $0[1], stateWeights: $0[2], inputBias: $0[3], stateBias: $0[4])($0[0], isReversed: true, mask: mask)
        },
        Case(name: "chain field", shapes: [[2, 4, 3], [3, 3], [3], [3]]) {
            try ChainField.loss($0[0], transitions: $0[1], starts: $0[2], ends: $0[3], tags: [[0, 2, 1, 1], [2, 0]])
        },
        Case(name: "chain field without padding", shapes: [[6, 3], [3, 3], [3], [3]]) {
            try ChainField.loss($0[0], transitions: $0[1], starts: $0[2], ends: $0[3], tags: [[0, 2, 1, 1], [2, 0]])
        },
        Case(name: "convolution in segments", shapes: [[9, 2], [3, 3, 2], [3]]) { try $0[0].convolvedSegments($0[1], bias: $0[2], segments: [0..<1, 1..<6, 6..<9], dilation: 2) },
        Case(name: "gated units", shapes: [[3, 10]]) { try $0[0].gated() },
        Case(name: "recurrence in segments", shapes: [[7, 12]]) { try $0[0].recurredSegments([0..<4, 4..<5, 5..<7]) },
        Case(name: "frozen product", shapes: [[3, 4]]) { try $0[0].multiplied(by: Self.frozen(5, 4, $0[0].workspace)) },
        Case(name: "frozen product with an adapter", shapes: [[3, 4], [3, 2], [5, 2]]) {
            let bias = try Tensor([1, 2, 3, 4, 5], shape: [5], in: $0[0].workspace)
            return try $0[0].multiplied(by: Self.frozen(5, 4, $0[0].workspace), bias: bias, adding: ($0[1], $0[2]))
        },
        Case(name: "scores of labels", shapes: [[4, 3]]) {
            try $0[0].labelScores([2, Tensor.ignoredLabel, 0, 6], head: Self.frozen(7, 3, $0[0].workspace)).logProbabilities
        },
        Case(name: "bags", shapes: [[4, 3]]) { try $0[0].bagged([[0, 2, 2], [], [1, 0]], scales: [0.5, 1, -2]) },
        Case(name: "frozen weights in bf16", shapes: [[4, 3]]) {
            try $0[0].multiplied(by: FrozenMatrix(CompactTensor((0..<15).map { Float($0 * 7 % 11) / 8 - 0.75 }, shape: [5, 3], in: $0[0].workspace)))
        },
        Case(name: "attention in segments", shapes: [[5, 8], [5, 4], [5, 4]]) {
            try $0[0].attention(to: $0[1], values: $0[2], AttentionLayout(segments: [0..<2, 2..<5], heads: 4, keyHeads: 2, headWidth: 2, scale: 0.7))
        },
        Case(name: "attention in a window", shapes: [[5, 4], [5, 2], [5, 2]]) {
            try $0[0].attention(to: $0[1], values: $0[2], AttentionLayout(segments: [0..<5], heads: 2, keyHeads: 1, headWidth: 2, scale: 0.7, window: 2))
        },
        Case(name: "bags of windows", shapes: [[11], [5]]) { try $0[0].baggedWindows([[0, 3, 3], [], [1, 2]], weights: $0[1], width: 4, step: 2) },
        Case(name: "rotary angles", shapes: [[3, 12]]) { try $0[0].rotated(by: Self.angles(interleaved: false), headWidth: 6) },
        Case(name: "rotary angles, interleaved", shapes: [[3, 12]]) { try $0[0].rotated(by: Self.angles(interleaved: true), headWidth: 6) },
        Case(name: "silu gate", shapes: [[3, 5], [3, 5]]) { try $0[0].siluGated($0[1]) },
        Case(name: "rms norm, frozen", shapes: [[3, 8]]) { try $0[0].rmsNorm(frozen: [0.5, -1, 2, 1.5], epsilon: 1e-5) },
        Case(name: "recomputed", shapes: [[2, 3], [3]]) { try Tensor.recomputed($0) { try ($0[0] * $0[1]).tanh() * $0[0] } },
        Case(name: "dropout", shapes: [[20]]) {
            var random = SeededRandom(seed: 4)
            return try $0[0].dropout(0.4, using: &random)
        },
    ]

    private static func frozen(_ outputs: Int, _ inputs: Int, _ workspace: Workspace) throws -> FrozenMatrix {
        try FrozenMatrix((0..<outputs * inputs).map { Float($0 * 7 % 11) / 7 - 0.7 }, outputs: outputs, inputs: inputs, in: workspace)
    }

    /// Two pairs of six values are rotated; the other two are not.
    private static func angles(interleaved: Bool) throws -> RotaryAngles {
        let angles = (0..<4).flatMap { position in [Float(position) * 0.9, Float(position) * 0.3] }
        return try RotaryAngles(cosines: angles.map { cos($0) }, sines: angles.map { sin($0) }, pairs: 2, isInterleaved: interleaved, positions: [0, 3, 1])
    }

    @Test(arguments: cases)
    func gradientsEqualDifferences(_ example: Case) throws {
        let workspace = Workspace(pool: try ThreadPool(width: 2))
        var random = SeededRandom(seed: 11)
        let values = example.shapes.map { shape in (0..<shape.reduce(1, *)).map { _ in Float.random(in: example.range, using: &random) } }
        var weights: Tensor?
        func loss(_ values: [[Float]], parameters: Bool) throws -> (loss: Tensor, operands: [Tensor]) {
            let operands = try zip(values, example.shapes).map { try Tensor($0, shape: $1, in: workspace) }.map { parameters ? $0.parameter() : $0 }
            let result = try example.apply(operands)
            // Each element counts differently, so that no error hides in a sum.
            if weights == nil { weights = try Tensor(uniform: 1, shape: result.shape, in: workspace, using: &random) }
            return (try (result * (weights ?? result)).sum(), operands)
        }
        let (value, operands) = try loss(values, parameters: true)
        let gradients = try value.gradients(of: operands)
        let step: Float = 0.01
        for operand in values.indices { for element in values[operand].indices {
            var (up, down) = (values, values)
            up[operand][element] += step
            down[operand][element] -= step
            let above = try loss(up, parameters: false).loss.item ?? .nan, below = try loss(down, parameters: false).loss.item ?? .nan
            let difference = (above - below) / (2 * step), exact = gradients[operand].values[element]
            #expect(abs(difference - exact) <= 2e-3 * max(1, abs(exact)), "operand \(operand), element \(element): \(exact), by difference \(difference)")
        } }
    }

    /// Neither the walk back nor the freeing of a long chain takes a frame of the stack for each step.
    @Test func longChainsNeedNoStack() throws {
        let workspace = Workspace(pool: try ThreadPool(width: 1))
        let start = try Tensor([1], shape: [1], in: workspace).parameter(), step = try Tensor([1e-5], shape: [1], in: workspace)
        var chain = start
        for index in 0..<60_000 { chain = index % 2 == 0 ? try chain + step : try chain * chain.detached() / chain.detached() }
        #expect(try chain.gradients(of: [start])[0].values[0].isFinite)
        chain = start
        #expect(workspace.usedByteCount < 4_096)
    }

    @Test func gradientsOfWhatIsNotUsedAreZero() throws {
        let workspace = Workspace(pool: try ThreadPool(width: 1))
        let (a, b) = (try Tensor([1, 2], shape: [2], in: workspace).parameter(), try Tensor([3], shape: [1], in: workspace).parameter())
        let gradients = try a.sum().gradients(of: [a, b])
        #expect(gradients[0].values == [1, 1] && gradients[1].values == [0])
        #expect(try !(a.detached() * b.detached()).wantsGradient)
        #expect { try a.gradients(of: [a]) } throws: { ($0 as? Fault)?.code == .tensorShape }
    }

    /// Results, losses and gradients are the same to the last bit, however many threads computed them.
    @Test func threadsDoNotChangeResults() throws {
        func run(width: Int) throws -> [[Float]] {
            let workspace = Workspace(pool: try ThreadPool(width: width))
            var random = SeededRandom(seed: 3)
            let x = try Tensor(normal: 1, shape: [70, 130], in: workspace, using: &random)
            let (w, b) = (try Tensor(normal: 0.1, shape: [90, 130], in: workspace, using: &random).parameter(), try Tensor(repeating: 0, shape: [90], in: workspace).parameter())
            let loss = try (x.multiplied(byTransposed: w) + b).gelu().softmax().squared().sum()
            let segments = (0..<14).map { $0 * 5..<$0 * 5 + 5 }
            let filters = try Tensor(normal: 0.1, shape: [48, 3, 130], in: workspace, using: &random).parameter(), bias = try Tensor(repeating: 0, shape: [48], in: workspace).parameter()
            let edges = try Tensor(normal: 1, shape: [8, 8], in: workspace, using: &random).parameter(), zeros = try Tensor(repeating: 0, shape: [8], in: workspace)
            let tags = (0..<14).map { index in (0..<5).map { Int32((index + $0 * 3) % 8) } }
            let deep = try ChainField.loss(
                x.convolvedSegments(filters, bias: bias, segments: segments, dilation: 2).recurredSegments(segments).gated(), transitions: edges, starts: zeros, ends: zeros, tags: tags)
            return try [loss.values, deep.values] + loss.gradients(of: [w, b]).map(\.values) + deep.gradients(of: [filters, bias, edges]).map(\.values)
        }
        let alone = try run(width: 1)
        #expect(try run(width: 2) == alone && run(width: 5) == alone)
    }
}
