import Kernels

/// Llama (Touvron et al. 2023; Grattafiori et al. 2024), and what shares its network: Mistral, SmolLM.
///
/// Pre-norm blocks of grouped-query attention with interleaved rotary positions, and SwiGLU:
/// ```
/// x: [t, d]
/// x += Wo attention(rope(Wq n), rope(Wk n), Wv n)      n = rmsNorm(x)      q: [t, h, w]   k, v: [t, hk, w]
/// x += Wdown (silu(Wgate n) * Wup n)                   n = rmsNorm(x)      gate, up: [t, ff]
/// ```
struct LlamaNetwork: DecoderNetwork {
    static let architectures = ["llama"]

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
        // Llama 3.1 stretches low frequencies by a table in the file.
        let factors = try loader.vectorIfPresent("rope_freqs.weight", count: (parameters.int("rope.dimension_count") ?? shape.headWidth) / 2)
        let rotary = try parameters.rotary(shape, isInterleaved: true, factors: factors)
        self.shape = shape
        outputNorm = try loader.vector("output_norm.weight", count: shape.width)
        blocks = try (0..<shape.layers).map { layer in
            Block(
                attentionNorm: try loader.vector("blk.\(layer).attn_norm.weight", count: shape.width),
                attention: try loader.attention(layer, shape, rotary, window: parameters.window),
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
