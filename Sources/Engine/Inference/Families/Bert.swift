import Core
import Kernels

/// BERT (Devlin et al. 2019) and RoBERTa's kin (XLM-R, Conneau et al. 2020; bge-m3), and Nomic's BERT (Nussbaum et al. 2024).
///
/// Every token sees every other; norms come after the sums:
/// ```
/// x = layerNorm(word + position + type)                                     [t, d]
/// x = layerNorm(x + Wo attention(Wq x, Wk x, Wv x))
/// x = layerNorm(x + Wdown gelu(Wup x))
/// ```
/// Nomic's has rotary positions in place of learned ones, one matrix for queries, keys and values, and SwiGLU in place of GELU. XLM-R's positions begin at 2 in its own files; converted files have
/// that cut away.
struct BertNetwork: Sendable {
    static let architectures = ["bert", "nomic-bert"]
    /// Tokens of a text, unless a session asks for more; no encoder of these families was trained for longer ones.
    static let contextMax = 8_192

    private struct Block {
        let query: Linear, key: Linear, value: Linear  // [d, d]
        let output: Linear  // [d, d]
        let afterAttention: LayerNorm
        let feedForward: FeedForward  // with a gate in Nomic's only
        let afterFeedForward: LayerNorm
    }

    let width: Int
    let heads: Int
    let context: Int
    let vocabulary: Int
    private let embeddingNorm: LayerNorm
    /// [context, d]; nil with rotary positions.
    private let positions: [Float]?
    /// The type of the first sentence, [d].
    private let type: [Float]
    private let rotary: RotaryTable?
    private let blocks: [Block]

    init(_ loader: TensorLoader, _ parameters: Hyperparameters) throws {
        let width = try parameters.required("embedding_length", atMost: 1 << 16)
        let inner = try parameters.required("feed_forward_length", atMost: 1 << 20)
        let trained = try parameters.required("context_length", atMost: 1 << 20)
        let heads = try parameters.required("attention.head_count", atMost: width)
        guard width % heads == 0, let embedding = loader.file.tensors["token_embd.weight"], embedding.shape.count == 2, embedding.shape[0] == width else {
            throw parameters.damaged("has a width of \(width) that does not fit its \(heads) heads or its embeddings")
        }
        let epsilon = Float(parameters.float("attention.layer_norm_epsilon") ?? 1e-12)
        func norm(_ name: String) throws -> LayerNorm {
            LayerNorm(weight: try loader.vector(name + ".weight", count: width), bias: try loader.vector(name + ".bias", count: width), epsilon: epsilon)
        }
        self.width = width
        self.heads = heads
        vocabulary = embedding.shape[1]
        context = min(trained, max(1, parameters.contextLimit ?? Self.contextMax))
        embeddingNorm = try norm("token_embd_norm")
        type = try Self.firstType(loader, parameters, width: width)
        positions = loader.has("position_embd.weight") ? try loader.vector("position_embd.weight", count: trained * width) : nil
        let headWidth = width / heads
        rotary = positions == nil
            ? try RotaryTable(width: headWidth, positions: context, base: parameters.float("rope.freq_base") ?? 10_000, isInterleaved: false) : nil
        blocks = try (0..<parameters.required("block_count", atMost: 4096)).map { layer in
            let prefix = "blk.\(layer)."
            let isFused = loader.has(prefix + "attn_qkv.weight")
            let qkv = isFused
                ? try loader.pieces(prefix + "attn_qkv.weight", inputs: width, outputs: [width, width, width])
                : try ["attn_q", "attn_k", "attn_v"].map { try loader.linear(prefix + $0, inputs: width, outputs: width) }
            let gate = loader.has(prefix + "ffn_gate.weight") ? try loader.linear(prefix + "ffn_gate", inputs: width, outputs: inner) : nil
            return Block(
                query: qkv[0], key: qkv[1], value: qkv[2], output: try loader.linear(prefix + "attn_output", inputs: width, outputs: width),
                afterAttention: try norm(prefix + "attn_output_norm"),
                feedForward: FeedForward(
                    gate: gate.map { .init(linear: $0, activation: .silu) }, up: try loader.linear(prefix + "ffn_up", inputs: width, outputs: inner),
                    down: try loader.linear(prefix + "ffn_down", inputs: inner, outputs: width)),
                afterFeedForward: try norm(prefix + "layer_output_norm"))
        }
    }

    private static func firstType(_ loader: TensorLoader, _ parameters: Hyperparameters, width: Int) throws -> [Float] {
        guard let types = loader.file.tensors["token_types.weight"] else { return [Float](repeating: 0, count: width) }
        guard types.shape.first == width else { throw parameters.damaged("has token_types.weight of the shape \(types.shape), not of width \(width)") }
        return try loader.file.floats(of: types, rows: 0..<1)
    }

    /// Runs all layers: rows.x holds word embeddings, then the last layer's output, [t, d]. One layer of keys and values serves all layers in turn.
    func run(_ pass: ForwardPass, _ rows: DecoderRows, _ keys: KeyValueLayer) throws {
        pass.eachRows { [batch = pass.batch] range in
            unsafe positions?.withUnsafeBufferPointer { table in
                guard let start = table.baseAddress else { return }
                for row in range { unsafe VectorMath.add(rows.x.row(row), start + batch[row].position * width, width) }
            }
            for row in range { unsafe VectorMath.add(rows.x.row(row), type, width) }
        }
        pass.layerNorm(rows.x, embeddingNorm)
        let scale = 1 / Float(width / heads).squareRoot()
        for block in blocks {
            try pass.project(rows.x, [(block.query, rows.query), (block.key, rows.key), (block.value, rows.value)])
            if let rotary {
                pass.rotate(rows.query, headWidth: width / heads, rotary)
                pass.rotate(rows.key, headWidth: width / heads, rotary)
            }
            try pass.attend(rows.query, rows.key, rows.value, layer: keys, scale: scale, isCausal: false, into: rows.attended)
            try pass.project(rows.attended, [(block.output, rows.added)])
            pass.add(rows.added, to: rows.x)
            pass.layerNorm(rows.x, block.afterAttention)
            try pass.feedForward(rows.x, block.feedForward, into: rows.added)
            pass.add(rows.added, to: rows.x)
            pass.layerNorm(rows.x, block.afterFeedForward)
        }
    }
}
