import Core
import Kernels

/// Qwen 3 mixture of experts (Yang et al. 2025): Qwen 3's attention, and in place of one feed-forward layer `experts` small ones of which each token uses the best `used`.
///
/// ```
/// p = softmax(Wrouter n)                     [t, experts]      n = rmsNorm(x)
/// x += sum over the best experts e of p_e / (sum of the best p) * Wdown_e (silu(Wgate_e n) * Wup_e n)
/// ```
/// Tokens that chose the same expert are gathered and computed together, so that an expert's weights are read once a batch.
struct QwenMixtureNetwork: DecoderNetwork {
    static let architectures = ["qwen3moe"]

    private struct Block {
        let attentionNorm: [Float]  // [d]
        let attention: SelfAttention
        let feedForwardNorm: [Float]  // [d]
        let router: Linear  // [experts, d]
        let experts: [FeedForward]
    }

    let shape: DecoderShape
    let outputNorm: [Float]
    private let blocks: [Block]
    private let used: Int

    init(_ loader: TensorLoader, _ parameters: Hyperparameters) throws {
        var shape = try parameters.decoderShape()
        let experts = try parameters.required("expert_count", atMost: 4096)
        used = try parameters.required("expert_used_count", atMost: experts)
        shape.feedForward = try parameters.required("expert_feed_forward_length", atMost: 1 << 22)
        let rotary = try parameters.rotary(shape, isInterleaved: false)
        self.shape = shape
        outputNorm = try loader.vector("output_norm.weight", count: shape.width)
        let (width, inner) = (shape.width, shape.feedForward)
        blocks = try (0..<shape.layers).map { layer in
            func expert(_ name: String, _ index: Int, inputs: Int, outputs: Int) throws -> Linear {
                Linear(matrix: try loader.stacked("blk.\(layer).\(name).weight", index: index, of: experts, inputs: inputs, outputs: outputs), bias: nil)
            }
            return Block(
                attentionNorm: try loader.vector("blk.\(layer).attn_norm.weight", count: width), attention: try loader.attention(layer, shape, rotary),
                feedForwardNorm: try loader.vector("blk.\(layer).ffn_norm.weight", count: width),
                router: try loader.linear("blk.\(layer).ffn_gate_inp", inputs: width, outputs: experts),
                experts: try (0..<experts).map { index in
                    FeedForward(
                        gate: .init(linear: try expert("ffn_gate_exps", index, inputs: width, outputs: inner), activation: .silu), up: try expert("ffn_up_exps", index, inputs: width, outputs: inner),
                        down: try expert("ffn_down_exps", index, inputs: inner, outputs: width))
                })
        }
    }

    func run(_ pass: ForwardPass, _ rows: DecoderRows, _ cache: [KeyValueLayer]) throws {
        // The experts' batches are subsets of this one, so they have a pass and buffers of their own.
        let expertPass = ForwardPass(pool: pass.pool)
        let expertRows = DecoderRows()
        let scores = RowBuffer()
        for (block, keys) in zip(blocks, cache) {
            try pass.rmsNorm(rows.x, block.attentionNorm, epsilon: shape.epsilon, into: rows.normed)
            try block.attention(pass, rows, keys)
            pass.add(rows.added, to: rows.x)
            try pass.rmsNorm(rows.x, block.feedForwardNorm, epsilon: shape.epsilon, into: rows.normed)
            try pass.project(rows.normed, [(block.router, scores)])
            pass.settle()
            for (expert, members) in choose(scores, count: pass.count) {
                try expertRows.normed.resize(count: members.count, width: shape.width)
                for (index, member) in members.enumerated() {
                    unsafe expertRows.normed.row(index).update(from: rows.normed.row(member.row), count: shape.width)
                }
                expertPass.begin(members.map { pass.batch[$0.row] }, pageTables: [])
                try block.experts[expert](expertPass, expertRows)
                expertPass.settle()
                for (index, member) in members.enumerated() {
                    unsafe VectorMath.add(rows.x.row(member.row), expertRows.added.row(index), times: member.weight, shape.width)
                }
            }
        }
    }

    /// The rows that use each expert, with their normalized weights.
    private func choose(_ scores: RowBuffer, count: Int) -> [(expert: Int, members: [(row: Int, weight: Float)])] {
        var members: [Int: [(row: Int, weight: Float)]] = [:]
        for row in 0..<count {
            unsafe VectorMath.softmax(scores.row(row), scores.width)
            let shares = scores.values(row)
            let best = shares.indices.sorted { (shares[$1], $0) < (shares[$0], $1) }.prefix(used)
            let total = best.reduce(0) { $0 + shares[$1] }
            for expert in best { members[expert, default: []].append((row, shares[expert] / total)) }
        }
        return members.sorted { $0.key < $1.key }.map { (expert: $0.key, members: $0.value) }
    }
}
