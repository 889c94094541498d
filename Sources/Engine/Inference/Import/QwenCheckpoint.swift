import Core

/// Qwen 2, 2.5 and 3: Llama's names; biases or norms of heads as the checkpoint has them.
enum QwenCheckpoint: CheckpointFamily {
    static let modelTypes = ["qwen2", "qwen3"]

    static func plan(_ checkpoint: Checkpoint) throws -> ConversionPlan {
        let config = checkpoint.config
        let sizes = try sizes(config)
        var plan = ConversionPlan(checkpoint, architecture: try config.string("model_type") ?? "qwen2")
        sizes.write(to: &plan)
        try sizes.writeEnds(to: &plan)
        for layer in 0..<sizes.layers {
            try sizes.writeNorm(layer, "attn_norm", from: "input_layernorm", to: &plan)
            try sizes.writeAttention(layer, to: &plan)
            try sizes.writeNorm(layer, "ffn_norm", from: "post_attention_layernorm", to: &plan)
            try sizes.writeFeedForward(layer, to: &plan)
        }
        return plan
    }

    /// The sizes, after what no Qwen here does is refused.
    static func sizes(_ config: CheckpointConfig) throws -> DecoderConversion {
        try config.require("hidden_act", among: ["silu"])
        try config.require("use_sliding_window", among: [false])
        let sizes = try DecoderConversion(config)
        switch sizes.rope.scaling {
        case .none, .linear: return sizes
        case .llama3, .long: throw CheckpointConfig.unsupported("asks for rotary scaling by a table", supported: "default and linear for qwen")
        }
    }
}

/// Qwen 3 mixture of experts. Each expert's matrices are tensors of their own, or all experts' lie in one; files stack them.
enum QwenMixtureCheckpoint: CheckpointFamily {
    static let modelTypes = ["qwen3_moe"]

    static func plan(_ checkpoint: Checkpoint) throws -> ConversionPlan {
        let config = checkpoint.config
        let sizes = try QwenCheckpoint.sizes(config)
        try config.require("norm_topk_prob", among: [true])
        try config.require("decoder_sparse_step", among: [1])
        try config.require("mlp_only_layers", among: [[]])
        let experts = try config.required("num_local_experts", "num_experts", atMost: 4096)
        let used = try config.required("num_experts_per_tok", atMost: experts)
        let inner = try config.required("moe_intermediate_size", atMost: 1 << 22)
        var plan = ConversionPlan(checkpoint, architecture: "qwen3moe")
        sizes.write(to: &plan)
        plan.set("expert_count", experts)
        plan.set("expert_used_count", used)
        plan.set("expert_feed_forward_length", inner)
        try sizes.writeEnds(to: &plan)
        for layer in 0..<sizes.layers {
            let (file, source) = ("blk.\(layer).", "model.layers.\(layer).mlp.")
            try sizes.writeNorm(layer, "attn_norm", from: "input_layernorm", to: &plan)
            try sizes.writeAttention(layer, to: &plan)
            try sizes.writeNorm(layer, "ffn_norm", from: "post_attention_layernorm", to: &plan)
            try plan.matrix(file + "ffn_gate_inp", from: source + "gate", outputs: experts, inputs: sizes.width, keepsFloats: true)
            if plan.has(source + "experts.gate_up_proj") {
                try plan.slices(file + "ffn_gate_exps", from: source + "experts.gate_up_proj", experts: experts, rows: 2 * inner, part: 0..<inner, inputs: sizes.width)
                try plan.slices(file + "ffn_up_exps", from: source + "experts.gate_up_proj", experts: experts, rows: 2 * inner, part: inner..<2 * inner, inputs: sizes.width)
                try plan.slices(file + "ffn_down_exps", from: source + "experts.down_proj", experts: experts, rows: sizes.width, part: 0..<sizes.width, inputs: inner)
                continue
            }
            for (name, part, outputs, inputs) in [("gate", "gate_proj", inner, sizes.width), ("up", "up_proj", inner, sizes.width), ("down", "down_proj", sizes.width, inner)] {
                try plan.stack(file + "ffn_\(name)_exps", from: (0..<experts).map { "\(source)experts.\($0).\(part).weight" }, outputs: outputs, inputs: inputs)
            }
        }
        return plan
    }
}
