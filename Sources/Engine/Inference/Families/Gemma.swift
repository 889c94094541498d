import Kernels

/// Gemma 3 (Gemma Team 2025).
///
/// Five layers see the newest `window` tokens, the sixth all; each kind has its rotary base. Both sublayers are normed before and after, heads of queries and keys too:
/// ```
/// x = sqrt(d) embedding                                                              [t, d]
/// x += norm(Wo attention(rope(norm(Wq n)), rope(norm(Wk n)), Wv n))     n = rmsNorm(x)
/// x += norm(Wdown (gelu(Wgate n) * Wup n))                              n = rmsNorm(x)
/// ```
/// Files hold norm weights as 1 + w already.
struct GemmaNetwork: DecoderNetwork {
    static let architectures = ["gemma3"]
    /// Every sixth layer sees everything, unless the file says otherwise.
    private static let pattern = 6
    private static let localBase = 10_000.0

    private struct Block {
        let attentionNorm: [Float]  // [d]
        let attention: SelfAttention
        let afterAttention: [Float]  // [d]
        let feedForwardNorm: [Float]  // [d]
        let feedForward: FeedForward
        let afterFeedForward: [Float]  // [d]
    }

    let shape: DecoderShape
    let outputNorm: [Float]
    private let blocks: [Block]
    var embeddingScale: Float { Float(shape.width).squareRoot() }

    init(_ loader: TensorLoader, _ parameters: Hyperparameters) throws {
        let shape = try parameters.decoderShape()
        self.shape = shape
        outputNorm = try loader.vector("output_norm.weight", count: shape.width)
        let window = parameters.window
        let pattern = max(1, parameters.int("attention.sliding_window_pattern") ?? Self.pattern)
        let global = try parameters.rotary(shape, isInterleaved: false)
        let local = try parameters.rotary(shape, isInterleaved: false, base: parameters.float("rope.freq_base_swa") ?? Self.localBase, scaled: false)
        // The largest model (27B, 62 layers) scales scores by its width per head instead of its heads' width.
        let scale = shape.layers == 62 ? 1 / Float(shape.width / shape.heads).squareRoot() : nil
        func vector(_ layer: Int, _ name: String) throws -> [Float] { try loader.vector("blk.\(layer).\(name).weight", count: shape.width) }
        blocks = try (0..<shape.layers).map { layer in
            let isGlobal = (layer + 1) % pattern == 0
            return Block(
                attentionNorm: try vector(layer, "attn_norm"),
                attention: try loader.attention(layer, shape, isGlobal ? global : local, window: isGlobal ? nil : window, scale: scale),
                afterAttention: try vector(layer, "post_attention_norm"), feedForwardNorm: try vector(layer, "ffn_norm"),
                feedForward: try loader.feedForward(layer, shape, .geluTanh), afterFeedForward: try vector(layer, "post_ffw_norm"))
        }
    }

    func run(_ pass: ForwardPass, _ rows: DecoderRows, _ cache: [KeyValueLayer]) throws {
        for (block, keys) in zip(blocks, cache) {
            try pass.rmsNorm(rows.x, block.attentionNorm, epsilon: shape.epsilon, into: rows.normed)
            try block.attention(pass, rows, keys)
            try pass.rmsNorm(rows.added, block.afterAttention, epsilon: shape.epsilon, into: rows.normed)
            pass.add(rows.normed, to: rows.x)
            try pass.rmsNorm(rows.x, block.feedForwardNorm, epsilon: shape.epsilon, into: rows.normed)
            try block.feedForward(pass, rows)
            try pass.rmsNorm(rows.added, block.afterFeedForward, epsilon: shape.epsilon, into: rows.normed)
            pass.add(rows.normed, to: rows.x)
        }
    }
}
