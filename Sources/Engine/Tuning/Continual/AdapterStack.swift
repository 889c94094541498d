import Core
import Inference
import Tensors

/// A base classifier and the adapters of all sources that taught it something. Any of them can be withdrawn: what remains is what would be there if the source had never been learned from.
public struct AdapterStack: Sendable {
    public let base: TextClassifier
    public private(set) var adapters: [TextAdapter] = []
    private let workspace: Workspace

    public init(_ base: TextClassifier) { (self.base, workspace) = (base, base.workspace) }

    /// Bytes of all adapters.
    public var byteCount: Int { adapters.reduce(0) { $0 + $1.byteCount } }

    /// Adds what a source taught; an adapter of its name is replaced.
    public mutating func add(_ adapter: TextAdapter) {
        adapters.removeAll { $0.head.name == adapter.head.name }
        adapters.append(adapter)
        adapters.sort { $0.slot.lowerBound < $1.slot.lowerBound }
    }

    /// Takes away what a source taught.
    ///
    /// - Throws: `tuning.data` when no source has the name.
    public mutating func withdraw(_ name: String) throws {
        guard adapters.contains(where: { $0.head.name == name }) else {
            throw Fault(.trainingData, "the model has no source of that name", remedy: "it has: \(adapters.map(\.head.name).joined(separator: ", "))")
        }
        adapters.removeAll { $0.head.name == name }
    }

    /// One network with all adapters in its layers and a head for each source.
    ///
    /// - Throws: `tuning.data` without adapters, `kernels.memory`.
    public func merged() throws -> TextClassifier {
        guard !adapters.isEmpty else { throw Fault(.trainingData, "there is no source left to answer for", remedy: "keep one source at least") }
        var (table, hidden) = (base.parameters[0].detached(), base.parameters[1].detached())
        for adapter in adapters {
            let places = try AdaptedClassifier.places(adapter.slot, base.shape.width, in: workspace), parts = adapter.parameters.map { $0.detached() }
            table = try table + parts[0].multiplied(by: places)
            hidden = try hidden + places.transposed().multiplied(by: parts[1])
        }
        let heads = try [2, 3].map { part in try Tensor.joined(adapters.map { $0.parameters[part].detached() }, along: 0) }
        let shape = TextClassifier.Shape(bucketCount: base.shape.bucketCount, width: base.shape.width, heads: adapters.map(\.head))
        return TextClassifier(shape, parameters: ([table, hidden, base.parameters[2].detached()] + heads).map { $0.parameter() }, in: workspace)
    }

    // MARK: - Files

    private static let kind = "text-adapters"

    /// Whether a file holds a base with adapters.
    public static func isStack(_ file: SafetensorsFile) -> Bool { file.metadata["banyan.model"] == kind }

    /// Writes the base and each adapter apart, so that one can be withdrawn later.
    ///
    /// - Throws: `core.file`, `core.disk-full`.
    public func write(to path: String) throws {
        var names = base.parameterNames.map { "base." + $0 }, tensors = base.parameters
        for (place, adapter) in adapters.enumerated() {
            names += TextAdapter.names.map { "adapter\(place)." + $0 }
            tensors += adapter.parameters
        }
        let list = adapters.map { adapter -> JSONValue in
            ["name": .string(adapter.head.name), "labels": .array(adapter.head.labels.map { .string($0) }), "start": .int(adapter.slot.lowerBound), "rank": .int(adapter.slot.count)]
        }
        try Checkpoint.write(names, tensors, about: ["banyan.model": Self.kind, "banyan.shape": base.shape.json.text, "banyan.adapters": JSONValue.array(list).text], to: path)
    }

    /// - Throws: `core.file`, `inference.model-damaged`; `tuning.checkpoint` when the file holds no base with adapters.
    public init(file: SafetensorsFile, in workspace: Workspace) throws {
        func damaged() -> Fault { Fault(.checkpoint, "\(file.file.path) holds no classifier with adapters", remedy: "give a model that `banyan tune continual --method adapters` wrote") }
        guard Self.isStack(file), let text = file.metadata["banyan.shape"], let json = try? JSONValue(parsing: text), let shape = TextClassifier.Shape(json: json),
            let list = file.metadata["banyan.adapters"].flatMap({ try? JSONValue(parsing: $0) })?.array
        else { throw damaged() }
        var base = try TextClassifier(shape, in: workspace, seed: 0)
        base.parameters = try Checkpoint.parameters(base.parameterNames, like: base.parameters, from: file, prefix: "base.")
        self.init(base)
        for (place, item) in list.enumerated() {
            guard let name = item["name"]?.string, let start = item["start"]?.int, let rank = item["rank"]?.int, start >= 0, rank > 0, start + rank <= shape.width else { throw damaged() }
            let head = TextClassifier.Head(name: name, labels: (item["labels"]?.array ?? []).compactMap(\.string))
            guard !head.labels.isEmpty else { throw damaged() }
            var adapter = try AdaptedClassifier(base, head: head, slot: start..<start + rank, seed: 0).adapter
            adapter.parameters = try Checkpoint.parameters(TextAdapter.names, like: adapter.parameters, from: file, prefix: "adapter\(place).")
            add(adapter)
        }
    }
}
