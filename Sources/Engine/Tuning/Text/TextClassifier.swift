import Core
import Inference
import Tensors

/// A small network for text of any language (after fastText, Joulin et al. 2017, with a hidden layer): the mean of the vectors of all pieces, a hidden layer that is added to it, and for each question a linear layer.
///
/// ```
/// pieces -> table [buckets, width] -> sum / sqrt(pieces) -> x + hidden(relu(x)) -> head [labels, width]
/// ```
/// One network may answer several questions (heads): they share all but the last layer, and only the labels of an example's own head are compared.
public struct TextClassifier: TrainableNetwork {
    /// A question and its answers.
    public struct Head: Sendable, Hashable {
        public var name: String
        public var labels: [String]

        public init(name: String, labels: [String]) { (self.name, self.labels) = (name, labels) }
    }

    /// What a network of this kind is built from.
    public struct Shape: Sendable, Hashable {
        /// Places that pieces are hashed into.
        public var bucketCount: Int
        public var width: Int
        public var heads: [Head]

        public init(bucketCount: Int = 1 << 15, width: Int = 64, heads: [Head]) { (self.bucketCount, self.width, self.heads) = (bucketCount, width, heads) }

        /// Labels of all heads.
        var labelCount: Int { heads.reduce(0) { $0 + $1.labels.count } }
        /// Where a head's labels stand among all.
        func range(_ head: Int) -> Range<Int> {
            let start = heads[..<head].reduce(0) { $0 + $1.labels.count }
            return start..<start + heads[head].labels.count
        }
    }

    /// A text as the network sees it.
    public struct Example: Sendable, Hashable {
        public var bag: [Int32]
        public var head: Int
        /// The place of the label in its head.
        public var label: Int32

        public init(bag: [Int32], head: Int, label: Int32) { (self.bag, self.head, self.label) = (bag, head, label) }
    }

    public let shape: Shape
    /// Table, hidden weights and bias, weights and bias of all heads.
    public var parameters: [Tensor]
    public let parameterNames = Self.names
    static let names = ["table", "hidden.weight", "hidden.bias", "head.weight", "head.bias"]
    let workspace: Workspace
    /// Shares of pieces and of the mean's elements that a step does without.
    static let pieceDropout: Float = 0.2
    static let dropout: Float = 0.2

    /// The table begins with zeros, so that a piece that was never seen says nothing.
    ///
    /// - Throws: `tensors.shape`, `kernels.memory`.
    public init(_ shape: Shape, in workspace: Workspace, seed: UInt64) throws {
        self.shape = shape
        self.workspace = workspace
        let (width, labels) = (shape.width, shape.labelCount)
        var random = SeededRandom(seed: seed)
        parameters = [
            try Tensor(repeating: 0, shape: [shape.bucketCount, width], in: workspace), try Tensor(repeating: 0, shape: [width, width], in: workspace),
            try Tensor(repeating: 0, shape: [width], in: workspace), try Tensor(normal: 1 / Float(width).squareRoot(), shape: [labels, width], in: workspace, using: &random),
            try Tensor(repeating: 0, shape: [labels], in: workspace),
        ].map { $0.parameter() }
    }

    /// A network with the given parameters.
    init(_ shape: Shape, parameters: [Tensor], in workspace: Workspace) { (self.shape, self.parameters, self.workspace) = (shape, parameters, workspace) }

    /// What turns texts into bags for this network.
    public var features: TextFeatures { TextFeatures(bucketCount: shape.bucketCount) }

    /// A text as an example of a head.
    ///
    /// - Throws: `tuning.data` for a label that the head does not have.
    public func example(_ item: LabeledText, head: Int = 0) throws -> Example {
        guard shape.heads.indices.contains(head), let label = shape.heads[head].labels.firstIndex(of: item.label) else {
            throw Fault(.trainingData, "an example has a label that the network does not know", remedy: "give examples with labels of the training set only")
        }
        return Example(bag: features.bag(of: item.text), head: head, label: Int32(label))
    }

    /// One over the square root of a bag's size: longer texts say more, but not as much more as they are longer.
    static func scale(_ bag: [Int32]) -> Float { bag.isEmpty ? 0 : 1 / Float(bag.count).squareRoot() }

    /// What the heads see of bags, [n, width].
    func hidden(_ means: Tensor) throws -> Tensor { try means + (means + parameters[2]).relu().multiplied(byTransposed: parameters[1]) }

    /// Scores of all heads' labels, [n, labels]; those of other heads than an example's own are out of reach.
    func scores(_ hidden: Tensor, heads: [Int]) throws -> Tensor {
        let scores = try hidden.multiplied(byTransposed: parameters[3]) + parameters[4]
        guard shape.heads.count > 1 else { return scores }
        var mask = [Float](repeating: -1e9, count: heads.count * shape.labelCount)
        for (row, head) in heads.enumerated() { for place in shape.range(head) { mask[row * shape.labelCount + place] = 0 } }
        return try scores + Tensor(mask, shape: [heads.count, shape.labelCount], in: workspace)
    }

    /// Places of the right answers among all heads' labels.
    func places(_ batch: [Example]) -> [Int32] { batch.map { Int32(shape.range($0.head).lowerBound) + $0.label } }

    /// Bags without some pieces, by chance; at least one piece stays.
    static func thinned(_ batch: [Example], using random: inout SeededRandom) -> [[Int32]] {
        let threshold = UInt64(Double(pieceDropout) * 4_294_967_296)
        return batch.map { example in
            let kept = example.bag.filter { _ in random.next() >> 32 >= threshold }
            return kept.isEmpty ? example.bag : kept
        }
    }

    /// The mean cross-entropy without some of the pieces.
    public func loss(of batch: [Example], using random: inout SeededRandom) throws -> Tensor {
        let bags = Self.thinned(batch, using: &random)
        let means = try parameters[0].bagged(bags, scales: bags.map(Self.scale)).dropout(Self.dropout, using: &random)
        return try scores(hidden(means), heads: batch.map(\.head)).crossEntropy(places(batch))
    }

    /// The mean cross-entropy of a batch as it is, and how many labels are right.
    public func evaluate(_ batch: [Example]) throws -> (loss: Float, correct: Int) {
        let found = try detachedScores(batch.map(\.bag), heads: batch.map(\.head)), places = places(batch)
        return (try found.crossEntropy(places).item ?? .nan, zip(Self.best(found), places).count { $0 == Int($1) })
    }

    /// Scores without ways back.
    func detachedScores(_ bags: [[Int32]], heads: [Int]) throws -> Tensor {
        var copy = self
        copy.parameters = parameters.map { $0.detached() }
        return try copy.scores(copy.hidden(copy.parameters[0].bagged(bags, scales: bags.map(Self.scale))), heads: heads)
    }

    /// The place of each row's largest value; the first of equal ones.
    static func best(_ scores: Tensor) -> [Int] {
        let (values, width) = (scores.values, scores.shape[1])
        return (0..<scores.shape[0]).map { row in (1..<max(1, width)).reduce(0) { values[row * width + $1] > values[row * width + $0] ? $1 : $0 } }
    }
}
