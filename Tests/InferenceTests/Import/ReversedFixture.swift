import Core
import Support

@testable import Inference

/// A fixture, which llama.cpp's converter made of a checkpoint of transformers, turned back into the checkpoint.
struct ReversedFixture {
    let file: GGUFFile
    let writer: CheckpointWriter
    private let architecture: String

    init(_ name: String, parts: Int = 1, type: String = "F32") throws {
        file = try GGUFFile(path: Repository.path("Tests/Fixtures/models/\(name).gguf"))
        writer = try CheckpointWriter()
        architecture = file.metadata["general.architecture"]?.string ?? ""
        for tensor in file.tensorOrder.compactMap({ file.tensors[$0] }) { try add(tensor, xlm: name == "xlm-roberta", type: type) }
        try writer.write(try config(name), to: "config.json")
        try writer.write(tokenizer(), to: "tokenizer.json")
        if ["bert", "nomic-bert"].contains(architecture) {
            try writer.write([["type": "sentence_transformers.models.Pooling", "path": "1_Pooling"]], to: "modules.json")
            try writer.write([name == "xlm-roberta" ? "pooling_mode_cls_token" : "pooling_mode_mean_tokens": true], to: "1_Pooling/config.json")
        }
        try writer.finish(parts: parts)
    }

    // MARK: Tensors

    private static let names: [(String, String)] = [
        ("token_embd_norm", "embeddings.LayerNorm"), ("post_attention_norm", "post_attention_layernorm"), ("post_ffw_norm", "post_feedforward_layernorm"),
        ("attn_q_norm", "self_attn.q_norm"), ("attn_k_norm", "self_attn.k_norm"), ("attn_qkv", "self_attn.qkv_proj"), ("attn_q", "self_attn.q_proj"), ("attn_k", "self_attn.k_proj"),
        ("attn_v", "self_attn.v_proj"), ("attn_output", "self_attn.o_proj"), ("attn_norm", "input_layernorm"), ("ffn_gate_inp", "mlp.gate"), ("ffn_gate", "mlp.gate_proj"),
        ("ffn_up", "mlp.up_proj"), ("ffn_down", "mlp.down_proj"), ("ffn_norm", "post_attention_layernorm"),
    ]
    private static let bertNames: [(String, String)] = [
        ("attn_output_norm", "attention.output.LayerNorm"), ("layer_output_norm", "output.LayerNorm"), ("attn_q", "attention.self.query"), ("attn_k", "attention.self.key"),
        ("attn_v", "attention.self.value"), ("attn_output", "attention.output.dense"), ("ffn_up", "intermediate.dense"), ("ffn_down", "output.dense"),
    ]
    private static let nomicNames: [(String, String)] = [
        ("attn_output_norm", "norm1"), ("layer_output_norm", "norm2"), ("attn_qkv", "attn.Wqkv"), ("attn_output", "attn.out_proj"), ("ffn_up", "mlp.fc11"), ("ffn_gate", "mlp.fc12"),
        ("ffn_down", "mlp.fc2"),
    ]

    private func add(_ tensor: TensorInfo, xlm: Bool, type: String) throws {
        var values = try file.floats(of: tensor.name)
        var shape = Array(tensor.shape.reversed())
        let parts = tensor.name.split(separator: ".").map(String.init)
        // Tables that follow from the settings.
        if parts[0].hasPrefix("rope_") { return }
        if architecture == "gemma3", tensor.name.contains("norm") { values = values.map { $0 - 1 } }
        if architecture == "llama", ["attn_q", "attn_k"].contains(parts.dropLast().last) { values = halved(values, columns: tensor.shape[0]) }
        if xlm, tensor.name == "position_embd.weight" {
            // Two rows that no position uses.
            values = [Float](repeating: 7, count: 2 * shape[1]) + values
            shape[0] += 2
        }
        if parts[0] != "blk" { return writer.add(outer(tensor.name), shape, values, type: type) }
        if parts[2].hasSuffix("_exps") {
            let size = shape[1] * shape[2]
            for expert in 0..<shape[0] {
                let name = "model.layers.\(parts[1]).mlp.experts.\(expert).\(parts[2].dropFirst(4).dropLast(5))_proj.weight"
                writer.add(name, [shape[1], shape[2]], Array(values[expert * size..<(expert + 1) * size]), type: type)
            }
            return
        }
        writer.add(layer(parts), shape, values, type: type)
    }

    private func outer(_ name: String) -> String {
        let isEncoder = architecture != "llama" && architecture.hasSuffix("bert")
        let ending = String(name.split(separator: ".")[1])
        switch name.split(separator: ".")[0] {
        case "token_embd": return isEncoder ? "embeddings.word_embeddings.weight" : "model.embed_tokens.weight"
        case "token_embd_norm": return architecture == "nomic-bert" ? "emb_ln." + ending : "bert.embeddings.LayerNorm." + (ending == "weight" ? "gamma" : "beta")
        case "position_embd": return "embeddings.position_embeddings.weight"
        case "token_types": return "embeddings.token_type_embeddings.weight"
        case "output": return "lm_head.weight"
        default: return "model.norm.weight"
        }
    }

    private func layer(_ parts: [String]) -> String {
        let table = architecture == "bert" ? Self.bertNames : architecture == "nomic-bert" ? Self.nomicNames : Self.names
        var name = table.first { $0.0 == parts[2] }?.1 ?? parts[2]
        if architecture == "gemma3", parts[2] == "ffn_norm" { name = "pre_feedforward_layernorm" }
        if architecture == "phi3", parts[2] == "ffn_up" { name = "mlp.gate_up_proj" }
        let prefix = architecture == "bert" ? "encoder.layer." : architecture == "nomic-bert" ? "encoder.layers." : "model.layers."
        return prefix + "\(parts[1]).\(name).\(parts[3])"
    }

    /// Rows of each head with even ones first: what the file has as neighbors are halves in a checkpoint.
    private func halved(_ values: [Float], columns: Int) -> [Float] {
        let head = file.metadata["llama.rope.dimension_count"]?.int ?? 2
        let rows = values.count / columns
        return (0..<rows).flatMap { row -> ArraySlice<Float> in
            let place = row % head
            let source = row - place + (place < head / 2 ? 2 * place : 2 * (place - head / 2) + 1)
            return values[source * columns..<(source + 1) * columns]
        }
    }

    // MARK: Settings

    private func number(_ key: String) -> JSONValue { file.metadata["\(architecture).\(key)"]?.int.map { .int($0) } ?? .null }
    /// As a person would have written it: the file holds 32 bits.
    private func float(_ key: String) -> JSONValue { file.metadata["\(architecture).\(key)"]?.double.map { .double(Double("\(Float($0))") ?? $0) } ?? .null }

    private func config(_ name: String) throws -> JSONValue {
        let types = ["qwen3moe": "qwen3_moe", "gemma3": "gemma3_text", "nomic-bert": "nomic_bert"]
        var config: [String: JSONValue] = [
            "model_type": .string(name == "xlm-roberta" || name == "mistral" ? name : types[architecture] ?? architecture), "num_hidden_layers": number("block_count"),
            "hidden_size": number("embedding_length"), "intermediate_size": number("feed_forward_length"), "num_attention_heads": number("attention.head_count"),
            "num_key_value_heads": number("attention.head_count_kv"), "rms_norm_eps": float("attention.layer_norm_rms_epsilon"), "layer_norm_eps": float("attention.layer_norm_epsilon"),
            "head_dim": number("attention.key_length"), "max_position_embeddings": number("context_length"), "vocab_size": .int(file.tensors["token_embd.weight"]?.shape[1] ?? 0),
            "rope_theta": float("rope.freq_base"), "num_experts": number("expert_count"), "num_experts_per_tok": number("expert_used_count"),
            "moe_intermediate_size": number("expert_feed_forward_length"), "tie_word_embeddings": .bool(file.tensors["output.weight"] == nil),
            "type_vocab_size": .int(file.tensors["token_types.weight"]?.shape[1] ?? 0), "sliding_window": .null,
        ]
        switch name {
        case "gemma3": config.merge(["sliding_window": number("attention.sliding_window"), "rope_local_base_freq": float("rope.freq_base_swa")]) { $1 }
        case "xlm-roberta": config.merge(["pad_token_id": 1, "max_position_embeddings": .int(66)]) { $1 }
        case "llama-rope3":
            config["rope_scaling"] = ["rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 64]
        case "phi3": config["original_max_position_embeddings"] = 256
        case "phi3-longrope":
            config["original_max_position_embeddings"] = 16
            let factors = try ["long", "short"].map { kind in JSONValue.array(try file.floats(of: "rope_factors_\(kind).weight").map { .double(Double($0)) }) }
            config["rope_scaling"] = ["type": "longrope", "long_factor": factors[0], "short_factor": factors[1]]
        default: break
        }
        return .object(config)
    }

    private func tokenizer() -> JSONValue {
        let tokens = (file.metadata["tokenizer.ggml.tokens"]?.strings ?? []).map { String(decoding: $0, as: UTF8.self) }
        switch file.metadata["tokenizer.ggml.model"]?.string {
        case "bert": return TinyTokenizers.wordPiece(tokens)
        case "t5": return TinyTokenizers.unigram(zip(tokens, file.metadata["tokenizer.ggml.scores"]?.floats ?? []).map { ($0, Double($1)) }, unknown: 3)
        default: return TinyTokenizers.sentencePiece(tokens, merges: tokens.filter { $0.hasPrefix("▁") && $0.unicodeScalars.count == 2 }.map { "▁ " + $0.dropFirst() })
        }
    }
}
