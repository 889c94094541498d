import Core
import Inference
import Support

/// A language model of 100,000 random weights with an alphabet of its own: small enough to load in a test, real enough to talk nonsense.
public enum TinyModel {
    /// The token of a byte of the alphabet.
    public static func token(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: " "): 97
        case UInt8(ascii: "\n"): 98
        default: Int(byte) - 33 + 3
        }
    }

    /// Writes the model to `path`. Its tokens are printable ASCII, space and line feed; ChatML's marks are control tokens.
    /// - Parameter context: tokens of its longest conversation; nil for the 256 of the fixture.
    public static func write(to path: String, context: Int? = nil) throws {
        let source = try GGUFFile(path: Repository.path("Tests/Fixtures/models/llama.gguf"))
        var writer = GGUFWriter()
        for (key, value) in source.metadata where !key.hasPrefix("tokenizer.") && key != "general.alignment" { writer.set(key, value) }
        if let context { writer.set("llama.context_length", .int(Int64(context))) }
        var tokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"] + (33...126).map { String(UnicodeScalar($0)) } + ["Ġ", "Ċ"]
        var kinds: [Int64] = tokens.indices.map { $0 < 3 ? 3 : 1 }
        while tokens.count < 128 {
            tokens.append("[unused\(tokens.count)]")
            kinds.append(5)
        }
        writer.set("tokenizer.ggml.model", "gpt2")
        writer.set("tokenizer.ggml.pre", "default")
        writer.set("tokenizer.ggml.tokens", .strings(tokens.map { Array($0.utf8) }))
        writer.set("tokenizer.ggml.token_type", .ints(kinds))
        writer.set("tokenizer.ggml.merges", .strings([]))
        writer.set("tokenizer.ggml.eos_token_id", 2)
        writer.set("tokenizer.ggml.bos_token_id", 0)
        for name in source.tensorOrder {
            guard let tensor = source.tensors[name], let bytes = source.file.bytes(at: tensor.offset, count: tensor.byteCount) else { continue }
            writer.add(name: name, shape: tensor.shape, type: tensor.type, bytes: bytes)
        }
        try writer.write(to: path)
    }
}
