import Core
import Kernels
import Support
import Testing

@testable import Inference

/// A network of random weights under grammars: it would write anything, so what it writes is the grammar's doing.
@Suite(.serialized) struct ConstrainedGenerationTests {
    /// Two stop tokens, no bytes at 2, and letters of JSON from 3 on; the rest of the fixture's 128 tokens are halves of characters and pairs.
    static let vocabulary: [[UInt8]] = [[], [], []] + (32...126).map { [UInt8($0)] } + ["\":", "\",", "tr", "ue", "中"].map { Array($0.utf8) } + [[0xE4, 0xB8], [0xAD], [0xC3], [0xA9]]

    private func generator(context: Int = 256) throws -> Generator {
        let file = try GGUFFile(path: Repository.path("Tests/Fixtures/models/llama.gguf"))
        return try Generator(model: try DecoderModel(file: file, pool: try ThreadPool(width: 2), contextLimit: context), slotCount: 4, cacheTokens: 2_048)
    }

    private func answer(_ generator: Generator, _ constraint: TokenConstraint, seed: UInt64, count: Int = 120, change: (inout GenerationRequest) -> Void = { _ in }) async throws -> (text: String, reason: GenerationEvent.FinishReason?, cost: GenerationStatistics) {
        var request = GenerationRequest(prompt: [5, 6, 7], tokenCountMax: count, stopTokens: [0, 1])
        (request.sampling.seed, request.sampling.temperature, request.sampling.topK, request.sampling.topP, request.sampling.minP) = (seed, 3, 0, 1, 0)
        request.constraint = constraint
        change(&request)
        var bytes: [UInt8] = []
        for try await event in try generator.generate(request) {
            switch event {
            case .token(let token, _, _): bytes += Self.vocabulary.indices.contains(Int(token)) ? Self.vocabulary[Int(token)] : Array("?".utf8)
            case .finished(let reason, let cost): return (String(decoding: bytes, as: UTF8.self), reason, cost)
            }
        }
        return (String(decoding: bytes, as: UTF8.self), nil, .init())
    }

    static let schema: JSONValue = [
        "type": "object", "required": ["kind", "n"], "additionalProperties": false,
        "properties": ["kind": ["enum": ["a", "b"]], "n": ["type": "integer", "minimum": 0, "maximum": 99], "note": ["type": "string", "maxLength": 12], "list": ["type": "array", "items": ["type": "boolean"], "maxItems": 3]],
    ]

    @Test func answersUnderASchemaAreValid() async throws {
        let generator = try generator()
        let constraint = TokenConstraint(try Grammar(jsonSchema: Self.schema), TokenTrie(Self.vocabulary))
        let answers = try await mapBounded(Array(UInt64(0)..<80), width: 4) { seed in try await self.answer(generator, constraint, seed: seed) }
        for (text, reason, _) in answers {
            #expect(reason == .stop)
            let value = try JSONValue(parsing: text)
            #expect(SchemaValidator.isValid(value, Self.schema, root: Self.schema), "\(text)")
        }
        #expect(Set(answers.map(\.text)).count > 40)
    }

    /// With and without guesses the same text comes out, and what must follow is guessed.
    @Test func forcedTextIsGuessedAndTheAnswerIsTheSame() async throws {
        let generator = try generator()
        let constraint = TokenConstraint(try Grammar(gbnf: #"root ::= "{\"kind\":\"" [ab] "\",\"number of pages\":" [0-9] "}""#), TokenTrie(Self.vocabulary))
        for seed in UInt64(0)..<6 {
            let plain = try await answer(generator, constraint, seed: seed) { $0.speculation = 0 }
            let guessed = try await answer(generator, constraint, seed: seed)
            #expect(plain.text == guessed.text && plain.reason == .stop && plain.cost.proposedTokens == 0)
            #expect(guessed.cost.acceptedTokens > 0)
        }
    }

    /// The end comes exactly where the text may end: at once where it must.
    @Test func endsAreTheGrammars() async throws {
        let generator = try generator()
        let trie = TokenTrie(Self.vocabulary)
        let fixed = TokenConstraint(try Grammar(gbnf: #"root ::= "yes""#), trie)
        let answer = try await answer(generator, fixed, seed: 1)
        #expect(answer.text == "yes" && answer.reason == .stop && answer.cost.answerTokens == 3)
        let empty = try await self.answer(generator, TokenConstraint(try Grammar(gbnf: #"root ::= """#), trie), seed: 1)
        #expect(empty.text == "" && empty.reason == .stop)
        let noStops = try await self.answer(generator, TokenConstraint(try Grammar(gbnf: #"root ::= "ab"+"#), trie), seed: 1) { $0.stopTokens = [] }
        #expect(noStops.text == "ab" && noStops.reason == .stop)
        let cut = try await self.answer(generator, TokenConstraint(try Grammar(gbnf: #"root ::= "ab"{50}"#), trie), seed: 1, count: 7)
        #expect(cut.text == "abababa" && cut.reason == .length)
    }

    /// A vocabulary without the letters of a grammar ends the answer with an error and disturbs nobody else's; a bias cannot force what does not fit.
    @Test func whatCannotBeSpelledFails() async throws {
        let generator = try generator()
        let trie = TokenTrie(Self.vocabulary)
        let other = TokenConstraint(try Grammar(gbnf: #"root ::= "x"{40}"#), trie)
        async let neighbor = answer(generator, other, seed: 2)
        await #expect(throws: Fault.self) { try await self.answer(generator, TokenConstraint(try Grammar(gbnf: "root ::= \"a\" \"\u{1F600}\""), trie), seed: 1) }
        #expect(try await neighbor.text == String(repeating: "x", count: 40))
        let biased = try await answer(generator, other, seed: 3) { $0.sampling.bias = [Int32(Self.vocabulary.firstIndex(of: [120])!): -.infinity, 20: 100] }
        #expect(biased.text == String(repeating: "x", count: 40))
    }

    /// Characters in halves of tokens come out whole.
    @Test func halvesOfCharactersBecomeCharacters() async throws {
        let generator = try generator()
        let vocabulary = Self.vocabulary
        let constraint = TokenConstraint(try Grammar(gbnf: "root ::= [中é]{12}"), TokenTrie(vocabulary))
        for seed in UInt64(0)..<8 {
            let answer = try await answer(generator, constraint, seed: seed)
            #expect(answer.text.unicodeScalars.count == 12 && answer.text.unicodeScalars.allSatisfy { $0 == "中" || $0 == "é" } && answer.reason == .stop)
        }
    }

    @Test func theShelfKeepsTheNewestConstraints() throws {
        let shelf = ConstraintShelf(try Tokenizers.make(Vocabulary(model: .bpe, tokens: [[97], [98]])))
        let first = try Grammar(gbnf: #"root ::= "a""#)
        let kept = shelf.constraint(for: first)
        #expect(shelf.constraint(for: try Grammar(gbnf: #"root ::= "a""#)) === kept)
        for count in 1...ConstraintShelf.countMax { _ = shelf.constraint(for: try Grammar(gbnf: "root ::= \"b\"{\(count)}")) }
        #expect(shelf.constraint(for: first) !== kept)
    }
}
