import Core
import Inference
import Tensors

/// A small network for rows of tables: numbers scaled, names as vectors, a linear layer, blocks that add to what they get (after Gorishniy et al. 2021), and a last linear layer.
///
/// ```
/// [numbers, vectors of names] -> linear [width] -> x + linear(relu(linear(norm(x)))), several times -> relu(norm(x)) -> linear [labels, or 1]
/// ```
public struct TableNetwork: TrainableNetwork {
    /// A row as the network sees it.
    public struct Example: Sendable, Hashable {
        public var numbers: [Float]
        /// Places of its names in the shared table.
        public var places: [Int32]
        public var label: Int32
        /// The target as a scaled number.
        public var value: Float
    }

    public let schema: TableSchema
    public let width: Int
    public var parameters: [Tensor]
    public let parameterNames: [String]
    private let workspace: Workspace
    private static let vector = 8
    private static let blocks = 2
    private static let dropout: Float = 0.1

    /// - Throws: `tensors.shape`, `kernels.memory`.
    public init(_ schema: TableSchema, width: Int = 64, in workspace: Workspace, seed: UInt64) throws {
        (self.schema, self.width, self.workspace) = (schema, width, workspace)
        var random = SeededRandom(seed: seed)
        func linear(_ outputs: Int, _ inputs: Int) throws -> [Tensor] {
            [try Tensor(normal: (2 / Float(max(1, inputs))).squareRoot(), shape: [outputs, inputs], in: workspace, using: &random), try Tensor(repeating: 0, shape: [outputs], in: workspace)]
        }
        func norm() throws -> [Tensor] { [try Tensor(repeating: 1, shape: [width], in: workspace), try Tensor(repeating: 0, shape: [width], in: workspace)] }
        let outputs = if case .labels(let labels) = schema.target { labels.count } else { 1 }
        var all = [try Tensor(normal: 0.3, shape: [max(1, schema.valueCount), Self.vector], in: workspace, using: &random)]
        all += try linear(width, schema.numberCount + Self.vector * schema.nameCount)
        for _ in 0..<Self.blocks { all += try norm() + linear(width, width) + linear(width, width) }
        all += try norm() + linear(outputs, width)
        parameters = all.map { $0.parameter() }
        let blocks = (0..<Self.blocks).flatMap { block in ["norm.weight", "norm.bias", "first.weight", "first.bias", "second.weight", "second.bias"].map { "block\(block).\($0)" } }
        parameterNames = ["names", "input.weight", "input.bias"] + blocks + ["norm.weight", "norm.bias", "output.weight", "output.bias"]
    }

    private func scores(_ batch: [Example], _ p: [Tensor], dropping: (Tensor) throws -> Tensor) throws -> Tensor {
        let count = batch.count
        guard batch.allSatisfy({ $0.numbers.count == schema.numberCount && $0.places.count == schema.nameCount }) else {
            throw Fault(.trainingData, "a row does not fit the network's columns", remedy: "give rows with the columns of the training set")
        }
        let numbers = try Tensor(batch.flatMap(\.numbers), shape: [count, schema.numberCount], in: workspace)
        var input = numbers
        if schema.nameCount > 0 {
            let names = try p[0].rows(batch.flatMap(\.places)).reshaped([count, Self.vector * schema.nameCount])
            input = schema.numberCount > 0 ? try Tensor.joined([numbers, names], along: 1) : names
        }
        var x = try input.multiplied(byTransposed: p[1]) + p[2]
        for block in 0..<Self.blocks {
            let q = p[(3 + 6 * block)..<(9 + 6 * block)], s = q.startIndex
            let hidden = try (x.layerNorm(q[s], q[s + 1]).multiplied(byTransposed: q[s + 2]) + q[s + 3]).relu()
            x = try x + dropping(hidden).multiplied(byTransposed: q[s + 4]) + q[s + 5]
        }
        let last = 3 + 6 * Self.blocks
        return try x.layerNorm(p[last], p[last + 1]).relu().multiplied(byTransposed: p[last + 2]) + p[last + 3]
    }

    private func loss(_ scores: Tensor, _ batch: [Example]) throws -> Tensor {
        switch schema.target {
        case .labels: try scores.crossEntropy(batch.map(\.label))
        case .number: try scores.squaredLoss(Tensor(batch.map(\.value), shape: [batch.count, 1], in: workspace))
        }
    }

    /// The mean cross-entropy, or the mean squared difference of scaled numbers.
    public func loss(of batch: [Example], using random: inout SeededRandom) throws -> Tensor {
        var own = random
        return try loss(scores(batch, parameters) { try $0.dropout(Self.dropout, using: &own) }, batch)
    }

    private func plainScores(_ batch: [Example]) throws -> Tensor { try scores(batch, parameters.map { $0.detached() }) { $0 } }

    /// The loss, and how many labels are right; of numbers none is.
    public func evaluate(_ batch: [Example]) throws -> (loss: Float, correct: Int) {
        let found = try plainScores(batch), loss = try loss(found, batch).item ?? .nan
        guard case .labels = schema.target else { return (loss, 0) }
        return (loss, zip(TextClassifier.best(found), batch).count { $0 == Int($1.label) })
    }

    /// The share of right labels; for a number the share of its variance that is explained, where the mean explains none.
    public func score(loss: Double, correct: Int, count: Int) -> Double {
        if case .labels = schema.target { Double(correct) / Double(max(1, count)) } else { 1 - loss }
    }

    /// What the network says of a row.
    public enum Answer: Sendable, Hashable {
        case label(String, probability: Float)
        case number(Double)
    }

    /// What the network says of rows.
    public func answers(_ batch: [Example]) throws -> [Answer] {
        try stride(from: 0, to: batch.count, by: 256).flatMap { start in
            let part = Array(batch[start..<min(batch.count, start + 256)]), found = try plainScores(part)
            switch schema.target {
            case .number(let mean, let deviation): return found.values.map { Answer.number(Double($0) * deviation + mean) }
            case .labels(let labels):
                let values = try found.softmax().values
                return TextClassifier.best(found).enumerated().map { .label(labels[$1], probability: values[$0 * labels.count + $1]) }
            }
        }
    }

    /// How the network answers examples; nil when it predicts a number.
    public func confusion(_ examples: [Example]) throws -> ConfusionMatrix? {
        guard case .labels(let labels) = schema.target else { return nil }
        var matrix = ConfusionMatrix(labels: labels)
        for start in stride(from: 0, to: examples.count, by: 256) {
            let part = Array(examples[start..<min(examples.count, start + 256)])
            for (example, found) in zip(part, TextClassifier.best(try plainScores(part))) { matrix.add(truth: Int(example.label), found: found) }
        }
        return matrix
    }

    // MARK: - Files

    /// The name of this kind of network in a model's file.
    public static let kind = "table-network"

    /// What a model's file says of the network, by which it is read back.
    public var about: [String: String] { ["banyan.model": Self.kind, "banyan.width": String(width), "banyan.schema": schema.json.text] }

    /// A model from its file.
    ///
    /// - Throws: `core.file`, `inference.model-damaged`; `tuning.checkpoint` when it is no network for tables.
    public init(file: SafetensorsFile, in workspace: Workspace) throws {
        guard file.metadata["banyan.model"] == Self.kind, let width = file.metadata["banyan.width"].flatMap({ Int($0) }), (1...4_096).contains(width),
            let json = file.metadata["banyan.schema"].flatMap({ try? JSONValue(parsing: $0) }), let schema = TableSchema(json: json)
        else { throw Fault(.checkpoint, "\(file.file.path) is no network for tables", remedy: "give a model that `banyan tune tabular` wrote") }
        try self.init(schema, width: width, in: workspace, seed: 0)
        parameters = try Checkpoint.parameters(parameterNames, like: parameters, from: file).map { $0.parameter() }
    }
}
