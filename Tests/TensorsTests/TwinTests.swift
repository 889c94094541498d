import Core
import Kernels
import Support
import Testing

@testable import Tensors

/// Results and gradients beside those that PyTorch computed (`Benchmarks/tuning/make-fixtures`).
@Suite struct TwinTests {
    static let operators: [(name: String, apply: @Sendable ([Tensor]) throws -> Tensor)] = [
        ("gelu", { try $0[0].gelu() }), ("silu", { try $0[0].silu() }), ("tanh", { try $0[0].tanh() }), ("sigmoid", { try $0[0].sigmoid() }),
        ("exponential", { try $0[0].exponential() }), ("logarithm", { try $0[0].logarithm() }),
        ("matrix product, transposed", { try $0[0].multiplied(byTransposed: $0[1]) }), ("stacked products", { try $0[0].multiplied(by: $0[1]) }),
        ("softmax", { try $0[0].softmax() }), ("log softmax", { try $0[0].logSoftmax() }), ("layer norm", { try $0[0].layerNorm($0[1], $0[2]) }),
        ("rms norm", { try $0[0].rmsNorm($0[1]) }), ("cross-entropy, smoothed", { try $0[0].crossEntropy([1, Tensor.ignoredLabel, 4, 0], smoothing: 0.1) }),
        ("divergence", { try $0[0].divergence(from: $0[1]) }), ("convolution", { try $0[0].permuted([0, 2, 3, 1]).convolved($0[1].permuted([0, 2, 3, 1]), stride: 2, padding: 1).permuted([0, 3, 1, 2]) }),
        ("convolution of sequences", { try $0[0].permuted([0, 2, 1]).convolvedSequences($0[1].permuted([0, 2, 1]), padding: 1).permuted([0, 2, 1]) }), ("maximum of windows", { try $0[0].permuted([0, 2, 3, 1]).pooledMaximum(Window(2, 2, stride: 2)).permuted([0, 3, 1, 2]) }),
        ("attention", { try $0[0].attention(to: $0[1], values: $0[2], mask: Tensor.causalMask(5, in: $0[0].workspace)) }), ("rotary positions", { try $0[0].rotated(base: 100, from: 2) }),
        ("gated recurrence", { try GatedRecurrence(inputWeights: $0[1], stateWeights: $0[2], inputBias: $0[3], stateBias: $0[4])($0[0]) }),
        ("chain field", { try ChainField.loss($0[0], transitions: $0[1], starts: $0[2], ends: $0[3], tags: [[0, 2, 1, 1], [2, 0]]) }),
        ("convolution in segments", { try $0[0].convolvedSegments($0[1].permuted([0, 2, 1]), bias: $0[2], segments: [0..<5, 5..<6, 6..<13], dilation: 2) }), ("gated units", { try $0[0].gated() }),
        ("recurrence in segments", { try $0[0].recurredSegments([0..<5, 5..<6, 6..<9]) }),
        ("chain field without padding", { try ChainField.loss($0[0], transitions: $0[1], starts: $0[2], ends: $0[3], tags: [(0..<23).map { Int32($0 * 7 % 19) }, [18], [4, 0]]) }),
        ("bags of windows", { try $0[0].baggedWindows([[2, 0, 2, 5], [], [7, 7, 1]], weights: $0[1], width: 8, step: 3) }),
    ]

    /// Those that have operands of their own here, and the rest of `GradientTests` as they stand there. Dropout draws its own numbers.
    private static let all: [(name: String, apply: @Sendable ([Tensor]) throws -> Tensor)] = {
        let own = Set(operators.map(\.name))
        return operators + GradientTests.cases.filter { !own.contains($0.name) && $0.name != "dropout" }.map { ($0.name, $0.apply) }
    }()

    private func recorded() throws -> JSONValue {
        try JSONValue(parsing: TextDecoder.decode(try FileTree.read(Repository.path("Tests/Fixtures/tensors/operators.json"))).text)
    }

    private func floats(_ json: JSONValue?) -> [Float] { (json?.array ?? []).compactMap { $0.double.map { Float($0) } } }
    private func shape(_ json: JSONValue?) -> [Int] { (json?["shape"]?.array ?? []).compactMap(\.int) }

    /// The largest difference, relative to the largest value.
    private func distance(_ actual: [Float], _ expected: [Float]) -> Float {
        guard actual.count == expected.count else { return .infinity }
        let size = max(1e-3, expected.map(abs).max() ?? 0)
        return zip(actual, expected).map { abs($0 - $1) / size }.max() ?? 0
    }

    @Test(arguments: all.indices)
    func resultsAndGradientsEqualTheReference(index: Int) throws {
        let (name, apply) = Self.all[index]
        let example = try #require(try recorded()["cases"]?.array?.first { $0["name"]?.string == name }, "\(name) is not recorded")
        let workspace = Workspace(pool: try ThreadPool(width: 2))
        let operands = try (example["operands"]?.array ?? []).map { try Tensor(floats($0["values"]), shape: shape($0), in: workspace).parameter() }
        let result = try apply(operands)
        #expect(result.shape == shape(example["result"]), "\(name)")
        #expect(distance(result.values, floats(example["result"]?["values"])) <= 1e-5, "\(name)")
        let loss = try (result * Tensor(floats(example["weights"]), shape: result.shape, in: workspace)).sum()
        for (operand, gradient) in try loss.gradients(of: operands).enumerated() {
            #expect(distance(gradient.values, floats(example["gradients"]?[operand])) <= 1e-5, "\(name), operand \(operand)")
        }
    }

    /// So an operator that is added to the gradient checks without a twin fails here.
    @Test func everyOperatorHasATwin() throws {
        #expect(Set(try recorded()["cases"]?.array?.compactMap { $0["name"]?.string } ?? []) == Set(Self.all.map(\.name)))
    }

    /// Five steps from the same weights, with the gradients' norm bounded.
    @Test(arguments: ["adamw", "momentum"])
    func optimizersTakeTheReferencesSteps(name: String) throws {
        let workspace = Workspace(pool: try ThreadPool(width: 1))
        var parameters = [try Tensor((0..<7).map { Float($0) * 0.3 - 0.95 }, shape: [7], in: workspace).parameter()]
        let factors = try Tensor((1...7).map(Float.init), shape: [7], in: workspace)
        var optimizer = name == "adamw" ? Optimizer(weightDecay: 0.1, gradientNormMax: 3) : Optimizer(.momentum(0.9), gradientNormMax: 3)
        for step in 0..<5 {
            let loss = try (parameters[0] * factors + -Float(step)).squared().sum()
            parameters = try optimizer.update(parameters, loss.gradients(of: parameters), rate: 0.05).parameters
            #expect(distance(parameters[0].values, floats(try recorded()["optimizers"]?[name]?[step])) <= 1e-5, "step \(step)")
        }
    }
}
