import Core
import Inference
import Tensors

extension TextClassifier {
    /// The answer to a text: the place of its label in the head, and how probable the network holds it.
    public struct Answer: Sendable, Hashable {
        public var label: Int
        public var probability: Float
    }

    /// Labels of texts.
    ///
    /// - Throws: `tensors.shape`, `kernels.memory`.
    public func classify(_ texts: [String], head: Int = 0) throws -> [Answer] {
        try check(head)
        let bags = texts.map { features.bag(of: $0) }, range = shape.range(head)
        return try stride(from: 0, to: texts.count, by: 256).flatMap { start in
            let part = Array(bags[start..<min(bags.count, start + 256)])
            let scores = try detachedScores(part, heads: part.map { _ in head }).softmax()
            let values = scores.values
            return Self.best(scores).enumerated().map { Answer(label: $1 - range.lowerBound, probability: values[$0 * shape.labelCount + $1]) }
        }
    }

    /// How the network answers examples of a head.
    public func confusion(_ examples: [Example], head: Int = 0) throws -> ConfusionMatrix {
        try check(head)
        var matrix = ConfusionMatrix(labels: shape.heads[head].labels)
        let start = shape.range(head).lowerBound
        for first in stride(from: 0, to: examples.count, by: 256) {
            let part = examples[first..<min(examples.count, first + 256)].filter { $0.head == head }
            guard !part.isEmpty else { continue }
            for (example, place) in zip(part, Self.best(try detachedScores(part.map(\.bag), heads: part.map(\.head)))) { matrix.add(truth: Int(example.label), found: place - start) }
        }
        return matrix
    }

    private func check(_ head: Int) throws {
        guard shape.heads.indices.contains(head) else { throw Fault(.trainingData, "the network answers \(shape.heads.count) questions; number \(head) is none of them", remedy: "name one of its questions") }
    }

    // MARK: - Files

    /// The name of this kind of network in a model's file.
    static let kind = "text-classifier"

    /// What a model's file says of the network, by which it is read back.
    public var about: [String: String] { ["banyan.model": Self.kind, "banyan.shape": shape.json.text] }

    /// A model from its file.
    ///
    /// - Throws: `core.file`, `inference.model-damaged`; `tuning.checkpoint` when it is no text classifier.
    public init(file: SafetensorsFile, in workspace: Workspace) throws {
        guard file.metadata["banyan.model"] == Self.kind, let text = file.metadata["banyan.shape"], let json = try? JSONValue(parsing: text), let shape = Shape(json: json) else {
            throw Fault(.checkpoint, "\(file.file.path) is no text classifier", remedy: "give a model that `banyan tune classifier` wrote")
        }
        try self.init(shape, in: workspace, seed: 0)
        parameters = try Checkpoint.parameters(Self.names, like: parameters, from: file).map { $0.parameter() }
    }
}

extension TextClassifier.Shape {
    var json: JSONValue {
        let heads = heads.map { JSONValue.object(["name": .string($0.name), "labels": .array($0.labels.map { .string($0) })]) }
        return ["buckets": .int(bucketCount), "width": .int(width), "heads": .array(heads)]
    }

    /// Nil for what no network has.
    init?(json: JSONValue) {
        guard let buckets = json["buckets"]?.int, (1...1 << 24).contains(buckets), let width = json["width"]?.int, (1...4_096).contains(width), let heads = json["heads"]?.array, !heads.isEmpty else { return nil }
        self.init(
            bucketCount: buckets, width: width,
            heads: heads.map { head in TextClassifier.Head(name: head["name"]?.string ?? "", labels: (head["labels"]?.array ?? []).compactMap(\.string)) })
        guard self.heads.allSatisfy({ !$0.labels.isEmpty }), labelCount <= 1 << 20 else { return nil }
    }
}
