import Core
import Foundation
import Kernels

/// The buffers that a decoder's layers hand on, one row a token.
final class DecoderRows {
    /// The residual stream.
    let x = RowBuffer()
    let normed = RowBuffer()
    let query = RowBuffer()
    let key = RowBuffer()
    let value = RowBuffer()
    let attended = RowBuffer()
    /// What a layer adds to the stream.
    let added = RowBuffer()

    /// Gives all memory back, until the next batch.
    func release() { for buffer in [x, normed, query, key, value, attended, added] { buffer.release() } }
}

/// Grouped-query self-attention (Vaswani et al. 2017; Ainslie et al. 2023) with rotary positions.
struct SelfAttention: Sendable {
    var query: Linear  // [heads * headWidth, d]
    var key: Linear  // [keyHeads * headWidth, d]
    var value: Linear  // [keyHeads * headWidth, d]
    var output: Linear  // [d, heads * headWidth]
    /// Norms of each head of queries and keys (Qwen 3, Gemma 3).
    var queryNorm: [Float]?
    var keyNorm: [Float]?
    var epsilon: Float
    var headWidth: Int
    var rotary: RotaryTable
    var scale: Float
    var window: Int?

    /// added = attention(normed), [tokens, d]
    func callAsFunction(_ pass: ForwardPass, _ rows: DecoderRows, _ cache: KeyValueLayer) throws {
        try pass.project(rows.normed, [(query, rows.query), (key, rows.key), (value, rows.value)])
        if let queryNorm { pass.rmsNormHeads(rows.query, queryNorm, epsilon: epsilon) }
        if let keyNorm { pass.rmsNormHeads(rows.key, keyNorm, epsilon: epsilon) }
        pass.rotate(rows.query, headWidth: headWidth, rotary)
        pass.rotate(rows.key, headWidth: headWidth, rotary)
        try pass.attend(rows.query, rows.key, rows.value, layer: cache, scale: scale, window: window, into: rows.attended)
        try pass.project(rows.attended, [(output, rows.added)])
    }
}

/// Feed-forward, gated (Shazeer 2020) or not: down(activation(gate x) * up x), or down(gelu(up x)).
struct FeedForward: Sendable {
    struct Gate: Sendable {
        var linear: Linear  // [ff, d]
        var activation: Activation
    }
    enum Activation: Sendable { case silu, geluTanh }

    var gate: Gate?
    var up: Linear  // [ff, d]
    var down: Linear  // [d, ff]

    /// added = feedForward(normed), [tokens, d]
    func callAsFunction(_ pass: ForwardPass, _ rows: DecoderRows) throws { try pass.feedForward(rows.normed, self, into: rows.added) }

    /// What stands between the products, for some columns of `count` tokens that lie `stride` apart. `left` holds the gate's, and the result if there is a gate; `right` holds up's, and the result if
    /// there is none.
    func activate(_ left: UnsafeMutablePointer<Float>, _ right: UnsafeMutablePointer<Float>, stride: Int, count: Int, columns: Range<Int>) {
        func eachToken(_ body: (_ place: Int) -> Void) { for token in 0..<count { body(token * stride) } }
        func add(_ bias: [Float]?, to part: UnsafeMutablePointer<Float>) {
            unsafe bias?[columns].withUnsafeBufferPointer { bias in
                guard let bias = bias.baseAddress else { return }
                eachToken { unsafe VectorMath.add(part + $0, bias, columns.count) }
            }
        }
        unsafe add(up.bias, to: right)
        unsafe add(gate?.linear.bias, to: left)
        switch gate?.activation {
        case nil: eachToken { unsafe VectorMath.gelu(right + $0, columns.count) }
        case .silu: eachToken { unsafe VectorMath.siluMultiply(left + $0, right + $0, columns.count) }
        case .geluTanh: eachToken { unsafe VectorMath.geluMultiply(left + $0, right + $0, columns.count) }
        }
    }
}

/// Sizes of a decoder.
struct DecoderShape: Sendable, Hashable {
    var vocabulary: Int
    /// d: width of the residual stream.
    var width: Int
    var layers: Int
    var heads: Int
    var keyHeads: Int
    var headWidth: Int
    var feedForward: Int
    /// Tokens that the model was trained for.
    var trainedContext: Int
    /// Tokens that this session holds.
    var context: Int
    var epsilon: Float
}

/// What a model file says of its network, under the names of its architecture.
struct Hyperparameters {
    let architecture: String
    let file: GGUFFile
    /// Tokens that the session will hold at most; nil for what the model was trained for.
    let contextLimit: Int?

    func int(_ key: String) -> Int? { file.metadata["\(architecture).\(key)"]?.int }
    func float(_ key: String) -> Double? { file.metadata["\(architecture).\(key)"]?.double }
    func string(_ key: String) -> String? { file.metadata["\(architecture).\(key)"]?.string }

    /// The newest tokens that a layer with a sliding window sees; nil for all. Files write 0 for none.
    var window: Int? { int("attention.sliding_window").flatMap { $0 > 0 ? $0 : nil } }

    /// A positive number that must be there.
    func required(_ key: String, atMost limit: Int) throws -> Int {
        guard let value = int(key) else { throw damaged("has no \(architecture).\(key)") }
        guard value > 0, value <= limit else { throw damaged("says \(architecture).\(key) = \(value); 1 to \(limit) is possible") }
        return value
    }

    func damaged(_ what: String) -> Fault { Fault(.modelDamaged, "the model file \(what)", remedy: "get a file that was converted for this architecture") }

    /// The sizes that all decoders have.
    func decoderShape() throws -> DecoderShape {
        let heads = try required("attention.head_count", atMost: 1024)
        let width = try required("embedding_length", atMost: 1 << 20)
        let trained = try required("context_length", atMost: 1 << 24)
        guard let embedding = file.tensors["token_embd.weight"], embedding.shape.count == 2, embedding.shape[0] == width else {
            throw damaged("has no token_embd.weight of width \(width)")
        }
        let keyHeads = int("attention.head_count_kv") ?? heads
        let headWidth = int("attention.key_length") ?? width / heads
        guard keyHeads > 0, heads % keyHeads == 0, headWidth > 0, headWidth <= 1024, headWidth % 2 == 0 else {
            throw damaged("has \(heads) heads, \(keyHeads) key heads and heads of width \(headWidth), which do not fit")
        }
        return DecoderShape(
            vocabulary: embedding.shape[1], width: width, layers: try required("block_count", atMost: 4096), heads: heads, keyHeads: keyHeads, headWidth: headWidth,
            feedForward: try required("feed_forward_length", atMost: 1 << 22), trainedContext: trained, context: min(trained, max(1, contextLimit ?? trained)),
            epsilon: Float(float("attention.layer_norm_rms_epsilon") ?? float("attention.layer_norm_epsilon") ?? 1e-5))
    }

    /// The rotary table that the file describes.
    ///
    /// - Parameters:
    ///   - factors: divisors of the frequencies from a tensor of the file.
    ///   - base: overrides the file's base.
    func rotary(_ shape: DecoderShape, isInterleaved: Bool, factors: [Float]? = nil, base: Double? = nil, scaled: Bool = true) throws -> RotaryTable {
        let width = int("rope.dimension_count") ?? shape.headWidth
        guard width > 0, width <= shape.headWidth, width % 2 == 0 else { throw damaged("rotates \(width) of \(shape.headWidth) values of a head") }
        var positionScale = 1.0
        if scaled, let factor = float("rope.scaling.factor"), factor > 0, factors == nil {
            switch string("rope.scaling.type") ?? "linear" {
            case "linear": positionScale = 1 / factor
            case "none", "longrope": break
            case let other: throw Fault(.modelUnsupported, "rotary scaling \"\(other)\" is not supported", remedy: "supported are linear, longrope and frequency factors")
            }
        }
        return try RotaryTable(
            width: width, positions: shape.context, base: base ?? float("rope.freq_base") ?? 10_000, isInterleaved: isInterleaved, factors: factors,
            positionScale: positionScale, magnitude: float("rope.scaling.attn_factor") ?? 1)
    }
}

/// A decoder-only language model's network.
protocol DecoderNetwork: Sendable {
    /// Names in `general.architecture`.
    static var architectures: [String] { get }
    var shape: DecoderShape { get }
    /// What token embeddings are multiplied by.
    var embeddingScale: Float { get }
    /// Norm before the scores.
    var outputNorm: [Float] { get }
    init(_ loader: TensorLoader, _ parameters: Hyperparameters) throws
    /// Runs all layers: rows.x holds embeddings, then the last layer's output, [tokens, d].
    func run(_ pass: ForwardPass, _ rows: DecoderRows, _ cache: [KeyValueLayer]) throws
}

extension DecoderNetwork {
    var embeddingScale: Float { 1 }
}

extension TensorLoader {
    /// Attention in the usual names: `attn_q`, `attn_k`, `attn_v`, `attn_output`, and norms of heads if the file has them.
    func attention(_ layer: Int, _ shape: DecoderShape, _ rotary: RotaryTable, window: Int? = nil, scale: Float? = nil) throws -> SelfAttention {
        let prefix = "blk.\(layer)."
        let (queries, keys) = (shape.heads * shape.headWidth, shape.keyHeads * shape.headWidth)
        return SelfAttention(
            query: try linear(prefix + "attn_q", inputs: shape.width, outputs: queries), key: try linear(prefix + "attn_k", inputs: shape.width, outputs: keys),
            value: try linear(prefix + "attn_v", inputs: shape.width, outputs: keys), output: try linear(prefix + "attn_output", inputs: queries, outputs: shape.width),
            queryNorm: try vectorIfPresent(prefix + "attn_q_norm.weight", count: shape.headWidth),
            keyNorm: try vectorIfPresent(prefix + "attn_k_norm.weight", count: shape.headWidth), epsilon: shape.epsilon, headWidth: shape.headWidth, rotary: rotary,
            scale: scale ?? 1 / Float(shape.headWidth).squareRoot(), window: window)
    }

    /// Feed-forward in the usual names: `ffn_gate`, `ffn_up`, `ffn_down`.
    func feedForward(_ layer: Int, _ shape: DecoderShape, _ activation: FeedForward.Activation) throws -> FeedForward {
        let prefix = "blk.\(layer)."
        return FeedForward(
            gate: .init(linear: try linear(prefix + "ffn_gate", inputs: shape.width, outputs: shape.feedForward), activation: activation),
            up: try linear(prefix + "ffn_up", inputs: shape.width, outputs: shape.feedForward),
            down: try linear(prefix + "ffn_down", inputs: shape.feedForward, outputs: shape.width))
    }
}
