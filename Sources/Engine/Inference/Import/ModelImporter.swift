import Core
import Foundation

/// Turns a model's folder in Hugging Face's layout (config.json, safetensors, tokenizer.json) into a GGUF file.
///
/// Values keep their type (F32, F16, BF16); vectors, norms, routers and tables of positions become F32, as in llama.cpp's converter, whose names and keys are used throughout.
/// Memory stays at a few megabytes beside the vocabulary, whatever the size of the model.
///
/// ```swift
/// try ModelImporter.convert(folder: "Qwen2.5-0.5B-Instruct", to: "qwen.gguf", name: "qwen", progress: nil)
/// ```
public enum ModelImporter {
    /// The values of `model_type` in config.json that can be imported.
    public static var modelTypes: [String] { CheckpointFamilies.all.flatMap { $0.modelTypes } }

    /// Writes the model in `folder` to `path`.
    ///
    /// - Parameters:
    ///   - name: what `general.name` says.
    ///   - progress: told the bytes of the weights that are done, a few times a second.
    /// - Throws: `core.file` naming a missing file; `inference.model-damaged` for malformed settings, tokenizers and tensors, and for those that do not fit together;
    ///   `inference.model-unsupported` naming the model type, setting, tokenizer or pre-tokenizer that is not known, and those that are. Nothing is left at `path` then.
    public static func convert(folder: String, to path: String, name: String, progress: ProgressSink?) throws {
        let checkpoint = try Checkpoint(path: folder)
        let plan = try CheckpointFamilies.of(checkpoint).plan(checkpoint)
        try plan.checkNothingIsLeft()
        let tokenCount = plan.tensors.first { $0.name == "token_embd.weight" }?.shape[1] ?? 0
        let vocabulary = try TokenizerImport.vocabulary(of: checkpoint, tokenCount: tokenCount)
        // What cannot be loaded later is refused now.
        _ = try Tokenizers.make(vocabulary)
        var writer = GGUFWriter()
        setHead(&writer, plan, name: name)
        for (key, value) in plan.metadata { writer.set(key, value) }
        try setEncoder(&writer, plan, folder: folder)
        writer.set(vocabulary)
        if let template = try CheckpointTemplate.read(folder) { writer.set("tokenizer.chat_template", text: template) }
        add(plan, to: &writer, progress: progress)
        try writer.write(to: path)
    }

    private static func setHead(_ writer: inout GGUFWriter, _ plan: ConversionPlan, name: String) {
        writer.set("general.architecture", text: plan.architecture)
        writer.set("general.type", text: "model")
        writer.set("general.name", text: name)
        // The type that most values have, by the numbers of llama.cpp's `llama_ftype`.
        var counts: [TensorType: Int] = [:]
        for tensor in plan.tensors { counts[tensor.type, default: 0] += tensor.shape.reduce(1, *) }
        let most = counts.max { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }?.key
        writer.set("general.file_type", .uint(most == .f16 ? 1 : most == .bf16 ? 32 : 0))
        writer.set("general.quantization_version", .uint(2))
    }

    /// What sentence-transformers' files say of an encoder.
    private static func setEncoder(_ writer: inout GGUFWriter, _ plan: ConversionPlan, folder: String) throws {
        guard BertNetwork.architectures.contains(plan.architecture) else { return }
        if let pooling = try PoolingSettings.read(folder) { writer.set("\(plan.architecture).pooling_type", .uint(UInt64(pooling.rawValue))) }
        if let most = try Checkpoint.json(folder, "sentence_bert_config.json")?["max_seq_length"]?.int, most > 0 {
            writer.set(EmbeddingModel.tokenCountKey, .uint(UInt64(most)))
        }
        writer.set("tokenizer.ggml.token_type_count", .uint(UInt64(plan.tensors.first { $0.name == "token_types.weight" }?.shape[1] ?? 1)))
    }

    private static func add(_ plan: ConversionPlan, to writer: inout GGUFWriter, progress: ProgressSink?) {
        let streamer = TensorStreamer(weights: plan.checkpoint.weights)
        let total = plan.tensors.reduce(0) { $0 + ($1.type.byteCount(of: $1.shape.reduce(1, *)) ?? 0) }
        let meter = ByteMeter(total: total, sink: progress)
        for tensor in plan.tensors {
            writer.add(name: tensor.name, shape: tensor.shape, type: tensor.type) { sink in
                try streamer.write(tensor) { bytes in
                    try sink(bytes)
                    meter.add(bytes.count)
                }
            }
        }
    }

    /// Adds up bytes for a progress line.
    private final class ByteMeter {
        private let total: Int
        private let sink: ProgressSink?
        private var done = 0

        init(total: Int, sink: ProgressSink?) {
            self.total = total
            self.sink = sink
        }

        func add(_ count: Int) {
            done += count
            sink?(JobProgress(phase: "convert", done: done, total: total))
        }
    }
}
