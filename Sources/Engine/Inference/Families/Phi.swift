import Core
import Kernels

/// Phi 3, 3.5 and 4-mini (Abdin et al. 2024).
///
/// Llama's blocks, rotary positions over halves, one matrix for queries, keys and values and one for gate and up:
/// ```
/// [q | k | v] = Wqkv n          x += Wo attention(rope(q), rope(k), v)      n = rmsNorm(x)
/// [gate | up] = Wup n           x += Wdown (silu(gate) * up)                n = rmsNorm(x)
/// ```
/// Long-context files (LongRoPE, Ding et al. 2024) carry two tables of frequency factors: one within the original context, one beyond; the session's context decides.
struct PhiNetwork: DecoderNetwork {
    static let architectures = ["phi3"]

    private struct Block {
        let attentionNorm: [Float]  // [d]
        let attention: SelfAttention
        let feedForwardNorm: [Float]  // [d]
        let feedForward: FeedForward
    }

    let shape: DecoderShape
    let outputNorm: [Float]
    private let blocks: [Block]

    init(_ loader: TensorLoader, _ parameters: Hyperparameters) throws {
        let shape = try parameters.decoderShape()
        self.shape = shape
        outputNorm = try loader.vector("output_norm.weight", count: shape.width)
        let original = parameters.int("rope.scaling.original_context_length") ?? shape.trainedContext
        let name = shape.context > original ? "rope_factors_long.weight" : "rope_factors_short.weight"
        let factors = try loader.vectorIfPresent(name, count: (parameters.int("rope.dimension_count") ?? shape.headWidth) / 2)
        let rotary = try parameters.rotary(shape, isInterleaved: false, factors: factors)
        let (width, queries, keys) = (shape.width, shape.heads * shape.headWidth, shape.keyHeads * shape.headWidth)
        let window = parameters.window
        blocks = try (0..<shape.layers).map { layer in
            let prefix = "blk.\(layer)."
            let qkv = try loader.pieces(prefix + "attn_qkv.weight", inputs: width, outputs: [queries, keys, keys])
            let gateUp = try loader.pieces(prefix + "ffn_up.weight", inputs: width, outputs: [shape.feedForward, shape.feedForward])
            return Block(
                attentionNorm: try loader.vector(prefix + "attn_norm.weight", count: width),
                attention: SelfAttention(
                    query: qkv[0], key: qkv[1], value: qkv[2], output: try loader.linear(prefix + "attn_output", inputs: queries, outputs: width), epsilon: shape.epsilon,
                    headWidth: shape.headWidth, rotary: rotary, scale: 1 / Float(shape.headWidth).squareRoot(), window: window),
                feedForwardNorm: try loader.vector(prefix + "ffn_norm.weight", count: width),
                feedForward: FeedForward(
                    gate: .init(linear: gateUp[0], activation: .silu), up: gateUp[1], down: try loader.linear(prefix + "ffn_down", inputs: shape.feedForward, outputs: width)))
        }
    }

    func run(_ pass: ForwardPass, _ rows: DecoderRows, _ cache: [KeyValueLayer]) throws {
        for (block, keys) in zip(blocks, cache) {
            try pass.rmsNorm(rows.x, block.attentionNorm, epsilon: shape.epsilon, into: rows.normed)
            try block.attention(pass, rows, keys)
            pass.add(rows.added, to: rows.x)
            try pass.rmsNorm(rows.x, block.feedForwardNorm, epsilon: shape.epsilon, into: rows.normed)
            try block.feedForward(pass, rows)
            pass.add(rows.added, to: rows.x)
        }
    }
}
