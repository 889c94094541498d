import Core

/// The sizes of a decoder as `config.json` has them, and what all decoders write alike.
struct DecoderConversion {
    var vocabulary: Int
    var width: Int
    var layers: Int
    var heads: Int
    var keyHeads: Int
    var headWidth: Int
    /// Whether the file names the heads' width, which it does where `config.json` does.
    var namesHeadWidth: Bool
    var feedForward: Int
    var context: Int
    var epsilon: Double
    var rope: RopeSettings

    /// What settings mean where they are missing.
    struct Defaults {
        var heads: Int?
        var keyHeads: Int?
        var headWidth: Int?
        var context: Int?
        var epsilon = 1e-6
    }

    init(_ config: CheckpointConfig, _ defaults: Defaults = Defaults()) throws {
        width = try config.required("hidden_size", atMost: 1 << 20)
        layers = try config.required("num_hidden_layers", atMost: 4096)
        guard let heads = try config.int("num_attention_heads", atMost: 1024) ?? defaults.heads else { throw CheckpointConfig.damaged("has no num_attention_heads") }
        self.heads = heads
        keyHeads = try config.int("num_key_value_heads", atMost: 1024) ?? defaults.keyHeads ?? heads
        let named = try config.int("head_dim", atMost: 1024) ?? defaults.headWidth
        namesHeadWidth = named != nil
        headWidth = named ?? width / heads
        guard heads % keyHeads == 0, headWidth > 0, headWidth % 2 == 0, named != nil || width % heads == 0 else {
            throw CheckpointConfig.damaged("has a width of \(width), \(heads) heads, \(keyHeads) key heads and heads of width \(headWidth), which do not fit")
        }
        feedForward = try config.required("intermediate_size", atMost: 1 << 22)
        guard let context = try config.int("max_position_embeddings", atMost: 1 << 24) ?? defaults.context else { throw CheckpointConfig.damaged("has no max_position_embeddings") }
        self.context = context
        epsilon = try config.float("rms_norm_eps") ?? defaults.epsilon
        rope = try RopeSettings(config, headWidth: headWidth)
        vocabulary = try config.required("vocab_size", atMost: Vocabulary.tokenCountMax)
    }

    /// The keys that all decoders have. Scaling by tables is left to the families that have the tables.
    func write(to plan: inout ConversionPlan) {
        plan.set("block_count", layers)
        plan.set("context_length", context)
        plan.set("embedding_length", width)
        plan.set("feed_forward_length", feedForward)
        plan.set("attention.head_count", heads)
        plan.set("attention.head_count_kv", keyHeads)
        if case .linear(let factor) = rope.scaling {
            plan.set("rope.scaling.type", .string(Array("linear".utf8)))
            plan.set("rope.scaling.factor", factor)
        }
        if let base = rope.base { plan.set("rope.freq_base", base) }
        plan.set("attention.layer_norm_rms_epsilon", epsilon)
        guard namesHeadWidth else { return }
        plan.set("attention.key_length", headWidth)
        plan.set("attention.value_length", headWidth)
    }

    /// Embeddings, the last norm, and the head where it is a matrix of its own.
    func writeEnds(to plan: inout ConversionPlan, normShift: Float = 0) throws {
        try plan.matrix("token_embd", from: "model.embed_tokens", outputs: vocabulary, inputs: width)
        try plan.vector("output_norm.weight", from: "model.norm.weight", count: width, shift: normShift)
        let isTied = try plan.checkpoint.config.bool("tie_word_embeddings") ?? !plan.has("lm_head.weight")
        if isTied { plan.ignore("lm_head.weight") } else { try plan.matrix("output", from: "lm_head", outputs: vocabulary, inputs: width) }
    }

    /// Queries, keys, values and output of a layer, with norms of heads where they are.
    func writeAttention(_ layer: Int, to plan: inout ConversionPlan, isInterleaved: Bool = false, normShift: Float = 0) throws {
        let (file, source) = ("blk.\(layer).", "model.layers.\(layer).self_attn.")
        let head = isInterleaved ? headWidth : nil
        try plan.matrix(file + "attn_q", from: source + "q_proj", outputs: heads * headWidth, inputs: width, interleavedHead: head)
        try plan.matrix(file + "attn_k", from: source + "k_proj", outputs: keyHeads * headWidth, inputs: width, interleavedHead: head)
        try plan.matrix(file + "attn_v", from: source + "v_proj", outputs: keyHeads * headWidth, inputs: width)
        try plan.matrix(file + "attn_output", from: source + "o_proj", outputs: width, inputs: heads * headWidth)
        for (name, norm) in [("attn_q_norm.weight", "q_norm.weight"), ("attn_k_norm.weight", "k_norm.weight")] where plan.has(source + norm) {
            try plan.vector(file + name, from: source + norm, count: headWidth, shift: normShift)
        }
    }

    /// Gate, up and down of a layer.
    func writeFeedForward(_ layer: Int, to plan: inout ConversionPlan) throws {
        for (name, source, outputs, inputs) in [("gate", "gate_proj", feedForward, width), ("up", "up_proj", feedForward, width), ("down", "down_proj", width, feedForward)] {
            try plan.matrix("blk.\(layer).ffn_\(name)", from: "model.layers.\(layer).mlp.\(source)", outputs: outputs, inputs: inputs)
        }
    }

    /// A norm of a layer's stream.
    func writeNorm(_ layer: Int, _ name: String, from source: String, to plan: inout ConversionPlan, shift: Float = 0) throws {
        try plan.vector("blk.\(layer).\(name).weight", from: "model.layers.\(layer).\(source).weight", count: width, shift: shift)
    }
}
