import Core
import Foundation

/// Phi 3, 3.5 and 4-mini: one matrix for queries, keys and values and one for gate and up, as in the file; two tables of frequency factors where the context was stretched.
enum PhiCheckpoint: CheckpointFamily {
    static let modelTypes = ["phi3"]

    static func plan(_ checkpoint: Checkpoint) throws -> ConversionPlan {
        let config = checkpoint.config
        try config.require("hidden_act", among: ["silu"])
        let sizes = try DecoderConversion(config)
        var plan = ConversionPlan(checkpoint, architecture: "phi3")
        writeKeys(sizes, window: try config.int("sliding_window", atMost: 1 << 24), to: &plan)
        try writeRope(sizes, to: &plan)
        try sizes.writeEnds(to: &plan)
        let (queries, keys) = (sizes.heads * sizes.headWidth, sizes.keyHeads * sizes.headWidth)
        for layer in 0..<sizes.layers {
            let (file, source) = ("blk.\(layer).", "model.layers.\(layer).")
            try sizes.writeNorm(layer, "attn_norm", from: "input_layernorm", to: &plan)
            try plan.matrix(file + "attn_qkv", from: source + "self_attn.qkv_proj", outputs: queries + 2 * keys, inputs: sizes.width)
            try plan.matrix(file + "attn_output", from: source + "self_attn.o_proj", outputs: sizes.width, inputs: queries)
            try sizes.writeNorm(layer, "ffn_norm", from: "post_attention_layernorm", to: &plan)
            try plan.matrix(file + "ffn_up", from: source + "mlp.gate_up_proj", outputs: 2 * sizes.feedForward, inputs: sizes.width)
            try plan.matrix(file + "ffn_down", from: source + "mlp.down_proj", outputs: sizes.width, inputs: sizes.feedForward)
        }
        return plan
    }

    /// - Parameter window: 0 in the file when there is none, by which readers tell Phi 4 from the others.
    private static func writeKeys(_ sizes: DecoderConversion, window: Int?, to plan: inout ConversionPlan) {
        let original = sizes.rope.originalContext ?? sizes.context
        plan.set("context_length", sizes.context)
        plan.set("rope.scaling.original_context_length", original)
        plan.set("embedding_length", sizes.width)
        plan.set("feed_forward_length", sizes.feedForward)
        plan.set("block_count", sizes.layers)
        plan.set("attention.head_count", sizes.heads)
        plan.set("attention.head_count_kv", sizes.keyHeads)
        plan.set("attention.layer_norm_rms_epsilon", sizes.epsilon)
        plan.set("rope.dimension_count", Int(sizes.rope.share * Double(sizes.headWidth)))
        plan.set("rope.freq_base", sizes.rope.base ?? 10_000)
        plan.set("attention.sliding_window", window ?? 0)
    }

    private static func writeRope(_ sizes: DecoderConversion, to plan: inout ConversionPlan) throws {
        switch sizes.rope.scaling {
        case .none: return
        case .linear, .llama3: throw CheckpointConfig.unsupported("asks for rotary scaling that phi3 has not", supported: "default and longrope for phi3")
        case .long(let short, let long):
            let original = Double(sizes.rope.originalContext ?? sizes.context)
            let scale = Double(sizes.context) / original
            // LongRoPE, section 3.2: attention is sharpened as the context grows.
            plan.set("rope.scaling.attn_factor", scale > 1 ? (1 + log(scale) / log(original)).squareRoot() : 1)
            plan.values("rope_factors_long.weight", long)
            plan.values("rope_factors_short.weight", short)
        }
    }
}
