import Core

/// A family of networks that can be imported: which checkpoints it reads, and what a file of it holds. Names and keys are those of llama.cpp's converter, so that files are interchangeable.
protocol CheckpointFamily: Sendable {
    /// Values of `model_type` in config.json.
    static var modelTypes: [String] { get }
    /// Plans the file.
    ///
    /// - Throws: `inference.model-damaged` for settings and tensors that are missing or do not fit, `inference.model-unsupported` for settings that ask for another network.
    static func plan(_ checkpoint: Checkpoint) throws -> ConversionPlan
}

enum CheckpointFamilies {
    static let all: [any CheckpointFamily.Type] = [LlamaCheckpoint.self, QwenCheckpoint.self, QwenMixtureCheckpoint.self, GemmaCheckpoint.self, PhiCheckpoint.self, BertCheckpoint.self, NomicCheckpoint.self]

    /// The family of a checkpoint.
    ///
    /// - Throws: `inference.model-unsupported` naming the model type and those that are known, and for weights that are quantized.
    static func of(_ checkpoint: Checkpoint) throws -> any CheckpointFamily.Type {
        let config = checkpoint.config
        guard let type = try config.string("model_type") else { throw CheckpointConfig.damaged("has no model_type") }
        guard let family = all.first(where: { $0.modelTypes.contains(type) }) else {
            throw CheckpointConfig.unsupported("says model_type = \(GGUFReader.quoted(type))", supported: all.flatMap { $0.modelTypes }.joined(separator: ", "))
        }
        if let settings = try config.settings("quantization_config") {
            let method = try settings.string("quant_method") ?? "unnamed"
            throw Fault(
                .modelUnsupported, "the checkpoint's weights are quantized (\(GGUFReader.quoted(method)))", remedy: "get the model in F32, F16 or BF16, and quantize it here")
        }
        return family
    }
}
