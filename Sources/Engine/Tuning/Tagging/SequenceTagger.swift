import Core
import Inference
import Tensors

/// A small network that finds spans of types in text, character by character.
///
/// ```
/// character, pairs left and right, kind, words -> tables -> joined -> linear [width]
/// -> x + gated(convolution(norm(x)))            three taps; any number of layers
/// -> x + recurrence(linear(norm(x)))            from both sides; any number of layers
/// -> norm -> linear [tags] -> chain field
/// ```
/// Recurrences are simple ones (Lei et al. 2018), whose products are computed for all places at once; convolutions have gated units (Dauphin et al. 2017). Pairs of characters stand for pretrained vectors. A conditional random field
/// (Lafferty et al. 2001) over tags of begin, inside, end, single and outside, in which only what is possible has a score. Texts of a batch lie one after another: nothing is padded.
public struct SequenceTagger: TrainableNetwork {
    /// What a network of this kind is built from.
    public struct Shape: Sendable, Hashable {
        public var types: [String]
        public var width: Int
        /// Rows between the taps of each convolution.
        public var dilations: [Int]
        /// Layers of recurrences.
        public var recurrences: Int
        /// Numbers of a character's vector, and of a pair's.
        public var characterWidth: Int, pairWidth: Int

        public init(types: [String], width: Int = 192, dilations: [Int] = [1], recurrences: Int = 2, characterWidth: Int = 96, pairWidth: Int = 64) {
            (self.types, self.width, self.dilations, self.recurrences, self.characterWidth, self.pairWidth) = (types, width, dilations, recurrences, characterWidth, pairWidth)
        }

        var scheme: TagScheme { TagScheme(types: types) }
        static let kindWidth = 16, wordWidth = 8
        /// Tags of a list's marks.
        static let markCount = 5
        static let taps = 3
    }

    /// Shares that a training step does without.
    public struct Dropout: Sendable, Hashable {
        /// Of each character's and pair's vector as a whole; of the joined vectors' elements; of what layers give.
        public var whole: Float, input: Float, hidden: Float

        public init(whole: Float = 0.2, input: Float = 0.5, hidden: Float = 0.5) { (self.whole, self.input, self.hidden) = (whole, input, hidden) }
    }

    /// A text as the network sees it.
    public struct Example: Sendable {
        var places: TaggerVocabulary.Places
        var tags: [Int32]
        var scalars: [UInt32]
        /// All spans that are there, also such as overlap.
        var spans: [TextSpan]
    }

    public let shape: Shape
    public let vocabulary: TaggerVocabulary
    public var parameters: [Tensor]
    public let parameterNames: [String]
    public var dropout = Dropout()
    /// Changes to examples of a training step; nil for none.
    public var changes: TaggerChanges?
    /// What counts how far two views of an example, changed and thinned by different chances, are from each other (Liang et al. 2021); 0 sees each example once.
    public var consistency: Float = 0
    let workspace: Workspace
    let masks: (transitions: Tensor, starts: Tensor, ends: Tensor)

    /// - Throws: `tensors.shape`, `kernels.memory`.
    public init(_ shape: Shape, vocabulary: TaggerVocabulary, in workspace: Workspace, seed: UInt64) throws {
        (self.shape, self.vocabulary, self.workspace) = (shape, vocabulary, workspace)
        var random = SeededRandom(seed: seed)
        var made: [(String, Tensor)] = []
        func table(_ name: String, _ rows: Int, _ width: Int) throws { made.append((name, try Tensor(normal: 0.1, shape: [rows, width], in: workspace, using: &random))) }
        func uniform(_ name: String, _ shape: [Int], from inputs: Int) throws { made.append((name, try Tensor(uniform: 1 / Float(inputs).squareRoot(), shape: shape, in: workspace, using: &random))) }
        func constant(_ name: String, _ shape: [Int], _ value: Float = 0) throws { made.append((name, try Tensor(repeating: value, shape: shape, in: workspace))) }
        let (width, tags) = (shape.width, shape.scheme.count)
        try table("characters", TaggerVocabulary.rareCount + vocabulary.characters.count, shape.characterWidth)
        if !vocabulary.pairs.isEmpty { try table("pairs", vocabulary.pairs.count + 1, shape.pairWidth) }
        if !vocabulary.threes.isEmpty { try table("threes", vocabulary.threes.count + 1, shape.pairWidth) }
        try table("kinds", TaggerVocabulary.kindCount, Shape.kindWidth)
        for index in vocabulary.lists.indices { try table("words.\(index)", Shape.markCount, Shape.wordWidth) }
        let inputs = Self.inputWidth(shape, vocabulary)
        try uniform("input.weight", [width, inputs], from: inputs)
        try constant("input.bias", [width])
        for index in shape.dilations.indices {
            try constant("layers.\(index).norm.weight", [width], 1)
            try constant("layers.\(index).norm.bias", [width])
            try uniform("layers.\(index).filters", [2 * width, Shape.taps, width], from: Shape.taps * width)
            try constant("layers.\(index).bias", [2 * width])
        }
        for index in 0..<shape.recurrences {
            try constant("recurrences.\(index).norm.weight", [width], 1)
            try constant("recurrences.\(index).norm.bias", [width])
            try uniform("recurrences.\(index).weight", [3 * width, width], from: width)
            // Gates begin open, so that states remember.
            made.append(("recurrences.\(index).bias", try Tensor((0..<3 * width).map { (width..<2 * width).contains($0) ? 1 : 0 }, shape: [3 * width], in: workspace)))
        }
        try constant("norm.weight", [width], 1)
        try constant("norm.bias", [width])
        try uniform("output.weight", [tags, width], from: width)
        try constant("output.bias", [tags])
        try constant("transitions", [tags, tags])
        try constant("starts", [tags])
        try constant("ends", [tags])
        parameterNames = made.map(\.0)
        parameters = made.map { $0.1.parameter() }
        let masks = shape.scheme.masks
        self.masks = (try Tensor(masks.transitions, shape: [tags, tags], in: workspace), try Tensor(masks.starts, shape: [tags], in: workspace), try Tensor(masks.ends, shape: [tags], in: workspace))
    }

    /// Numbers of a character's joined vectors.
    static func inputWidth(_ shape: Shape, _ vocabulary: TaggerVocabulary) -> Int {
        shape.characterWidth + (vocabulary.pairs.isEmpty ? 0 : 2 * shape.pairWidth) + (vocabulary.threes.isEmpty ? 0 : shape.pairWidth) + Shape.kindWidth + vocabulary.lists.count * Shape.wordWidth
    }

    /// A text as an example. Spans of types that the network does not know are left out.
    public func example(_ text: TaggedText) -> Example {
        let known = text.spans.filter { shape.types.contains($0.type) }
        let flat = TaggedText(scalars: [], spans: known).flatSpans
        return Example(places: vocabulary.places(text.scalars), tags: shape.scheme.tags(flat, length: text.scalars.count), scalars: text.scalars, spans: known)
    }

    // MARK: - The network

    /// Texts of a batch one after another.
    struct Rows {
        var segments: [Range<Int>] = []
        /// Places in each table, in the order of ``TaggerVocabulary/Places``.
        var columns: [[Int32]]

        init(_ batch: [Example]) {
            columns = batch.first.map { $0.places.columns.map { _ in [] } } ?? []
            var next = 0
            for example in batch {
                let own = example.places.columns
                segments.append(next..<next + own[0].count)
                next += own[0].count
                for index in columns.indices { columns[index] += own[index] }
            }
        }
    }

    /// Scores of tags, [rows of all texts, tags].
    func scores(_ rows: Rows, dropout: Dropout?, using random: inout SeededRandom) throws -> Tensor {
        var next = parameters.makeIterator()
        func take() throws -> Tensor {
            guard let tensor = next.next() else { throw Fault(.checkpoint, "a tagger lacks parameters", remedy: "train it again") }
            return tensor
        }
        var vectors: [Tensor] = []
        var columns = rows.columns[...]
        func look(_ table: Tensor) throws { if let column = columns.popFirst() { vectors.append(try table.rows(column)) } }
        try look(take())
        if !vocabulary.pairs.isEmpty {
            let pairs = try take()
            try look(pairs)
            try look(pairs)
        }
        if !vocabulary.threes.isEmpty { try look(take()) }
        try look(take())
        for _ in vocabulary.lists { try look(take()) }
        if let dropout {
            let count = rows.columns[0].count
            for index in vectors.indices where dropout.whole > 0 {
                let mask = try Tensor(repeating: 1, shape: [count, 1], in: workspace).dropout(dropout.whole, using: &random)
                vectors[index] = try vectors[index] * mask
            }
        }
        var x = try Tensor.joined(vectors, along: 1)
        if let dropout { x = try x.dropout(dropout.input, using: &random) }
        x = try x.multiplied(byTransposed: take()) + take()
        for dilation in shape.dilations {
            var hidden = try x.layerNorm(take(), take())
            hidden = try hidden.convolvedSegments(take(), bias: take(), segments: rows.segments, dilation: dilation).gated()
            if let dropout { hidden = try hidden.dropout(dropout.hidden, using: &random) }
            x = try x + hidden
        }
        for _ in 0..<shape.recurrences {
            var hidden = try x.layerNorm(take(), take()).multiplied(byTransposed: take()) + take()
            hidden = try hidden.recurredSegments(rows.segments)
            if let dropout { hidden = try hidden.dropout(dropout.hidden, using: &random) }
            x = try x + hidden
        }
        x = try x.layerNorm(take(), take())
        if let dropout { x = try x.dropout(dropout.hidden, using: &random) }
        return try x.multiplied(byTransposed: take()) + take()
    }

    /// The field's tables with what cannot be far below zero.
    var field: (transitions: Tensor, starts: Tensor, ends: Tensor) {
        get throws {
            let last = parameters.suffix(3)
            return (try last[last.startIndex] + masks.transitions, try last[last.startIndex + 1] + masks.starts, try last[last.startIndex + 2] + masks.ends)
        }
    }

    /// The mean over characters of -ln p(tags), times the characters of a usual clause: of the size of other losses.
    static let scale: Float = 8

    func loss(_ scores: Tensor, _ batch: [Example]) throws -> Tensor {
        let field = try field
        return try ChainField.loss(scores, transitions: field.transitions, starts: field.starts, ends: field.ends, tags: batch.map(\.tags)) * (Self.scale * Float(batch.count) / Float(max(1, scores.shape[0])))
    }

    /// The mean loss of changed examples, without some of what is seen.
    public func loss(of batch: [Example], using random: inout SeededRandom) throws -> Tensor {
        var seen = batch
        if let changes { for index in seen.indices { seen[index] = exchanged(seen[index], changes, using: &random) } }
        if consistency > 0 { seen += seen }
        if let changes { for index in seen.indices { changes.mask(&seen[index].places, using: &random) } }
        let scores = try scores(Rows(seen), dropout: dropout, using: &random)
        let loss = try loss(scores, seen)
        guard consistency > 0 else { return loss }
        let rows = scores.shape[0] / 2
        let (one, other) = (try scores.sliced(0..<rows, of: 0), try scores.sliced(rows..<2 * rows, of: 0))
        return try loss + (one.divergence(from: other) + other.divergence(from: one)) * (0.5 * Self.scale * consistency)
    }

    private func exchanged(_ example: Example, _ changes: TaggerChanges, using random: inout SeededRandom) -> Example {
        let flat = TaggedText(scalars: [], spans: example.spans).flatSpans
        return changes.exchanged(example.scalars, flat, using: &random).map { self.example($0) } ?? example
    }

    /// Characters.
    public func weight(of batch: [Example]) -> Double { Double(batch.reduce(0) { $0 + $1.tags.count }) }
}
