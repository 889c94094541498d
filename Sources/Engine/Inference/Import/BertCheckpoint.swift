import Core

/// BERT, and RoBERTa's kin XLM-R (bge-m3), whose positions begin behind the padding token's number: those rows are cut off.
enum BertCheckpoint: CheckpointFamily {
    static let modelTypes = ["bert", "xlm-roberta"]

    static func plan(_ checkpoint: Checkpoint) throws -> ConversionPlan {
        let config = checkpoint.config
        try config.require("hidden_act", among: ["gelu"])
        try config.require("position_embedding_type", among: ["absolute"])
        let sizes = try EncoderConversion(config)
        let skipped = try config.string("model_type") == "xlm-roberta" ? 1 + (config.int("pad_token_id", atMost: 1 << 20, allowsZero: true) ?? 1) : 0
        let positions = try config.required("max_position_embeddings", atMost: 1 << 20) - skipped
        guard positions > 0 else { throw CheckpointConfig.damaged("has no position after the padding token's") }
        var plan = ConversionPlan(checkpoint, architecture: "bert")
        sizes.write(context: positions, to: &plan)
        try sizes.writeEmbeddings(norm: "embeddings.LayerNorm", to: &plan)
        try plan.matrix("position_embd", from: "embeddings.position_embeddings", outputs: positions, inputs: sizes.width, skippingRows: skipped, keepsFloats: true)
        let (width, inner) = (sizes.width, sizes.feedForward)
        for layer in 0..<sizes.layers {
            let (file, source) = ("blk.\(layer).", "encoder.layer.\(layer).")
            for (name, part) in [("attn_q", "query"), ("attn_k", "key"), ("attn_v", "value")] {
                try plan.matrix(file + name, from: source + "attention.self." + part, outputs: width, inputs: width)
            }
            try plan.matrix(file + "attn_output", from: source + "attention.output.dense", outputs: width, inputs: width)
            try sizes.writeNorm(file + "attn_output_norm", from: source + "attention.output.LayerNorm", to: &plan)
            try plan.matrix(file + "ffn_up", from: source + "intermediate.dense", outputs: inner, inputs: width)
            try plan.matrix(file + "ffn_down", from: source + "output.dense", outputs: width, inputs: inner)
            try sizes.writeNorm(file + "layer_output_norm", from: source + "output.LayerNorm", to: &plan)
        }
        // Heads that guess a masked word are for training.
        for name in checkpoint.tensors.keys where name.hasPrefix("lm_head.") { plan.ignore(name) }
        return plan
    }
}

/// Nomic's BERT: rotary positions, one matrix for queries, keys and values, and a gate. Its settings have two spellings: the published file's and transformers'.
enum NomicCheckpoint: CheckpointFamily {
    static let modelTypes = ["nomic_bert"]

    static func plan(_ checkpoint: Checkpoint) throws -> ConversionPlan {
        let config = checkpoint.config
        try config.require("activation_function", among: ["swiglu"])
        try config.require("hidden_act", among: ["silu"])
        try config.require("moe_every_n_layers", among: [0])
        for key in ["causal", "prenorm", "qkv_proj_bias", "mlp_fc1_bias", "mlp_fc2_bias", "rotary_emb_interleaved"] { try config.require(key, among: [false]) }
        try config.require("rotary_emb_fraction", among: [1, 1.0])
        let sizes = try EncoderConversion(config)
        // Version 1 and 1.5 were trained for 2048 tokens; 8192 are reached by stretching, which files do not ask for.
        let trained = try config.int("max_trained_positions", atMost: 1 << 20) ?? 2048
        let context = min(trained, try config.required("n_positions", "max_position_embeddings", atMost: 1 << 24))
        var plan = ConversionPlan(checkpoint, architecture: "nomic-bert")
        sizes.write(context: context, to: &plan)
        plan.set("rope.freq_base", try RopeSettings(config, headWidth: sizes.width / sizes.heads).base ?? 1000)
        try sizes.writeEmbeddings(norm: "emb_ln", to: &plan)
        let (width, inner) = (sizes.width, sizes.feedForward)
        for layer in 0..<sizes.layers {
            let (file, source) = ("blk.\(layer).", "encoder.layers.\(layer).")
            try plan.matrix(file + "attn_qkv", from: source + "attn.Wqkv", outputs: 3 * width, inputs: width)
            try plan.matrix(file + "attn_output", from: source + "attn.out_proj", outputs: width, inputs: width)
            try sizes.writeNorm(file + "attn_output_norm", from: source + "norm1", to: &plan)
            // fc11 is what the gate, fc12, multiplies.
            try plan.matrix(file + "ffn_up", from: source + "mlp.fc11", outputs: inner, inputs: width)
            try plan.matrix(file + "ffn_gate", from: source + "mlp.fc12", outputs: inner, inputs: width)
            try plan.matrix(file + "ffn_down", from: source + "mlp.fc2", outputs: width, inputs: inner)
            try sizes.writeNorm(file + "layer_output_norm", from: source + "norm2", to: &plan)
        }
        return plan
    }
}
