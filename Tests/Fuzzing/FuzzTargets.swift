import Core
import Foundation
import Inference
import Support

extension FuzzTarget {
    /// All targets. The corpus is the tests' own fixtures.
    public static func all() throws -> [FuzzTarget] {
        [try gguf(), try model(), try blocks(), try safetensors(), try safetensorsIndex(), try template(), try json()] + (try scanning())
    }

    static func fixture(_ name: String) throws -> [UInt8] { try FileTree.read(Repository.path("Tests/Fixtures/" + name)) }

    static let families = ["llama", "llama-rope3", "qwen2", "qwen3", "qwen3moe", "gemma3", "phi3", "phi3-longrope", "bert", "xlm-roberta", "nomic-bert"]

    /// Bytes of model files, changed blindly: headers, metadata, tables of tensors.
    static func gguf() throws -> FuzzTarget {
        let small = try fixture("small.gguf")
        let corpus = try [small, small, small] + families.map { try fixture("models/\($0).gguf") }
        let words = ["GGUF", "general.architecture", "general.alignment", "tokenizer.ggml.tokens", "llama.block_count", "token_embd.weight", "\u{0}\u{0}\u{0}\u{0}", "\u{9}\u{0}\u{0}\u{0}"]
        let mutator = Mutator(words: words.map { Array($0.utf8) }, others: [small], focus: 0..<8_192)
        return FuzzTarget("gguf", about: "GGUF files, changed bytes, then tokenizer and network") { random in
            mutator.mutate(corpus.randomElement(using: &random) ?? small, &random)
        } feed: { bytes, folder in
            let file = try CaseFile(bytes, in: folder, name: "case.gguf")
            return try ModelFeed.feed(file.path)
        }
    }

    /// Block formats: random bytes as weights of every type, with scales that are no numbers, decoded and multiplied.
    static func blocks() throws -> FuzzTarget {
        FuzzTarget("blocks", about: "block formats, random bytes, decoded and multiplied") { random in
            let type = TensorType.allCases.randomElement(using: &random) ?? .f32
            let block = (0..<type.blockByteCount * Int.random(in: 1...9, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            // One in four is all ones, which reads as NaN in every scale; one in four has infinities.
            let ending: [UInt8] = [[], [], [0xFF, 0xFF, 0xFF, 0xFF], [0x00, 0x7C, 0x00, 0xFC]][Int.random(in: 0..<4, using: &random)]
            return [UInt8(truncatingIfNeeded: type.rawValue)] + ending + block + ending
        } feed: { bytes, folder in
            guard let type = bytes.first.flatMap({ TensorType(rawValue: UInt32($0)) }) else { return false }
            let body = Array(bytes.dropFirst())
            for count in [-1, 0, 1, 33, body.count, 1 << 20] {
                let most = body.count / type.blockByteCount * type.blockCount
                guard BlockFormat.dequantize(body, type: type, count: count).count == min(max(count, 0), most) else { throw FuzzFinding(description: "not as many values as asked for") }
            }
            // The same bytes as floats, of any size or none, and back.
            let floats = BlockFormat.dequantize((0..<1_024).map { body.isEmpty ? 0 : body[$0 % body.count] }, type: .f32, count: 256)
            for type in BlockFormat.writable.sorted(by: { $0.rawValue < $1.rawValue }) {
                guard let packed = try ModelFeed.allowed({ try BlockFormat.quantize(floats, to: type) }) else { continue }
                guard packed.count == type.byteCount(of: 256) else { throw FuzzFinding(description: "blocks of another size") }
            }
            let path = folder + "/blocks.gguf"
            defer { try? FileManager.default.removeItem(atPath: path) }
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try BlockModel.write(type, filledWith: body, to: path)
            return try ModelFeed.feed(path)
        }
    }

    /// Safetensors files.
    static func safetensors() throws -> FuzzTarget {
        let corpus = SafetensorsCorpus.files
        let words = ["\"dtype\":\"F32\"", "\"shape\":[", "\"data_offsets\":[0,8]", "9223372036854775807", "18446744073709551615", "-1", "1e18", "1e400", "[[", "{}", "\"__metadata__\":", "\\u0000", ","]
        let mutator = Mutator(words: words.map { Array($0.utf8) }, others: corpus)
        return FuzzTarget("safetensors", about: "safetensors files") { random in mutator.mutate(corpus.randomElement(using: &random) ?? [], &random) } feed: { bytes, folder in
            guard !bytes.isEmpty else { return false }
            let file = try CaseFile(bytes, in: folder, name: "case.safetensors")
            guard let parsed = try ModelFeed.allowed(needsPlace: true, { try SafetensorsFile(path: file.path) }) else { return false }
            for tensor in parsed.tensors.values {
                guard try parsed.floats(of: tensor.name).count == tensor.elementCount else { throw FuzzFinding(description: "a tensor has other values than its shape says") }
            }
            return true
        }
    }

    /// The index of a model in several files.
    static func safetensorsIndex() throws -> FuzzTarget {
        let index = Array(#"{"metadata":{"total_size":16},"weight_map":{"f":"a.safetensors","h":"a.safetensors","x":"b.safetensors"}}"#.utf8)
        let words = ["\"../a.safetensors\"", "\"a.safetensors\"", "\"/etc/passwd\"", "weight_map", "null", "{}", "[]", "\\u0000", ":", ","]
        let mutator = Mutator(words: words.map { Array($0.utf8) }, others: [index])
        return FuzzTarget("safetensors-index", about: "the index of a safetensors folder") { random in mutator.mutate(index, &random) } feed: { bytes, folder in
            let a = try CaseFile(SafetensorsCorpus.files[1], in: folder, name: "a.safetensors")
            let b = try CaseFile(SafetensorsCorpus.files[2], in: folder, name: "b.safetensors")
            let file = try CaseFile(bytes, in: folder, name: "model.safetensors.index.json")
            let model = try ModelFeed.allowed { try SafetensorsFolder(path: folder) }
            for name in (model?.tensors ?? [:]).keys { _ = try model?.floats(of: name) }
            _ = (a.path, b.path, file.path)
            return model != nil
        }
    }

    /// Chat templates.
    static func template() throws -> FuzzTarget {
        let corpus = try TemplateCorpus(JSONValue(parsing: String(decoding: try fixture("chat-templates.json"), as: UTF8.self)))
        return FuzzTarget("template", about: "chat templates, parsed and rendered") { random in corpus.mutated(&random) } feed: { bytes, _ in
            guard let template = try ModelFeed.allowed({ try ChatTemplate(String(decoding: bytes, as: UTF8.self)) }) else { return false }
            var isRendered = false
            for context in corpus.contexts.prefix(3) {
                if let text = try ModelFeed.allowed({ try template.render(context, now: 1_732_435_445, bounds: TemplateCorpus.bounds) }) {
                    guard text.utf8.count <= TemplateCorpus.bounds.textByteCount else { throw FuzzFinding(description: "a text longer than its bound") }
                    isRendered = true
                }
            }
            return isRendered
        }
    }

    /// JSON text: what is read is written and read again, with the same value.
    static func json() throws -> FuzzTarget {
        let requests = [
            #"{"model":"m","messages":[{"role":"user","content":"你好\n\u4f60\ud83d\ude42"}],"temperature":0.5,"seed":-1,"stop":["a","b"],"logit_bias":{"5":-100}}"#,
            #"[0,-0,1.5e-300,1E+5,9223372036854775807,9223372036854775808,-9223372036854775808,true,false,null,"",{},[]]"#, String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
        ].map { Array($0.utf8) }
        let templates = try fixture("chat-templates.json")
        let words = ["\\ud800", "\\u+123", "\\u00", "1e309", "-", "--1", "01", "1.", ".5", "+1", "\"", "{", "[", "]", "}", ":", ",", "\u{0}", "\u{FEFF}", "nul", "true", "1e-999999999999", "[[[[[[[["]
        let mutator = Mutator(words: words.map { Array($0.utf8) }, others: requests)
        return FuzzTarget("json", about: "JSON text") { random in
            let start = Int.random(in: 0..<templates.count - 4_096, using: &random)
            return mutator.mutate((requests + [Array(templates[start..<start + 4_096])]).randomElement(using: &random) ?? [], &random)
        } feed: { bytes, _ in
            do {
                let value = try JSONValue(parsing: String(decoding: bytes, as: UTF8.self))
                let again = try JSONValue(parsing: value.text)
                guard again == value, try JSONValue(parsing: value.prettyText) == value else { throw FuzzFinding(description: "another value after writing and reading") }
                guard again.text == value.text else { throw FuzzFinding(description: "another text after writing and reading") }
                return true
            } catch let fault as Fault {
                guard fault.code == .json, fault.message.contains("byte") else { throw FuzzFinding(description: "a fault of another kind: \(fault)") }
                return false
            }
        }
    }
}
