import Core
import Foundation
import Inference
import Support
import Testing

/// llama.cpp's own vectors: vocabularies of published models with texts and the ids that each must give. They are read from the folder `models` of its sources, which
/// the environment variable BANYAN_LLAMA_CPP_MODELS names; what runs everywhere is `TokenizerFixtureTests`.
@Suite struct TokenizerVectorTests {
    private static let folder = ProcessInfo.processInfo.environment["BANYAN_LLAMA_CPP_MODELS"] ?? ""

    /// Every vocabulary in the folder that has vectors.
    static var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        // Gemma 4 has a tokenizer of its own, and is no family of ours.
        return files.filter { $0 != "ggml-vocab-gemma-4.gguf" && $0.hasPrefix("ggml-vocab-") && $0.hasSuffix(".gguf") && files.contains($0 + ".inp") }.map { String($0.dropFirst(11).dropLast(5)) }.sorted()
    }

    private func tokenizer(_ name: String) throws -> any Tokenizer {
        try Tokenizers.make(Vocabulary(GGUFFile(path: Self.folder + "/ggml-vocab-\(name).gguf")))
    }

    private func text(_ name: String) throws -> String {
        try String(decoding: Data(contentsOf: URL(fileURLWithPath: Self.folder + "/ggml-vocab-" + name)), as: UTF8.self)
    }

    @Test(.enabled(if: !folder.isEmpty, "BANYAN_LLAMA_CPP_MODELS names no folder"), arguments: names)
    func idsAreThoseOfLlamaCpp(name: String) throws {
        let tokenizer = try tokenizer(name)
        let texts = try text("\(name).gguf.inp").components(separatedBy: "\n__ggml_vocab_test__\n")
        let answers = try text("\(name).gguf.out").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(texts.count > 40 && answers.count >= texts.count)
        for (text, answer) in zip(texts, answers) {
            let expected = answer.split(separator: " ").compactMap { Int32($0) }
            let found = tokenizer.encode(text, addsSpecials: false, parsesSpecials: false)
            #expect(found == expected, "\(name): \(text.debugDescription)")
            // WordPiece and its lower-casing lose text; all others give it back.
            if name != "bert-bge" { #expect(tokenizer.decode(found) == text, "\(name): \(text.debugDescription)") }
        }
    }
}
