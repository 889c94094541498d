import Core
import Kernels
import Support
import Testing

@testable import Inference

/// Every family against transformers: tiny checkpoints with random weights, scores recorded in float32 (`Benchmarks/engine/make-fixtures`).
@Suite(.serialized) struct FamilyTests {
    static let decoders = ["llama", "llama-rope3", "mistral", "qwen2", "qwen3", "qwen3moe", "gemma3", "phi3", "phi3-longrope"]
    static let encoders = ["bert", "xlm-roberta", "nomic-bert"]

    private func fixture(_ name: String) throws -> (file: GGUFFile, json: JSONValue, tokens: [Int32]) {
        let path = Repository.path("Tests/Fixtures/models/" + name)
        let json = try JSONValue(parsing: TextDecoder.decode(try FileTree.read(path + ".json")).text)
        return (try GGUFFile(path: path + ".gguf"), json, (json["tokens"]?.array ?? []).compactMap { $0.int.map(Int32.init) })
    }

    private func numbers(_ json: JSONValue?) -> [Double] { (json?.array ?? []).compactMap(\.double) }

    /// The largest difference, relative to the largest value of the row. Keys and values are kept in f16, so 1e-3 is what can be expected.
    private func distance(_ actual: [Float], _ expected: [Double]) -> Double {
        let size = expected.map(abs).max() ?? 1
        return zip(actual, expected).map { abs(Double($0) - $1) / size }.max() ?? .infinity
    }

    @Test(arguments: decoders)
    func scoresEqualTheReference(name: String) throws {
        let (file, json, tokens) = try fixture(name)
        let model = try DecoderModel(file: file, pool: try ThreadPool(width: 2), contextLimit: 64)
        let scores = try model.allScores(of: tokens)
        let positions = (json["positions"]?.array ?? []).compactMap(\.int)
        #expect(positions.count >= 4)
        for (index, position) in positions.enumerated() {
            let expected = numbers(json["logits"]?[index])
            #expect(expected.count == model.vocabularyCount)
            #expect(distance(scores[position], expected) <= 2e-3, "position \(position)")
        }
    }

    @Test(arguments: encoders)
    func embeddingsEqualTheReference(name: String) throws {
        let (file, json, tokens) = try fixture(name)
        let model = try EmbeddingModel(file: file, pool: try ThreadPool(width: 2))
        let expected = numbers(json["normalized"])
        for (row, hidden) in try model.hidden(tokens).enumerated() { #expect(distance(hidden, numbers(json["hidden"]?[row])) <= 1e-3, "token \(row)") }
        // Alone, and among others of different lengths.
        let vectors = try model.embed([Array(tokens.prefix(3)), tokens, Array(tokens.prefix(9))])
        #expect(vectors[1] == (try model.embed([tokens]))[0])
        #expect(zip(vectors[1], expected).reduce(0.0) { $0 + Double($1.0) * $1.1 } >= 0.9999)
    }

    /// One token after another, in pieces, or all at once: the same scores to the last bit.
    @Test(arguments: decoders)
    func piecesGiveTheScoresOfTheWhole(name: String) throws {
        let (file, _, tokens) = try fixture(name)
        let model = try DecoderModel(file: file, pool: try ThreadPool(width: 2), contextLimit: 64)
        let whole = try model.allScores(of: tokens)
        for piece in [1, 5] {
            var cache = try model.makeCache(tokens: tokens.count)
            var sequence = cache.begin(prompt: [])
            var scores: [[Float]] = []
            for start in stride(from: 0, to: tokens.count, by: piece) {
                let part = Array(tokens[start..<min(tokens.count, start + piece)])
                let first = try #require(cache.append(part, to: &sequence))
                let batch = part.enumerated().map { BatchToken(token: $1, position: first + $0, sequence: 0, wantsScores: true) }
                try unsafe model.run(batch, pageTables: [sequence.pages], cache: cache) { _, row in unsafe scores.append(Array(row)) }
            }
            #expect(scores == whole, "pieces of \(piece)")
        }
    }

    /// From 192 tokens on each of two threads has rows of its own, instead of columns of all rows: the same scores to the last bit.
    @Test(arguments: ["llama", "qwen2", "qwen3moe", "gemma3", "phi3"])
    func threadsDoNotChangeScores(name: String) throws {
        let (file, _, tokens) = try fixture(name)
        let long = (0..<200).map { tokens[$0 * 7 % tokens.count] }
        let alone = try DecoderModel(file: file, pool: try ThreadPool(width: 1), contextLimit: long.count).allScores(of: long, from: 150)
        let shared = try DecoderModel(file: file, pool: try ThreadPool(width: 2), contextLimit: long.count).allScores(of: long, from: 150)
        #expect(alone.count == 50 && alone == shared)
    }

    @Test func unknownArchitecturesAreNamedWithTheKnown() throws {
        let (file, _, _) = try fixture("bert")
        #expect { try DecoderModel(file: file, pool: try ThreadPool(width: 1)) } throws: { error in
            (error as? Fault)?.message.contains("\"bert\"") == true && (error as? Fault)?.remedy?.contains("qwen3moe") == true
        }
    }

    @Test func textsThatDoNotFitAreRefused() throws {
        let (file, _, tokens) = try fixture("llama")
        let model = try DecoderModel(file: file, pool: try ThreadPool(width: 1), contextLimit: 16)
        #expect { try model.allScores(of: tokens) } throws: { ($0 as? Fault)?.code == .contextFull }
        #expect(throws: Fault.self) { try model.allScores(of: [1, 9_999]) }
        #expect(throws: Fault.self) { try model.allScores(of: [-1]) }
    }
}
