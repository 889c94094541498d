import Kernels

/// Qwen 2 and 2.5 (Yang et al. 2024) and Qwen 3 (Yang et al. 2025).
///
/// Llama's blocks with rotary positions over halves of a head. Qwen 2 adds biases to queries, keys and values; Qwen 3 drops them and norms each head of queries and keys instead:
/// ```
/// x += Wo attention(rope(norm(Wq n + bq)), rope(norm(Wk n + bk)), Wv n + bv)      n = rmsNorm(x)
/// x += Wdown (silu(Wgate n) * Wup n)                                              n = rmsNorm(x)
/// ```
struct QwenNetwork: DecoderNetwork {
    static let architectures = ["qwen2", "qwen3"]

    private struct Block {
        let attentionNorm: [Float]  // [d]
        let attention: SelfAttention  // with biases, or with norms of heads, as the file has them
        let feedForwardNorm: [Float]  // [d]
        let feedForward: FeedForward
    }

    let shape: DecoderShape
    let outputNorm: [Float]
    private let blocks: [Block]

    init(_ loader: TensorLoader, _ parameters: Hyperparameters) throws {
        let shape = try parameters.decoderShape()
        let rotary = try parameters.rotary(shape, isInterleaved: false)
        self.shape = shape
        outputNorm = try loader.vector("output_norm.weight", count: shape.width)
        blocks = try (0..<shape.layers).map { layer in
            Block(
                attentionNorm: try loader.vector("blk.\(layer).attn_norm.weight", count: shape.width), attention: try loader.attention(layer, shape, rotary),
                feedForwardNorm: try loader.vector("blk.\(layer).ffn_norm.weight", count: shape.width), feedForward: try loader.feedForward(layer, shape, .silu))
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
