import Core

/// The sizes of an encoder as `config.json` has them, and what all encoders write alike.
struct EncoderConversion {
    let width: Int
    let layers: Int
    let heads: Int
    let feedForward: Int
    let vocabulary: Int
    /// Types of sentences; files of models without them hold none.
    let types: Int
    let epsilon: Double

    init(_ config: CheckpointConfig) throws {
        width = try config.required("hidden_size", "n_embd", atMost: 1 << 16)
        layers = try config.required("num_hidden_layers", "n_layer", atMost: 4096)
        heads = try config.required("num_attention_heads", "n_head", atMost: 1024)
        feedForward = try config.required("intermediate_size", "n_inner", atMost: 1 << 20)
        vocabulary = try config.required("vocab_size", atMost: Vocabulary.tokenCountMax)
        types = try config.int("type_vocab_size", atMost: 1024, allowsZero: true) ?? 0
        epsilon = try config.float("layer_norm_eps", "layer_norm_epsilon") ?? 1e-12
        guard width % heads == 0 else { throw CheckpointConfig.damaged("has a width of \(width) that \(heads) heads do not divide") }
    }

    func write(context: Int, to plan: inout ConversionPlan) {
        plan.set("block_count", layers)
        plan.set("context_length", context)
        plan.set("embedding_length", width)
        plan.set("feed_forward_length", feedForward)
        plan.set("attention.head_count", heads)
        plan.set("attention.layer_norm_epsilon", epsilon)
        plan.set("attention.causal", .bool(false))
    }

    func writeEmbeddings(norm: String, to plan: inout ConversionPlan) throws {
        try plan.matrix("token_embd", from: "embeddings.word_embeddings", outputs: vocabulary, inputs: width)
        if types > 0 { try plan.matrix("token_types", from: "embeddings.token_type_embeddings", outputs: types, inputs: width, keepsFloats: true) }
        try writeNorm("token_embd_norm", from: norm, to: &plan)
    }

    /// Weight and bias of a norm.
    func writeNorm(_ name: String, from source: String, to plan: inout ConversionPlan) throws {
        for part in [".weight", ".bias"] { try plan.vector(name + part, from: source + part, count: width) }
    }
}

/// How an encoder's vectors become one: what sentence-transformers' `modules.json` and the pooling module's `config.json` say.
enum PoolingSettings {
    /// The value of `pooling_type`; nil where the folder says nothing.
    ///
    /// - Throws: `inference.model-unsupported` for a way of pooling that is not here.
    static func read(_ folder: String) throws -> EmbeddingModel.Pooling? {
        let modules = try Checkpoint.json(folder, "modules.json")?.array ?? []
        guard let module = modules.first(where: { $0["type"]?.string?.hasSuffix("Pooling") == true }) else { return nil }
        let path = module["path"]?.string ?? ""
        guard !path.contains(".."), !path.hasPrefix("/") else { throw SafetensorsFile.damaged(folder + "/modules.json", "the pooling module's path leaves the folder") }
        guard let settings = try Checkpoint.json(folder, path + "/config.json") else { throw SafetensorsFile.damaged(folder + "/modules.json", "the pooling module has no config.json") }
        let modes: [(String, EmbeddingModel.Pooling)] = [("mean_tokens", .mean), ("cls_token", .first), ("lasttoken", .last)]
        let names: [String: EmbeddingModel.Pooling] = ["mean": .mean, "cls": .first, "lasttoken": .last]
        if let (_, pooling) = modes.first(where: { settings["pooling_mode_" + $0.0]?.bool == true }) { return pooling }
        if let mode = settings["pooling_mode"]?.string, let pooling = names[mode] { return pooling }
        throw Fault(.modelUnsupported, "\(folder) pools the vectors of a text in a way that is not here", remedy: "supported are mean, cls and lasttoken")
    }
}
