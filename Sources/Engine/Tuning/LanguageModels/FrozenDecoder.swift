import Core
import Inference
import Kernels
import Tensors

/// A language model whose weights stay as they are while an adapter learns on top of them: Llama, Qwen 2, 2.5 and 3, as their files hold them. A quantized file is enough: nothing is brought back to floats
/// but norms and biases.
///
/// Sequences of a batch lie one after another, without padding, and see only themselves:
/// ```
/// x: [t, d]
/// x += Wo attention(rope(Wq n + bq), rope(Wk n + bk), Wv n + bv)      n = rmsNorm(x)
/// x += Wdown (silu(Wgate n) * Wup n)                                  n = rmsNorm(x)
/// ```
public final class FrozenDecoder: Sendable {
    /// A linear layer of a block.
    struct Layer: Sendable {
        let info: DecoderParts.Layer
        let matrix: FrozenMatrix
        let bias: Tensor?
        /// |w|^2 of each row; there for layers that magnitudes are learned for.
        let squares: Tensor?
    }

    struct Block: Sendable {
        let attentionNorm: [Float]
        let feedForwardNorm: [Float]
        let queryNorm: [Float]?
        let keyNorm: [Float]?
        let layers: [LinearKind: Layer]

        func layer(_ kind: LinearKind) throws -> Layer {
            guard let layer = layers[kind] else { throw Fault(.modelDamaged, "a block has no \(kind.rawValue)", remedy: "get the model file again") }
            return layer
        }
    }

    public let sizes: DecoderParts.Sizes
    public let architecture: String
    /// Tokens of the longest sequence.
    public let context: Int
    public let workspace: Workspace
    let blocks: [Block]
    private let parts: DecoderParts
    private let outputNorm: [Float]
    private let head: FrozenMatrix

    /// Bytes of the weights as they are held.
    public var weightByteCount: Int { blocks.reduce(head.byteCount) { $0 + $1.layers.values.reduce(0) { $0 + $1.matrix.byteCount } } }

    /// - Parameters:
    ///   - context: tokens of the longest sequence.
    ///   - measured: layers whose rows' lengths are wanted, for magnitudes.
    ///   - isExact: whether all matrices are floats (in bf16 where the file has no more) and nothing is rounded; slower, and four times as large as bytes.
    ///   - progress: told the blocks that are loaded.
    /// - Throws: `inference.model-damaged`, `inference.model-unsupported`, `kernels.memory`.
    public init(file: GGUFFile, workspace: Workspace, context: Int, measured: Set<LinearKind> = [], isExact: Bool = false, progress: ProgressSink? = nil) throws {
        let parts = try DecoderParts(file: file, pool: workspace.pool, context: context, isExact: isExact)
        let sizes = parts.sizes
        func frozen(_ layer: DecoderParts.Layer, _ values: [Float]) throws -> FrozenMatrix {
            switch try parts.matrix(layer, values: values) {
            case .packed(let matrix, let transposed): try FrozenMatrix(matrix, transposed: transposed)
            case .floats(let values) where parts.isCompact(layer): try FrozenMatrix(CompactTensor(values, shape: [layer.outputs, layer.inputs], in: workspace))
            case .floats(let values): try FrozenMatrix(values, outputs: layer.outputs, inputs: layer.inputs, in: workspace)
            }
        }
        blocks = try (0..<sizes.layers).map { index in
            try Task.checkCancellation()
            let layers = try LinearKind.allCases.map { kind in
                let info = parts.layer(index, kind)
                let values = try parts.floats(of: info)
                let bias = try parts.vector(info.name + ".bias", count: info.outputs).map { try Tensor($0, shape: [info.outputs], in: workspace) }
                let squares = measured.contains(kind) ? try Tensor(Self.squares(values, info), shape: [info.outputs], in: workspace) : nil
                return (kind, Layer(info: info, matrix: try frozen(info, values), bias: bias, squares: squares))
            }
            progress?(JobProgress(phase: "load", done: index + 1, total: sizes.layers))
            return Block(
                attentionNorm: try parts.norm("blk.\(index).attn_norm.weight"), feedForwardNorm: try parts.norm("blk.\(index).ffn_norm.weight"),
                queryNorm: try parts.vector("blk.\(index).attn_q_norm.weight", count: sizes.headWidth), keyNorm: try parts.vector("blk.\(index).attn_k_norm.weight", count: sizes.headWidth),
                layers: Dictionary(uniqueKeysWithValues: layers))
        }
        head = try frozen(parts.head, parts.floats(of: parts.head))
        outputNorm = try parts.norm("output_norm.weight")
        (self.sizes, self.parts, self.workspace, self.context, architecture) = (sizes, parts, workspace, context, parts.architecture)
        file.file.forget(offset: 0, count: file.file.byteCount)
    }

    private static func squares(_ values: [Float], _ layer: DecoderParts.Layer) -> [Float] {
        (0..<layer.outputs).map { row in values[row * layer.inputs..<(row + 1) * layer.inputs].reduce(0) { $0 + $1 * $1 } }
    }

    /// Where the tokens of a batch stand.
    struct Places: Sendable {
        let angles: RotaryAngles
        let layout: AttentionLayout
    }

    func places(of sequence: PackedSequence) throws -> Places {
        guard sequence.count > 0, let longest = sequence.positions.max(), longest < context else {
            throw Fault(.trainingData, "a sequence of \((sequence.positions.max() ?? -1) + 1) tokens does not fit the context of \(context)", remedy: "cut it, or train with a longer context")
        }
        let rotary = parts.rotary
        var segments: [Range<Int>] = []
        for index in sequence.segments.indices {
            if index > 0, sequence.segments[index] == sequence.segments[index - 1], let last = segments.popLast() { segments.append(last.lowerBound..<index + 1) } else { segments.append(index..<index + 1) }
        }
        return Places(
            angles: try RotaryAngles(cosines: rotary.cosines, sines: rotary.sines, pairs: rotary.pairs, isInterleaved: rotary.isInterleaved, positions: sequence.positions.map { Int($0) }),
            layout: AttentionLayout(
                segments: segments, heads: sizes.heads, keyHeads: sizes.keyHeads, headWidth: sizes.headWidth, scale: 1 / Float(sizes.headWidth).squareRoot(), window: sizes.window))
    }

    /// What the first block reads, [tokens, d].
    func embedded(_ sequence: PackedSequence) throws -> Tensor { try Tensor(try parts.embeddings(of: sequence.tokens), shape: [sequence.count, sizes.width], in: workspace) }

    /// One block: what it makes of x, [tokens, d].
    ///
    /// - Parameter linear: applies a linear layer, with what an adapter adds to it.
    func run(_ block: Block, _ x: Tensor, _ places: Places, linear: (LinearKind, Tensor) throws -> Tensor) throws -> Tensor {
        let normed = try x.rmsNorm(frozen: block.attentionNorm, epsilon: sizes.epsilon)
        var (query, key) = (try linear(.query, normed), try linear(.key, normed))
        if let norm = block.queryNorm { query = try query.rmsNorm(frozen: norm, epsilon: sizes.epsilon) }
        if let norm = block.keyNorm { key = try key.rmsNorm(frozen: norm, epsilon: sizes.epsilon) }
        query = try query.rotated(by: places.angles, headWidth: sizes.headWidth)
        key = try key.rotated(by: places.angles, headWidth: sizes.headWidth)
        let middle = try x + linear(.output, query.attention(to: key, values: linear(.value, normed), places.layout))
        let inner = try middle.rmsNorm(frozen: block.feedForwardNorm, epsilon: sizes.epsilon)
        return try middle + linear(.down, linear(.gate, inner).siluGated(linear(.up, inner)))
    }

    /// How probable the labels are after the last block's output x.
    func scores(of x: Tensor, labels: [Int32]) throws -> LabelScores { try x.rmsNorm(frozen: outputNorm, epsilon: sizes.epsilon).labelScores(labels, head: head) }
}
