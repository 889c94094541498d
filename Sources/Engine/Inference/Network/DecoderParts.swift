import Core
import Kernels

/// What a model file holds of a decoder, part by part: for training on top of weights that stay as they are. Llama and Qwen 2, 2.5 and 3, whose networks differ in biases, norms of heads and rotation only.
public struct DecoderParts: Sendable {
    /// How a matrix is multiplied: packed, with its transpose, or as floats.
    public enum Matrix: Sendable {
        case packed(PackedMatrix, transposed: PackedMatrix)
        case floats([Float])
    }

    /// The sizes of the network.
    public struct Sizes: Sendable, Hashable {
        public let vocabulary: Int
        public let width: Int
        public let layers: Int
        public let heads: Int
        public let keyHeads: Int
        public let headWidth: Int
        public let feedForward: Int
        public let epsilon: Float
        public let window: Int?
        /// Tokens that the model was trained for.
        public let trainedContext: Int
    }

    /// A linear layer by the name of its tensor without ".weight", [outputs, inputs].
    public struct Layer: Sendable, Hashable {
        public let name: String
        public let inputs: Int
        public let outputs: Int
    }

    /// Architectures whose networks are known here.
    public static let architectures = ["llama", "qwen2", "qwen3"]

    public let file: GGUFFile
    public let architecture: String
    public let sizes: Sizes
    /// Cosines and sines of every position of the context, `pairs` each.
    public let rotary: (cosines: [Float], sines: [Float], pairs: Int, isInterleaved: Bool)
    private let loader: TensorLoader
    private let isExact: Bool

    /// - Parameters:
    ///   - context: tokens of the longest sequence.
    ///   - isExact: whether all matrices are floats, whatever the file holds.
    /// - Throws: `inference.model-damaged`, `inference.model-unsupported` for another architecture, `inference.context-full`.
    public init(file: GGUFFile, pool: ThreadPool, context: Int, isExact: Bool = false) throws {
        architecture = file.metadata["general.architecture"]?.string ?? ""
        guard Self.architectures.contains(architecture) else {
            throw Fault(
                .modelUnsupported, "the architecture \"\(architecture)\" cannot be trained on", remedy: "use a model of one of the families \(Self.architectures.joined(separator: ", "))")
        }
        (self.file, self.isExact) = (file, isExact)
        loader = TensorLoader(file: file, pool: pool)
        let parameters = Hyperparameters(architecture: architecture, file: file, contextLimit: context)
        let shape = try parameters.decoderShape()
        sizes = Sizes(
            vocabulary: shape.vocabulary, width: shape.width, layers: shape.layers, heads: shape.heads, keyHeads: shape.keyHeads, headWidth: shape.headWidth, feedForward: shape.feedForward,
            epsilon: shape.epsilon, window: architecture == "llama" ? parameters.window : nil, trainedContext: shape.trainedContext)
        let factors = architecture == "llama" ? try loader.vectorIfPresent("rope_freqs.weight", count: (parameters.int("rope.dimension_count") ?? shape.headWidth) / 2) : nil
        let table = try parameters.rotary(shape, isInterleaved: architecture == "llama", factors: factors)
        rotary = (table.cosines, table.sines, table.pairs, table.isInterleaved)
    }

    /// The linear layers of a block, by the names that files have for them.
    public func layer(_ block: Int, _ kind: LinearKind) -> Layer {
        let (d, q, k) = (sizes.width, sizes.heads * sizes.headWidth, sizes.keyHeads * sizes.headWidth)
        let (inputs, outputs): (Int, Int) =
            switch kind {
            case .query: (d, q)
            case .key, .value: (d, k)
            case .output: (q, d)
            case .gate, .up: (d, sizes.feedForward)
            case .down: (sizes.feedForward, d)
            }
        return Layer(name: "blk.\(block).\(kind.rawValue)", inputs: inputs, outputs: outputs)
    }

    /// The head, which small models share with their embeddings.
    public var head: Layer { Layer(name: loader.has("output.weight") ? "output" : "token_embd", inputs: sizes.width, outputs: sizes.vocabulary) }

    /// Values of a vector; nil if the file has none of the name.
    public func vector(_ name: String, count: Int) throws -> [Float]? { try loader.vectorIfPresent(name, count: count) }

    /// A norm's weight.
    /// - Throws: `inference.model-damaged` if the file has none.
    public func norm(_ name: String) throws -> [Float] { try loader.vector(name, count: sizes.width) }

    /// The embeddings of some tokens, row by row.
    public func embeddings(of tokens: [Int32]) throws -> [Float] {
        guard let table = file.tensors["token_embd.weight"], tokens.allSatisfy({ $0 >= 0 && Int($0) < sizes.vocabulary }) else {
            throw Fault(.modelDamaged, "a token is not in the vocabulary of \(sizes.vocabulary)", remedy: "use the tokenizer of this model")
        }
        return try tokens.flatMap { try file.floats(of: table, rows: Int($0)..<Int($0) + 1) }
    }

    /// The weights of a layer as floats, [outputs, inputs].
    public func floats(of layer: Layer) throws -> [Float] {
        let values = try file.floats(of: layer.name + ".weight")
        guard values.count == layer.inputs * layer.outputs else { throw Fault(.modelDamaged, "tensor \(layer.name).weight has \(values.count) values", remedy: "get the file again") }
        return values
    }

    /// How the transpose of a layer is held; nil when the layer is held as floats.
    private func transposedFormat(of layer: Layer) -> PackedFormat? {
        let type = file.tensors[layer.name + ".weight"]?.type ?? .f32
        guard !isExact, type != .f32 else { return nil }
        let format: PackedFormat = type == .f16 || type == .bf16 ? .q16 : .q8
        return layer.inputs % format.columnMultiple == 0 && layer.outputs % format.columnMultiple == 0 ? format : nil
    }

    /// Whether a layer's weights are held in bf16 where they are held as floats: the file has them so, and nothing is lost.
    public func isCompact(_ layer: Layer) -> Bool { file.tensors[layer.name + ".weight"]?.type == .bf16 }

    /// Bytes that ``matrix(_:values:)`` of a layer takes, about.
    public func byteCount(of layer: Layer) -> Int {
        let count = layer.inputs * layer.outputs
        guard let format = transposedFormat(of: layer), let type = file.tensors[layer.name + ".weight"]?.type else { return (isCompact(layer) ? 2 : 4) * count }
        // 16-bit integers and a scale a block; or the file's own blocks, and bytes with a scale a block for the transpose.
        return format == .q16 ? 2 * (2 * count + count / 8) : (type.byteCount(of: count) ?? count) + count + count / 8
    }

    /// The weights of a layer. Quantized ones are held as they are and once more transposed, in bytes; those of 16 bits as 16-bit integers; floats, and what does not fit the blocks, as floats.
    ///
    /// - Parameter values: the same as floats.
    public func matrix(_ layer: Layer, values: [Float]) throws -> Matrix {
        guard let format = transposedFormat(of: layer) else { return .floats(values) }
        let packed = try loader.matrix(layer.name + ".weight", inputs: layer.inputs, outputs: layer.outputs)
        let turned = try PackedMatrix.pack(floats: Self.transposed(values, rows: layer.outputs, columns: layer.inputs), rows: layer.inputs, columns: layer.outputs, format: format, pool: loader.pool)
        return .packed(packed, transposed: turned)
    }

    private static func transposed(_ values: [Float], rows: Int, columns: Int) -> [Float] {
        unsafe [Float](unsafeUninitializedCapacity: values.count) { out, initialized in
            unsafe values.withUnsafeBufferPointer { values in
                // Squares that fit the first-level cache.
                for row in stride(from: 0, to: rows, by: 32) {
                    for column in stride(from: 0, to: columns, by: 32) {
                        for i in row..<min(rows, row + 32) { for j in column..<min(columns, column + 32) { unsafe out[j &* rows &+ i] = values[i &* columns &+ j] } }
                    }
                }
            }
            initialized = values.count
        }
    }
}

/// The linear layers of a decoder's block; raw values are the names in files.
public enum LinearKind: String, Sendable, CaseIterable {
    case query = "attn_q"
    case key = "attn_k"
    case value = "attn_v"
    case output = "attn_output"
    case gate = "ffn_gate"
    case up = "ffn_up"
    case down = "ffn_down"
}
