import Core
import Tensors

/// What one source taught a text classifier: a change of low rank to its table and to its hidden layer, and the source's own head.
public struct TextAdapter: Sendable {
    public var head: TextClassifier.Head
    /// The outputs of both layers that this adapter may change: nobody else's.
    public var slot: Range<Int>
    /// Table [buckets, rank], hidden weights [rank, width], head weights [labels, width], head bias [labels].
    public var parameters: [Tensor]

    static let names = ["table", "hidden.weight", "head.weight", "head.bias"]
    /// Bytes of all its numbers.
    public var byteCount: Int { parameters.reduce(0) { $0 + 4 * $1.count } }
}

/// A frozen text classifier that learns one source through an adapter of its own (Hu et al. 2021), orthogonal to all others.
///
/// O-LoRA (Wang et al. 2023) keeps the outputs that adapters change orthogonal by a penalty against those learned before, so that a later adapter depends on earlier ones. Here each adapter has its own outputs of a layer,
/// so that they are orthogonal to the last bit and **no adapter knows of another**: one that is withdrawn leaves no trace. The price is that width / rank bounds the number of sources.
public struct AdaptedClassifier: TrainableNetwork {
    public let base: TextClassifier
    public private(set) var adapter: TextAdapter
    /// A row for each number of the slot, with one at its place: [rank, width].
    private let places: Tensor
    /// Whether the base's table says anything.
    private let hasBase: Bool

    /// - Parameters:
    ///   - base: its parameters stay as they are; its heads do not matter.
    ///   - slot: numbers of the width.
    /// - Throws: `tensors.shape` for a slot outside the width, `kernels.memory`.
    public init(_ base: TextClassifier, head: TextClassifier.Head, slot: Range<Int>, seed: UInt64) throws {
        let (width, workspace) = (base.shape.width, base.workspace)
        guard slot.lowerBound >= 0, slot.upperBound <= width, !slot.isEmpty else {
            throw Fault(.trainingData, "a network of the width \(width) has no place for an adapter at \(slot)", remedy: "use a smaller rank, fewer sources or a wider network")
        }
        var frozen = base
        frozen.parameters = base.parameters.map { $0.detached() }
        self.base = frozen
        hasBase = frozen.parameters[0].values.contains { $0 != 0 }
        places = try Self.places(slot, width, in: workspace)
        var random = SeededRandom(seed: seed)
        // A head looks at its own slot, and at what the base says.
        let own = try Tensor(normal: 1 / Float(slot.count).squareRoot(), shape: [head.labels.count, slot.count], in: workspace, using: &random).multiplied(by: places)
        adapter = TextAdapter(
            head: head, slot: slot,
            parameters: [
                try Tensor(repeating: 0, shape: [base.shape.bucketCount, slot.count], in: workspace), try Tensor(repeating: 0, shape: [slot.count, width], in: workspace), own,
                try Tensor(repeating: 0, shape: [head.labels.count], in: workspace),
            ].map { $0.parameter() })
    }

    /// The matrix that spreads numbers of a slot over the width.
    static func places(_ slot: Range<Int>, _ width: Int, in workspace: Workspace) throws -> Tensor {
        var values = [Float](repeating: 0, count: slot.count * width)
        for (row, column) in slot.enumerated() { values[row * width + column] = 1 }
        return try Tensor(values, shape: [slot.count, width], in: workspace)
    }

    public var parameterNames: [String] { TextAdapter.names }
    public var parameters: [Tensor] {
        get { adapter.parameters }
        set { adapter.parameters = newValue }
    }

    private func scores(_ bags: [[Int32]], _ adapter: [Tensor], dropping: (Tensor) throws -> Tensor) throws -> Tensor {
        let scales = bags.map(TextClassifier.scale)
        var means = try adapter[0].bagged(bags, scales: scales).multiplied(by: places)
        if hasBase { means = try means + base.parameters[0].bagged(bags, scales: scales) }
        means = try dropping(means)
        let active = try (means + base.parameters[2]).relu()
        let hidden = try means + active.multiplied(byTransposed: base.parameters[1]) + active.multiplied(byTransposed: adapter[1]).multiplied(by: places)
        return try hidden.multiplied(byTransposed: adapter[2]) + adapter[3]
    }

    /// The mean cross-entropy of the source's texts; heads of examples are taken to be the source's.
    public func loss(of batch: [TextClassifier.Example], using random: inout SeededRandom) throws -> Tensor {
        let bags = TextClassifier.thinned(batch, using: &random)
        var own = random
        return try scores(bags, adapter.parameters) { try $0.dropout(TextClassifier.dropout, using: &own) }.crossEntropy(batch.map(\.label))
    }

    /// The mean cross-entropy of a batch as it is, and how many labels are right.
    public func evaluate(_ batch: [TextClassifier.Example]) throws -> (loss: Float, correct: Int) {
        let found = try scores(batch.map(\.bag), adapter.parameters.map { $0.detached() }) { $0 }
        return (try found.crossEntropy(batch.map(\.label)).item ?? .nan, zip(TextClassifier.best(found), batch).count { $0 == Int($1.label) })
    }
}
