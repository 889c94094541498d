import Core
import Foundation
import Inference
import Kernels
import Tensors

extension SentenceEncoder {
    /// The name of this kind of network in a model's file.
    public static let kind = "sentence-encoder"
    /// Bags of a computation at most.
    static let partCount = 256

    /// What a model's file says of the network, by which it is read back.
    public var about: [String: String] { ["banyan.model": Self.kind, "banyan.shape": shape.json.text] }

    /// Vectors of texts as one tensor, [n, width], without ways back.
    public func vectors(of texts: [String]) throws -> Tensor {
        var copy = self
        copy.parameters = parameters.map { $0.detached() }
        let values = try stride(from: 0, to: texts.count, by: Self.partCount).flatMap { start in
            try copy.vectors(texts[start..<min(texts.count, start + Self.partCount)].map { PieceBag($0) }).values
        }
        return try Tensor(values, shape: [texts.count, shape.width], in: workspace)
    }

    /// How well queries of pairs find their texts among the texts of all pairs; texts that are the same count once.
    public func figures(_ pairs: [TextPair]) throws -> RetrievalFigures {
        var places: [String: Int] = [:]
        var texts: [String] = []
        let own = pairs.map { pair in
            if let place = places[pair.text] { return place }
            places[pair.text] = texts.count
            texts.append(pair.text)
            return texts.count - 1
        }
        return try RetrievalFigures(try vectors(of: pairs.map(\.query)).multiplied(byTransposed: vectors(of: texts)), own: own)
    }

    // MARK: - Files

    /// Writes the model: the memory, weights of pieces and matrices as bytes, each row or stretch of them with a scale.
    ///
    /// - Throws: `core.file`, `core.disk-full`.
    public func write(to path: String) throws {
        var writer = SafetensorsWriter()
        for (key, text) in about { writer.set(key, text) }
        for (name, tensor) in zip(parameterNames, parameters) {
            guard let bytes = ByteRows(tensor) else {
                writer.add(name, shape: tensor.shape) { tensor.values }
                continue
            }
            writer.add(name, shape: tensor.shape, type: .i8) { bytes.values.map { UInt8(bitPattern: $0) } }
            writer.add(name + ".scale", shape: [bytes.scales.count]) { bytes.scales }
        }
        try writer.write(to: path)
    }

    /// The network as it will be when its file is read back.
    public func rounded() throws -> Self {
        var copy = self
        copy.parameters = try parameters.map { tensor in
            guard let bytes = ByteRows(tensor) else { return tensor }
            return try Tensor(bytes.floats, shape: tensor.shape, in: workspace).parameter()
        }
        return copy
    }

    /// A model from its file.
    ///
    /// - Throws: `core.file`, `inference.model-damaged`; `tuning.checkpoint` when it is no sentence encoder.
    public init(file: SafetensorsFile, in workspace: Workspace) throws {
        func wrong(_ what: String) -> Fault { Fault(.checkpoint, "\(file.file.path) \(what)", remedy: "give a model that `banyan tune embedding` wrote") }
        guard file.metadata["banyan.model"] == Self.kind, let text = file.metadata["banyan.shape"], let json = try? JSONValue(parsing: text), let shape = Shape(json: json) else {
            throw wrong("is no sentence encoder")
        }
        let (width, hidden) = (shape.width, shape.hiddenWidth)
        let shapes = [[PieceIndex.count, 1], [shape.memoryCount], [hidden, width], [hidden], [width, hidden], [1]]
        let parameters = try zip(Self.names, shapes).map { name, shape in
            guard let tensor = file.tensors[name], tensor.shape == shape else { throw wrong("has no \(name) of the shape \(shape)") }
            var values = try file.floats(of: name)
            if tensor.type == .i8 {
                let scales = try file.floats(of: name + ".scale")
                guard !scales.isEmpty, values.count % scales.count == 0 else { throw wrong("has no scales of \(name)") }
                ByteRows.scale(&values, by: scales)
            }
            guard values.allSatisfy(\.isFinite) else { throw wrong("has numbers in \(name) that are none") }
            return try Tensor(values, shape: shape, in: workspace).parameter()
        }
        self.init(shape, parameters: parameters, in: workspace)
    }
}

/// Rows of a matrix as bytes from -127 to 127 times a scale each. What has no rows has a scale for a stretch of elements.
private struct ByteRows {
    var values: [Int8] = []
    var scales: [Float] = []
    /// Elements of a scale where there are no rows.
    static let stretch = 256

    /// Nil for what is too small to be worth it.
    init?(_ tensor: Tensor) {
        guard tensor.count >= 4_096, let last = tensor.shape.last else { return nil }
        let width = tensor.rank == 1 || last == 1 ? Self.stretch : last
        guard tensor.count % width == 0 else { return nil }
        let floats = tensor.values
        values.reserveCapacity(floats.count)
        for start in stride(from: 0, to: floats.count, by: width) {
            let row = floats[start..<start + width]
            let scale = row.reduce(0) { max($0, abs($1)) } / 127
            scales.append(scale)
            for value in row { values.append(scale > 0 ? Int8(max(-127, min(127, (value / scale).rounded()))) : 0) }
        }
    }

    /// What is read back.
    var floats: [Float] {
        var floats = values.map { Float($0) }
        Self.scale(&floats, by: scales)
        return floats
    }

    static func scale(_ values: inout [Float], by scales: [Float]) {
        let width = values.count / scales.count
        for (row, scale) in scales.enumerated() { for place in row * width..<(row + 1) * width { values[place] *= scale } }
    }
}

extension SentenceEncoder.Shape {
    var json: JSONValue { ["memory": .int(memoryCount), "width": .int(width), "hidden": .int(hiddenWidth)] }

    /// Nil for what no network has.
    init?(json: JSONValue) {
        guard let memory = json["memory"]?.int, (4...1 << 28).contains(memory), let width = json["width"]?.int, (4...4_096).contains(width), width <= memory, let hidden = json["hidden"]?.int,
            (1...4_096).contains(hidden)
        else { return nil }
        self.init(memoryCount: memory, width: width, hiddenWidth: hidden)
    }
}
