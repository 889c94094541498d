import Core
import Tensors

/// A small encoder of sentences in any language: texts that belong together get vectors that point in the same direction.
///
/// ```
/// pieces -> weight [pieces] x window [width] of a memory -> sum -> length 1 -> x + hidden(relu(x)) -> length 1
/// ```
/// Three decisions:
///
/// a) **Pieces are windows of one random memory**, not rows of a table, so that two megabytes give tens of thousands that are hardly alike (Desai et al. 2022). They do not
///    begin at zero: the sums are then a random projection of the bag of pieces (Johnson and Lindenstrauss 1984, Weinberger et al. 2009), which finds texts that share pieces
///    from the first moment on, also by words that nobody ever trained. Training moves those together that belong together.
/// b) **Each piece has a weight**, learned, of which there are many more than windows. What a text is about must not drown in what every text has; in a projection each
///    needless piece also adds noise to all comparisons, so that weights matter more than in an exact index. ``PieceWeights`` says what they begin at.
/// c) **Pairs teach it**: of all texts in a batch, a query's own should be the nearest, and the other way round (InfoNCE, van den Oord et al. 2018, symmetric as in Radford
///    et al. 2021), at a temperature that is learned, too.
public struct SentenceEncoder: TrainableNetwork {
    /// What a network of this kind is built from.
    public struct Shape: Sendable, Hashable {
        /// Numbers of the memory that pieces' vectors are windows of.
        public var memoryCount: Int
        /// Numbers of a text's vector.
        public var width: Int
        public var hiddenWidth: Int
        /// Numbers between the beginnings of two windows.
        static let step = 64

        /// - Parameter memoryCount: at least the width, and then some.
        public init(memoryCount: Int = 1 << 21, width: Int = 1_536, hiddenWidth: Int = 64) { (self.memoryCount, self.width, self.hiddenWidth) = (memoryCount, width, hiddenWidth) }

        var windowCount: Int { max(1, (memoryCount - width) / Self.step + 1) }
    }

    /// Two texts that belong together.
    public struct Example: Sendable, Hashable {
        public var query: PieceBag
        public var text: PieceBag

        public init(query: PieceBag, text: PieceBag) { (self.query, self.text) = (query, text) }
        public init(_ pair: TextPair) { self.init(query: PieceBag(pair.query), text: PieceBag(pair.text)) }
    }

    public let shape: Shape
    /// Weights of pieces, their memory, the hidden layer's both matrices and bias, and the logarithm of one over the temperature.
    public var parameters: [Tensor]
    public let parameterNames = Self.names
    static let names = ["weights", "memory", "inner.weight", "inner.bias", "outer.weight", "sharpness"]
    /// How much faster weights of pieces are learned than the rest: their parameters are this many times smaller than they are used.
    static let weightScale: Float = 20
    /// How large the memory's numbers are at first. Their size does not count, since vectors get the length 1, but the larger they are, the less a step turns them: what was
    /// random must not be forgotten for few examples.
    static let memoryDeviation: Float = 0.25
    /// The share of pieces that a step does without.
    static let pieceDropout = 0.1
    let workspace: Workspace

    /// - Parameter weights: what pieces weigh at first; see ``PieceWeights``.
    /// - Throws: `tensors.shape`, `kernels.memory`.
    public init(_ shape: Shape, weights: PieceWeights, in workspace: Workspace, seed: UInt64) throws {
        (self.shape, self.workspace) = (shape, workspace)
        var random = SeededRandom(seed: seed)
        let (width, hidden) = (shape.width, shape.hiddenWidth)
        let unit = 1 / Float(width).squareRoot()
        parameters = [
            try Tensor(weights.values.map { $0 / Self.weightScale }, shape: [PieceIndex.count, 1], in: workspace), try Tensor(normal: Self.memoryDeviation, shape: [shape.memoryCount], in: workspace, using: &random),
            try Tensor(normal: 4 * unit, shape: [hidden, width], in: workspace, using: &random), try Tensor(repeating: 0, shape: [hidden], in: workspace),
            try Tensor(repeating: 0, shape: [width, hidden], in: workspace), try Tensor([3], shape: [1], in: workspace),
        ].map { $0.parameter() }
    }

    /// A network with the given parameters.
    init(_ shape: Shape, parameters: [Tensor], in workspace: Workspace) { (self.shape, self.parameters, self.workspace) = (shape, parameters, workspace) }

    /// Rows at length 1; a row of zeros stays.
    private static func normalized(_ x: Tensor) throws -> Tensor { try x / (x.squared().sum(over: -1) + 1e-12).squareRoot() }

    /// Vectors of bags, [n, width], each of length 1.
    func vectors(_ bags: [PieceBag]) throws -> Tensor {
        let flat = bags.flatMap(\.numbers)
        let factors = try Tensor(bags.flatMap(\.factors).map { $0 * Self.weightScale }, shape: [flat.count], in: workspace)
        let weights = try parameters[0].rows(flat).reshaped([flat.count]) * factors
        let sums = try parameters[1].baggedWindows(bags.map { $0.numbers.map { PieceIndex.window($0, of: shape.windowCount) } }, weights: weights, width: shape.width, step: Shape.step)
        return try refined(sums)
    }

    /// What follows the sums.
    func refined(_ sums: Tensor) throws -> Tensor {
        let x = try Self.normalized(sums)
        let inner = try (x.multiplied(byTransposed: parameters[2]) + parameters[3]).relu()
        return try Self.normalized(x + inner.multiplied(byTransposed: parameters[4]))
    }

    /// How near each query is to each text, [n, n]. What another pair says in the same words is out of reach: it is no wrong answer.
    private func scores(_ batch: [Example]) throws -> Tensor {
        let nearness = try vectors(batch.map(\.query)).multiplied(byTransposed: vectors(batch.map(\.text))) * parameters[5].exponential()
        var mask = [Float](repeating: 0, count: batch.count * batch.count)
        for (row, own) in batch.enumerated() {
            for (column, other) in batch.enumerated() where row != column && (own.query == other.query || own.text == other.text) { mask[row * batch.count + column] = -1e9 }
        }
        return try nearness + Tensor(mask, shape: [batch.count, batch.count], in: workspace)
    }

    /// The mean of both directions' cross-entropies.
    private static func loss(_ scores: Tensor) throws -> Tensor {
        let places = (0..<scores.shape[0]).map { Int32($0) }
        return try (scores.crossEntropy(places) + scores.permuted([1, 0]).crossEntropy(places)) * 0.5
    }

    /// A bag without some pieces, by chance; an empty one stays as it was.
    private static func thinned(_ bag: PieceBag, using random: inout SeededRandom) -> PieceBag {
        let threshold = UInt64(pieceDropout * 4_294_967_296)
        let kept = bag.numbers.indices.filter { _ in random.next() >> 32 >= threshold }
        guard !kept.isEmpty else { return bag }
        var thin = bag
        (thin.numbers, thin.factors) = (kept.map { bag.numbers[$0] }, kept.map { bag.factors[$0] })
        return thin
    }

    /// The mean loss of a batch without some of the pieces.
    public func loss(of batch: [Example], using random: inout SeededRandom) throws -> Tensor {
        let batch = batch.map { Example(query: Self.thinned($0.query, using: &random), text: Self.thinned($0.text, using: &random)) }
        return try Self.loss(scores(batch))
    }

    /// The mean loss of a batch, and how many queries are nearer to their own text than to any other of the batch.
    public func evaluate(_ batch: [Example]) throws -> (loss: Float, correct: Int) {
        var copy = self
        copy.parameters = parameters.map { $0.detached() }
        let found = try copy.scores(batch)
        return (try Self.loss(found).item ?? .nan, TextClassifier.best(found).enumerated().count { $0 == $1 })
    }

    /// Pairs that are measured together, and so compared.
    public var evaluationBatchCount: Int { 512 }
}
