import Core
import Foundation
import Support
import Testing

@testable import Inference

/// Folders from strangers: each gives an error that names what is wrong, and leaves nothing behind.
@Suite struct HostileCheckpointTests {
    private static let tokens = ["<unk>", "<s>", "</s>", "▁", "a", "▁a"]

    private func folder(_ change: (inout [String: JSONValue]) -> Void = { _ in }, tokenizer: JSONValue? = nil, extra: [(String, [Int], String)] = []) throws -> CheckpointWriter {
        let writer = try CheckpointWriter()
        var config = TinyNetwork.config(type: "llama", vocabulary: Self.tokens.count).object ?? [:]
        change(&config)
        try writer.write(.object(config), to: "config.json")
        try writer.write(tokenizer ?? TinyTokenizers.sentencePiece(Self.tokens, merges: ["▁ a"]), to: "tokenizer.json")
        TinyNetwork.add(to: writer, type: "llama", vocabulary: Self.tokens.count)
        for (name, shape, type) in extra { writer.add(name, shape, [Float](repeating: 0, count: shape.reduce(1, *)), type: type) }
        try writer.finish()
        return writer
    }

    /// The fault that importing ends with; nothing may stand beside the folder's own files then.
    private func fault(_ writer: CheckpointWriter) throws -> Fault? {
        let before = try FileTree.files(below: writer.path)
        do {
            _ = try writer.imported()
            return nil
        } catch let fault as Fault {
            #expect(try FileTree.files(below: writer.path) == before)
            return fault
        }
    }

    @Test func theFolderItselfIsSound() throws { #expect(try fault(folder()) == nil) }

    static let badSettings: [(String, JSONValue, Fault.Code)] = [
        ("hidden_size", 1e30, .modelDamaged), ("hidden_size", -4, .modelDamaged), ("hidden_size", "4", .modelDamaged), ("hidden_size", 4.5, .modelDamaged), ("hidden_size", .null, .modelDamaged),
        ("hidden_size", [4], .modelDamaged), ("hidden_size", 8, .modelDamaged), ("num_hidden_layers", 9_223_372_036_854_775_807, .modelDamaged), ("num_hidden_layers", 4096, .modelDamaged),
        ("num_hidden_layers", 0, .modelDamaged), ("num_attention_heads", 3, .modelDamaged), ("num_attention_heads", 0, .modelDamaged), ("num_key_value_heads", 2, .modelDamaged),
        ("head_dim", 3, .modelDamaged), ("intermediate_size", 5, .modelDamaged), ("vocab_size", 1_000_000_000_000, .modelDamaged), ("vocab_size", 7, .modelDamaged),
        ("max_position_embeddings", .null, .modelDamaged), ("rms_norm_eps", -1, .modelDamaged), ("rope_theta", "x", .modelDamaged), ("tie_word_embeddings", false, .modelDamaged),
        ("tie_word_embeddings", 1, .modelDamaged), ("text_config", 5, .modelDamaged), ("rope_scaling", [1], .modelDamaged), ("rope_scaling", ["type": "linear"], .modelDamaged),
        ("rope_scaling", ["rope_type": "llama3", "low_freq_factor": 4, "high_freq_factor": 1], .modelDamaged), ("model_type", .null, .modelDamaged), ("model_type", 3, .modelDamaged),
        ("hidden_act", "relu", .modelUnsupported), ("model_type", "mamba", .modelUnsupported), ("rope_scaling", ["rope_type": "yarn", "factor": 4], .modelUnsupported),
        ("rope_scaling", ["rope_type": "longrope", "short_factor": [1, 1], "long_factor": [1, 1]], .modelUnsupported), ("quantization_config", ["quant_method": "gptq"], .modelUnsupported),
        ("partial_rotary_factor", 0.5, .modelUnsupported),
    ]

    @Test(arguments: badSettings.indices)
    func badSettingsAreNamed(index: Int) throws {
        let (key, value, code) = Self.badSettings[index]
        let found = try #require(try fault(folder { $0[key] = value }))
        #expect(found.code == code && found.remedy != nil, "\(found)")
        // What does not fit the tensors is told by the tensor, the rest by the setting.
        let names = [key, "tensor", "heads", "rotary", "freq_factor", "part of each head", "quantized", "embeddings", "no-model"]
        #expect(names.contains { found.message.contains($0) }, "\(found.message)")
    }

    @Test func unknownTypesAreNamedWithTheKnown() throws {
        let found = try #require(try fault(folder { $0["model_type"] = "mamba" }))
        #expect(found.message.contains("mamba"))
        for type in ["llama", "mistral", "qwen2", "qwen3", "qwen3_moe", "gemma3", "phi3", "bert", "xlm-roberta", "nomic_bert"] { #expect(found.remedy?.contains(type) == true, "\(type)") }
        #expect(Set(ModelImporter.modelTypes).count == ModelImporter.modelTypes.count)
    }

    @Test func tensorsThatNothingUsesAreRefusedAndNeedlessOnesAreNot() throws {
        let adapter = try #require(try fault(folder(extra: [("model.layers.0.self_attn.q_proj.lora_A", [2, 4], "F32")])))
        #expect(adapter.code == .modelUnsupported && adapter.message.contains("lora_A"))
        #expect(try fault(folder(extra: [("model.layers.0.self_attn.rotary_emb.inv_freq", [2], "F32")])) == nil)
        let whole = try #require(try fault(folder { $0["tie_word_embeddings"] = false } ))
        #expect(whole.message.contains("lm_head.weight"))
        let integers = try #require(try fault(folder({ $0["tie_word_embeddings"] = false }, extra: [("lm_head.weight", [6, 4], "I32")])))
        #expect(integers.code == .modelUnsupported && integers.message.contains("I32"))
    }

    @Test func missingFilesAreNamed() throws {
        for name in ["config.json", "model.safetensors", "tokenizer.json"] {
            let writer = try folder()
            try FileManager.default.removeItem(atPath: writer.path + "/" + name)
            let found = try #require(try fault(writer))
            #expect(found.code == .file && found.message.contains(name), "\(found)")
        }
    }

    @Test func badTokenizersAreRefused() throws {
        let sound = TinyTokenizers.sentencePiece(Self.tokens, merges: ["▁ a"])
        func with(_ key: String, _ value: JSONValue) -> JSONValue {
            var json = sound
            json[key] = value
            return json
        }
        func model(_ key: String, _ value: JSONValue) -> JSONValue {
            var model = sound["model"] ?? .null
            model[key] = value
            return with("model", model)
        }
        let bad: [(JSONValue, Fault.Code)] = [
            ([], .modelDamaged), (with("model", 3), .modelDamaged), (model("vocab", ["a"]), .modelDamaged), (model("vocab", ["a": -1]), .modelDamaged),
            (model("vocab", ["a": 1_000_000_000_000]), .modelDamaged), (model("vocab", ["a": 6]), .modelDamaged), (model("vocab", ["a": 1, "b": 1]), .modelDamaged),
            (model("merges", [3]), .modelDamaged), (model("merges", .null), .modelDamaged), (model("type", "Magic"), .modelUnsupported),
            (with("added_tokens", [TinyTokenizers.added(99, "x")]), .modelDamaged), (with("added_tokens", [["id": 1]]), .modelDamaged),
            (with("normalizer", ["type": "Lowercase"]), .modelUnsupported), (with("pre_tokenizer", ["type": "Whitespace"]), .modelUnsupported),
            (with("normalizer", ["type": "Precompiled", "precompiled_charsmap": "*"]), .modelDamaged),
        ]
        for (index, (json, code)) in bad.enumerated() {
            let found = try #require(try fault(folder(tokenizer: json)), "\(index)")
            #expect(found.code == code, "\(index): \(found)")
        }
    }

    @Test func mutatedSettingsGiveAFaultOrAFile() throws {
        let writer = try folder()
        let sound = ["config.json", "tokenizer.json"].map { name in (name, Array((try? FileTree.read(writer.path + "/" + name)) ?? [])) }
        var random = SeededRandom(seed: 11)
        for round in 0..<400 {
            let (name, text) = sound[round % 2]
            var bytes = text
            for _ in 0..<Int.random(in: 1...4, using: &random) { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 32...126, using: &random) }
            try writer.directory.write(bytes, to: name)
            do { _ = try writer.imported() } catch let fault as Fault { #expect(fault.code.kind == .input || fault.code == .file, "\(fault)") }
            try writer.directory.write(text, to: name)
        }
    }
}
