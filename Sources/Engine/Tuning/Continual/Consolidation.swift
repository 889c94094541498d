import Core
import Tensors

/// Elastic weight consolidation (Kirkpatrick et al. 2017): parameters that earlier tasks depend on are held where those tasks left them, each as firmly as the diagonal of the Fisher information says.
///
/// The penalties of all tasks are one: a sum of squares around several centers differs from one square around their weighted mean by a constant only. So what is kept does not grow with the number of tasks.
public struct Consolidation: Sendable {
    /// How much the penalty counts against the loss.
    public let strength: Float
    /// For each parameter the sum of all tasks' information, and where its square is centered.
    private(set) var weights: [Tensor] = []
    private(set) var centers: [Tensor] = []

    public init(strength: Float) { self.strength = strength }

    /// Bytes that are kept beside the network.
    public var byteCount: Int { (weights + centers).reduce(0) { $0 + 4 * $1.count } }

    /// Holds `parameters` as they are now.
    ///
    /// - Parameter information: the diagonal of the Fisher information, see ``information(of:examples:using:)``.
    public mutating func hold(_ parameters: [Tensor], information: [Tensor]) throws {
        let now = parameters.map { $0.detached() }
        guard !weights.isEmpty else {
            (weights, centers) = (information, now)
            return
        }
        for place in weights.indices {
            let sum = try weights[place] + information[place]
            // The number keeps 0 / 0 away: what nobody needs stays where it was.
            centers[place] = try centers[place] + (now[place] - centers[place]) * (information[place] / (sum + 1e-30))
            weights[place] = sum
        }
    }

    /// strength / 2 * the sum of weight * (parameter - center)^2; nil while nothing is held.
    public func penalty(_ parameters: [Tensor]) throws -> Tensor? {
        guard !weights.isEmpty else { return nil }
        let parts = try parameters.indices.map { try ((parameters[$0] - centers[$0]).squared() * weights[$0]).sum() }
        return try parts.dropFirst().reduce(parts[0]) { try $0 + $1 } * (strength / 2)
    }

    /// The mean square of the gradient of ln p(answer), with answers drawn from what the network itself holds probable: the diagonal of the Fisher information, not the empirical one.
    public static func information(of network: TextClassifier, examples: [TextClassifier.Example], using random: inout SeededRandom) throws -> [Tensor] {
        var sums = try network.parameters.map { try Tensor(repeating: 0, shape: $0.shape, in: $0.workspace) }
        for example in examples {
            let means = try network.parameters[0].bagged([example.bag], scales: [TextClassifier.scale(example.bag)])
            let scores = try network.scores(network.hidden(means), heads: [example.head])
            let answer = drawn(try scores.detached().softmax().values, using: &random)
            let gradients = try scores.crossEntropy([Int32(answer)]).gradients(of: network.parameters)
            sums = try zip(sums, gradients).map { try $0 + $1.squared() }
        }
        return try sums.map { try $0 * (1 / Float(max(1, examples.count))) }
    }

    /// A place, each with its probability.
    private static func drawn(_ probabilities: [Float], using random: inout SeededRandom) -> Int {
        var rest = Float.random(in: 0..<1, using: &random)
        for (place, probability) in probabilities.enumerated() {
            rest -= probability
            if rest < 0 { return place }
        }
        return probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    }
}

/// A text classifier that is held where earlier tasks left it, or a plain one while nothing is held.
public struct ConsolidatedClassifier: TrainableNetwork {
    public var network: TextClassifier
    public let consolidation: Consolidation?

    public init(_ network: TextClassifier, _ consolidation: Consolidation? = nil) { (self.network, self.consolidation) = (network, consolidation) }

    public var parameterNames: [String] { network.parameterNames }
    public var parameters: [Tensor] {
        get { network.parameters }
        set { network.parameters = newValue }
    }

    /// The classifier's loss with the penalty.
    public func loss(of batch: [TextClassifier.Example], using random: inout SeededRandom) throws -> Tensor {
        let loss = try network.loss(of: batch, using: &random)
        guard let penalty = try consolidation?.penalty(network.parameters) else { return loss }
        return try loss + penalty
    }

    /// The classifier's own loss, without the penalty, and how many labels are right.
    public func evaluate(_ batch: [TextClassifier.Example]) throws -> (loss: Float, correct: Int) { try network.evaluate(batch) }
}
