import Core
import Foundation
import Inference
import Kernels

/// Does with a model file what a user of it would: reads it, builds its tokenizer, parses its template, loads it and computes.
enum ModelFeed {
    static let texts = ["Hello, world! 42", "城市热线 你好", "a\u{301}\u{0}\n  \u{200D}🙂 </s><|im_end|> ▁x", String(repeating: "ab ", count: 40)]
    /// Tokens of a session.
    static let context = 32

    /// False when any part was refused.
    static func feed(_ path: String) throws -> Bool {
        guard let file = try allowed(needsPlace: true, { try GGUFFile(path: path) }) else { return false }
        for tensor in file.tensors.values where tensor.elementCount <= 1 << 16 {
            guard try file.floats(of: tensor.name).count == tensor.elementCount else { throw FuzzFinding(description: "a tensor has other values than its shape says") }
        }
        let isTokenized = try tokenize(file)
        let isLoaded = try compute(file)
        // Slower than all the rest together, so not every time.
        if file.file.byteCount % 8 == 0, file.file.byteCount < 1 << 19 { try quantize(file, to: path + ".quantized") }
        if let template = file.metadata["tokenizer.chat_template"]?.string { _ = try allowed { try ChatTemplate(template) } }
        return isTokenized && isLoaded
    }

    /// The value of the body; nil for a fault that a foreign file may cause.
    static func allowed<Value>(needsPlace: Bool = false, _ body: () throws -> Value) throws -> Value? {
        do { return try body() } catch let fault as Fault {
            let codes: [Fault.Code] = [.modelDamaged, .modelUnsupported, .chatTemplate, .contextFull, .kernelShape, .kernelMemory, .file]
            guard codes.contains(fault.code) else { throw FuzzFinding(description: "a fault of another kind: \(fault)") }
            if needsPlace, fault.code != .file, !fault.message.contains("byte") { throw FuzzFinding(description: "a fault without a place: \(fault)") }
            return nil
        } catch { throw FuzzFinding(description: "an error that is no fault: \(error)") }
    }

    private static func quantize(_ file: GGUFFile, to path: String) throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let scheme = ModelQuantizer.Scheme.allCases[file.file.byteCount / 8 % ModelQuantizer.Scheme.allCases.count]
        guard try allowed({ try ModelQuantizer.quantize(from: file, to: path, scheme: scheme, progress: nil, width: 1) }) != nil else { return }
        guard try GGUFFile(path: path).tensors.count == file.tensors.count else { throw FuzzFinding(description: "a quantized file with other tensors") }
    }

    private static func tokenize(_ file: GGUFFile) throws -> Bool {
        guard let vocabulary = try allowed({ try Vocabulary(file) }), let tokenizer = try allowed({ try Tokenizers.make(vocabulary) }) else { return false }
        for text in texts {
            for parsesSpecials in [false, true] {
                let tokens = tokenizer.encode(text, addsSpecials: true, parsesSpecials: parsesSpecials)
                guard tokens.allSatisfy({ vocabulary.tokens.indices.contains(Int($0)) }) else { throw FuzzFinding(description: "a token outside the vocabulary") }
                _ = tokenizer.decode(tokens)
            }
        }
        _ = tokenizer.decode([-1, 0, 1, .max, .min])
        _ = vocabulary.ends
        return true
    }

    private static func compute(_ file: GGUFFile) throws -> Bool {
        guard let pool = try allowed({ try ThreadPool(width: 1) }) else { return false }
        if EmbeddingModel.accepts(file) {
            guard let model = try allowed({ try EmbeddingModel(file: file, pool: pool) }) else { return false }
            return try allowed { try model.embed([[1, 2, 3], [0]]) } != nil
        }
        guard let model = try allowed({ try DecoderModel(file: file, pool: pool, contextLimit: context) }) else { return false }
        return try allowed { try model.allScores(of: [1, 2, 3, 0]) } != nil
    }
}

/// Writes a case's input where a parser can map it, and removes it again. Each file has a name of its own: what is mapped must not change.
struct CaseFile: ~Copyable {
    let path: String

    init(_ bytes: [UInt8], in folder: String, name: String) throws {
        path = folder + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
