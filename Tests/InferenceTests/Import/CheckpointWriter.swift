import Core
import Foundation
import Support

@testable import Inference

/// Writes folders in Hugging Face's layout: the opposite way of the importer, with code of its own.
final class CheckpointWriter {
    let directory: TemporaryDirectory
    var path: String { directory.path }
    private var tensors: [(name: String, type: String, shape: [Int], bytes: [UInt8])] = []

    init() throws { directory = try TemporaryDirectory() }

    func add(_ name: String, _ shape: [Int], _ values: [Float], type: String = "F32") {
        var bytes: [UInt8] = []
        for value in values {
            switch type {
            case "BF16": bytes.append(little: UInt16(truncatingIfNeeded: value.bitPattern >> 16))
            case "F16": bytes.append(little: HalfFloat.half(value))
            case "F64": bytes.append(little: Double(value).bitPattern)
            case "I32": bytes.append(little: Int32(value))
            default: bytes.append(little: value.bitPattern)
            }
        }
        tensors.append((name, type, shape, bytes))
    }

    func write(_ json: JSONValue, to name: String) throws { try directory.write(Array(json.text.utf8), to: name) }
    func write(text: String, to name: String) throws { try directory.write(Array(text.utf8), to: name) }

    /// Writes `model.safetensors`, or as many parts with an index.
    func finish(parts: Int = 1) throws {
        guard parts > 1 else {
            try directory.write(file(tensors[...]), to: "model.safetensors")
            return
        }
        var map: [String: JSONValue] = [:]
        let step = (tensors.count + parts - 1) / parts
        for part in 0..<parts {
            let slice = tensors[min(tensors.count, part * step)..<min(tensors.count, (part + 1) * step)]
            let name = "model-\(part + 1)-of-\(parts).safetensors"
            for tensor in slice { map[tensor.name] = .string(name) }
            try directory.write(file(slice), to: name)
        }
        try write(["weight_map": .object(map)], to: "model.safetensors.index.json")
    }

    private func file(_ tensors: ArraySlice<(name: String, type: String, shape: [Int], bytes: [UInt8])>) -> [UInt8] {
        var header: [String: JSONValue] = [:]
        var data: [UInt8] = []
        for tensor in tensors {
            let offsets: JSONValue = [.int(data.count), .int(data.count + tensor.bytes.count)]
            header[tensor.name] = ["dtype": .string(tensor.type), "shape": .array(tensor.shape.map { .int($0) }), "data_offsets": offsets]
            data += tensor.bytes
        }
        let text = Array(JSONValue.object(header).text.utf8)
        var length: [UInt8] = []
        length.append(little: UInt64(text.count))
        return length + text + data
    }

    /// Imports the folder into a file beside it.
    func imported(name: String = "model") throws -> GGUFFile {
        let target = path + "/out.gguf"
        try ModelImporter.convert(folder: path, to: target, name: name, progress: nil)
        return try GGUFFile(path: target)
    }
}

/// `tokenizer.json` of tiny tokenizers.
enum TinyTokenizers {
    static func added(_ id: Int, _ content: String, special: Bool = true, rstrip: Bool = false) -> JSONValue {
        ["id": .int(id), "content": .string(content), "special": .bool(special), "single_word": false, "lstrip": false, "rstrip": .bool(rstrip), "normalized": false]
    }

    static func vocabulary(_ tokens: [String]) -> JSONValue { .object(Dictionary(tokens.enumerated().map { ($1, JSONValue.int($0)) }) { first, _ in first }) }

    static let qwenPattern = #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#

    static func byteLevel(_ tokens: [String], merges: [JSONValue], pattern: String = qwenPattern) -> JSONValue {
        [
            "added_tokens": [added(tokens.count, "<|im_end|>"), added(tokens.count + 1, "<|im_start|>")], "normalizer": ["type": "NFC"],
            "pre_tokenizer": [
                "type": "Sequence",
                "pretokenizers": [
                    ["type": "Split", "pattern": ["Regex": .string(pattern)], "behavior": "Isolated", "invert": false],
                    ["type": "ByteLevel", "add_prefix_space": false, "use_regex": false],
                ],
            ], "post_processor": ["type": "ByteLevel"], "decoder": ["type": "ByteLevel"],
            "model": ["type": "BPE", "ignore_merges": false, "vocab": vocabulary(tokens), "merges": .array(merges)],
        ]
    }

    static func sentencePiece(_ tokens: [String], merges: [String]) -> JSONValue {
        [
            "added_tokens": [added(0, "<unk>"), added(1, "<s>"), added(2, "</s>")],
            "normalizer": [
                "type": "Sequence", "normalizers": [["type": "Prepend", "prepend": "▁"], ["type": "Replace", "pattern": ["String": " "], "content": "▁"]],
            ],
            "pre_tokenizer": .null,
            "post_processor": [
                "type": "TemplateProcessing", "single": [["SpecialToken": ["id": "<s>", "type_id": 0]], ["Sequence": ["id": "A", "type_id": 0]]],
            ],
            "model": ["type": "BPE", "unk_token": "<unk>", "byte_fallback": true, "vocab": vocabulary(tokens), "merges": .array(merges.map { .string($0) })],
        ]
    }

    static func wordPiece(_ tokens: [String], lowercase: Bool = true) -> JSONValue {
        [
            "added_tokens": .array(tokens.enumerated().filter { $1.hasPrefix("[") }.map { added($0, $1) }),
            "normalizer": ["type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": .null, "lowercase": .bool(lowercase)],
            "pre_tokenizer": ["type": "BertPreTokenizer"],
            "model": ["type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 8, "vocab": vocabulary(tokens)],
        ]
    }

    static func unigram(_ pieces: [(String, Double)], unknown: Int) -> JSONValue {
        [
            "added_tokens": .array(pieces.enumerated().filter { $1.0.hasPrefix("<") }.map { added($0, $1.0) }), "normalizer": .null,
            "pre_tokenizer": [
                "type": "Sequence", "pretokenizers": [["type": "WhitespaceSplit"], ["type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"]],
            ],
            "model": ["type": "Unigram", "unk_id": .int(unknown), "vocab": .array(pieces.map { [.string($0.0), .double($0.1)] })],
        ]
    }
}
