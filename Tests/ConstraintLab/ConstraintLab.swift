import Core
import Foundation
import Inference
import Kernels
import ModelSupport

/// The child process of `Benchmarks/constrained-decoding`. Prints one line of JSON.
///
///     constraint-lab replay MODEL SCHEMA TEXTS     masks of every token of texts, with the vocabulary of a GGUF file; TEXTS holds one JSON string a line
///     constraint-lab vocabulary MODEL              the bytes of every token in hexadecimal, and the token that ends a text
///     constraint-lab walk MODEL GRAMMARS STEPS     random tokens under grammars, one a line as ["json", schema], ["gbnf", rules] or ["object", ""]: the cost of the mask before each
///     constraint-lab draw FOLDER SCHEMA COUNT      answers of a network of random weights under a schema
@main enum Lab {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            switch arguments.first {
            case "replay" where arguments.count == 4: print(try replay(arguments[1], try read(arguments[2]), try read(arguments[3])).text)
            case "vocabulary" where arguments.count == 2: print(try vocabulary(arguments[1]).text)
            case "walk" where arguments.count == 4: print(try GrammarWalk.run(arguments[1], try read(arguments[2]), steps: Int(arguments[3]) ?? 1_000).text)
            case "draw" where arguments.count == 4: print(try await draw(arguments[1], try read(arguments[2]), Int(arguments[3]) ?? 100).text)
            default: throw Fault(.grammar, "no such command", remedy: "vocabulary MODEL, replay MODEL SCHEMA TEXTS, walk MODEL GRAMMARS STEPS, or draw FOLDER SCHEMA COUNT")
            }
        } catch {
            try? FileHandle.standardError.write(contentsOf: Data("\(error)\n".utf8))
            exit(3)
        }
    }

    private static func read(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else { throw Fault(.file, "\(path) cannot be read", remedy: "check the path") }
        return String(decoding: data, as: UTF8.self)
    }

    private static func vocabulary(_ model: String) throws -> JSONValue {
        let tokenizer = try Tokenizers.make(try Vocabulary(try GGUFFile(path: model)))
        let spellings = (0..<tokenizer.vocabulary.tokens.count).map { id in
            tokenizer.bytes(of: Int32(id), showsSpecials: false).map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
        }
        return ["spellings": .array(spellings.map { .string($0) }), "end": .int(Int(tokenizer.vocabulary.eos ?? 0))]
    }

    /// What the mask before each token costs, in the first reading of all texts and in a second one, and whether every token of the texts was admitted.
    private static func replay(_ model: String, _ schema: String, _ texts: String) throws -> JSONValue {
        let tokenizer = try Tokenizers.make(try Vocabulary(try GGUFFile(path: model)))
        let sequences = texts.split(separator: "\n").compactMap { (try? JSONValue(parsing: String($0)))?.string }.map { tokenizer.encode($0, addsSpecials: false, parsesSpecials: false) }
        var trie: TokenTrie?, grammar: Grammar?, rejected = 0
        let trieTime = Cost.microseconds { trie = TokenTrie(tokenizer) }
        let compileTime = try Cost.microseconds { grammar = try Grammar(jsonSchema: schema) }
        guard let trie, let grammar else { throw Fault(.defect, "nothing was made") }
        let constraint = TokenConstraint(grammar, trie)
        func pass() throws -> [Double] {
            var times: [Double] = []
            for sequence in sequences {
                var state = constraint.start
                for token in sequence {
                    times.append(try Cost.microseconds { _ = try constraint.following(state) })
                    guard constraint.advance(&state, token) else { rejected += 1; break }
                }
                if !constraint.end(state).may { rejected += 1 }
            }
            return times
        }
        let first = try pass(), second = try pass()
        func numbers(_ times: [Double]) -> JSONValue { .array(times.map { .double(($0 * 100).rounded() / 100) }) }
        return [
            "trie_us": .double(trieTime), "compile_us": .double(compileTime), "rejected": .int(rejected), "first_us": numbers(first), "second_us": numbers(second),
            "ids": .array(sequences.map { .array($0.map { .int(Int($0)) }) }),
        ]
    }

    /// Answers of the tiny model, whole ones and how many were cut.
    private static func draw(_ folder: String, _ schema: String, _ count: Int) async throws -> JSONValue {
        let path = folder + "/tiny.gguf"
        try TinyModel.write(to: path)
        let file = try GGUFFile(path: path), tokenizer = try Tokenizers.make(try Vocabulary(file))
        let generator = try Generator(model: try DecoderModel(file: file, pool: try ThreadPool(width: 2), contextLimit: 256), slotCount: 8, cacheTokens: 8 * 320)
        let constraint = ConstraintShelf(tokenizer).constraint(for: try Grammar(jsonSchema: schema))
        let ends = tokenizer.vocabulary.ends
        return try await withThrowingTaskGroup(of: (String, Bool).self) { group in
            var (texts, cut, next) = ([JSONValue](), 0, 0)
            func add() {
                let seed = UInt64(next)
                next += 1
                group.addTask {
                    var request = GenerationRequest(prompt: [5, 6, 7], tokenCountMax: 240, stopTokens: ends)
                    (request.sampling.seed, request.sampling.temperature, request.sampling.topK, request.sampling.topP, request.sampling.minP) = (seed, 2, 0, 1, 0)
                    request.constraint = constraint
                    var (bytes, isWhole) = ([UInt8](), false)
                    for try await event in try generator.generate(request) {
                        switch event {
                        case .token(let token, _, _): bytes += tokenizer.bytes(of: token, showsSpecials: false)
                        case .finished(let reason, _): isWhole = reason == .stop
                        }
                    }
                    return (String(decoding: bytes, as: UTF8.self), isWhole)
                }
            }
            for _ in 0..<min(8, count) { add() }
            while let (text, isWhole) = try await group.next() {
                if isWhole { texts.append(.string(text)) } else { cut += 1 }
                if next < count { add() }
            }
            return ["texts": .array(texts), "cut": .int(cut)]
        }
    }
}
