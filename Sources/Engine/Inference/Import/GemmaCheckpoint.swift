import Core

/// Gemma 3, alone or as the language part of a network that sees. Norms multiply by 1 + w; files hold the sum.
enum GemmaCheckpoint: CheckpointFamily {
    static let modelTypes = ["gemma3_text", "gemma3"]

    /// Every sixth layer sees everything.
    private static let period = 6

    static func plan(_ checkpoint: Checkpoint) throws -> ConversionPlan {
        let config = checkpoint.config
        for key in ["hidden_activation", "hidden_act"] { try config.require(key, among: ["gelu_pytorch_tanh"]) }
        for key in ["final_logit_softcapping", "attn_logit_softcapping"] { try config.require(key, among: []) }
        try config.require("use_bidirectional_attention", among: [false])
        let sizes = try DecoderConversion(config, .init(heads: 8, keyHeads: 4, headWidth: 256, context: 131_072))
        try checkScale(config, sizes)
        let period = try period(config, layers: sizes.layers)
        var plan = ConversionPlan(checkpoint, architecture: "gemma3")
        sizes.write(to: &plan)
        if sizes.rope.base == nil { plan.set("rope.freq_base", 1_000_000.0) }
        plan.set("rope.freq_base_swa", sizes.rope.localBase ?? 10_000)
        plan.set("attention.sliding_window", try config.required("sliding_window", atMost: 1 << 24))
        if period != Self.period { plan.set("attention.sliding_window_pattern", period) }
        try sizes.writeEnds(to: &plan, normShift: 1)
        let norms = [
            ("attn_norm", "input_layernorm"), ("post_attention_norm", "post_attention_layernorm"), ("ffn_norm", "pre_feedforward_layernorm"),
            ("post_ffw_norm", "post_feedforward_layernorm"),
        ]
        for layer in 0..<sizes.layers {
            for (name, source) in norms { try sizes.writeNorm(layer, name, from: source, to: &plan, shift: 1) }
            try sizes.writeAttention(layer, to: &plan, normShift: 1)
            try sizes.writeFeedForward(layer, to: &plan)
        }
        return plan
    }

    /// Files do not say how scores are scaled; readers know two ways, by the size of the model.
    private static func checkScale(_ config: CheckpointConfig, _ sizes: DecoderConversion) throws {
        guard let scalar = try config.float("query_pre_attn_scalar") else { return }
        let known = sizes.layers == 62 ? sizes.width / sizes.heads : sizes.headWidth
        guard scalar == Double(known) else { throw CheckpointConfig.unsupported("says query_pre_attn_scalar = \(scalar)", supported: "\(known) for this size") }
    }

    /// How many layers make a round of windows and one that sees everything.
    private static func period(_ config: CheckpointConfig, layers: Int) throws -> Int {
        let period = try config.int("sliding_window_pattern", "_sliding_window_pattern", atMost: 4096) ?? Self.period
        guard let types = config.value("layer_types") else { return period }
        let expected = (0..<layers).map { JSONValue.string(($0 + 1) % period == 0 ? "full_attention" : "sliding_attention") }
        guard types.array == expected else { throw CheckpointConfig.unsupported("lists layer_types in another order", supported: "a full_attention layer after every \(period - 1) others") }
        return period
    }
}
