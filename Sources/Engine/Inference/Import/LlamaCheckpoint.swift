import Core

/// Llama, and what shares its network: Mistral, SmolLM.
///
/// Checkpoints turn the halves of a head together, llama.cpp's files neighbors: the rows of queries and keys are interleaved.
enum LlamaCheckpoint: CheckpointFamily {
    static let modelTypes = ["llama", "mistral"]

    static func plan(_ checkpoint: Checkpoint) throws -> ConversionPlan {
        let config = checkpoint.config
        try config.require("hidden_act", among: ["silu"])
        let sizes = try DecoderConversion(config)
        guard sizes.rope.share == 1 else { throw CheckpointConfig.unsupported("turns a part of each head only", supported: "partial_rotary_factor = 1") }
        var plan = ConversionPlan(checkpoint, architecture: "llama")
        sizes.write(to: &plan)
        plan.set("vocab_size", sizes.vocabulary)
        plan.set("rope.dimension_count", sizes.headWidth)
        if try config.string("model_type") == "mistral", let window = try config.int("sliding_window", atMost: 1 << 24) { plan.set("attention.sliding_window", window) }
        switch sizes.rope.scaling {
        case .none, .linear: break
        case .llama3(let factor, let low, let high, let original):
            guard high > low else { throw CheckpointConfig.damaged("says high_freq_factor = \(high), which is not over low_freq_factor = \(low)") }
            plan.values(
                "rope_freqs.weight",
                RopeSettings.llama3Factors(base: sizes.rope.base ?? 10_000, headWidth: sizes.headWidth, factor: factor, low: low, high: high, original: original))
        case .long: throw CheckpointConfig.unsupported("asks for rotary scaling \"longrope\"", supported: "default, linear and llama3 for llama")
        }
        try sizes.writeEnds(to: &plan)
        for layer in 0..<sizes.layers {
            try sizes.writeNorm(layer, "attn_norm", from: "input_layernorm", to: &plan)
            try sizes.writeAttention(layer, to: &plan, isInterleaved: true)
            try sizes.writeNorm(layer, "ffn_norm", from: "post_attention_layernorm", to: &plan)
            try sizes.writeFeedForward(layer, to: &plan)
        }
        return plan
    }
}
