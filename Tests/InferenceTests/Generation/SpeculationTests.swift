import Core
import Kernels
import Support
import Testing

@testable import Inference

/// Guesses change what an answer costs and nothing else. Oracle: the same request without guesses.
@Suite(.serialized) struct SpeculationTests {
    private struct Answer: Equatable {
        var tokens: [Int32] = []
        var probabilities: [Double] = []
        var alternatives: [[Int32]] = []
        var reason: GenerationEvent.FinishReason?
    }

    private func generator(_ family: String = "llama", slots: Int = 1, context: Int = 400, cacheTokens: Int = 4_096) throws -> Generator {
        let file = try GGUFFile(path: Repository.path("Tests/Fixtures/models/\(family).gguf"))
        return try Generator(model: try DecoderModel(file: file, pool: try ThreadPool(width: 2), contextLimit: context), slotCount: slots, cacheTokens: cacheTokens)
    }

    /// A prompt that says the same again and again, so that something is guessed.
    private func request(_ seed: UInt64, temperature: Double = 0, count: Int = 60, guess: Int) -> GenerationRequest {
        var random = SeededRandom(seed: seed)
        let phrase = (0..<6).map { _ in Int32.random(in: 3..<96, using: &random) }
        var request = GenerationRequest(prompt: phrase + phrase + phrase + phrase.prefix(3), tokenCountMax: count, alternatives: 3)
        request.sampling.seed = seed
        request.sampling.temperature = temperature
        request.speculation = guess
        return request
    }

    private func run(_ generator: Generator, _ request: GenerationRequest) async throws -> (answer: Answer, cost: GenerationStatistics) {
        var answer = Answer()
        for try await event in try generator.generate(request) {
            switch event {
            case .token(let token, let probability, let alternatives):
                answer.tokens.append(token)
                answer.probabilities.append(probability)
                answer.alternatives.append(alternatives.map(\.token))
            case .finished(let reason, let cost):
                answer.reason = reason
                return (answer, cost)
            }
        }
        return (answer, .init())
    }

    @Test(arguments: ["llama", "qwen3", "qwen3moe", "gemma3", "phi3"])
    func answersAreTheSameWithGuesses(family: String) async throws {
        let generator = try generator(family)
        var accepted = 0
        for seed in UInt64(0)..<3 {
            for temperature in [0, 0.4, 1.2] {
                let plain = try await run(generator, request(seed, temperature: temperature, guess: 0))
                let guessed = try await run(generator, request(seed, temperature: temperature, guess: 8))
                #expect(guessed.answer == plain.answer, "seed \(seed) temperature \(temperature)")
                #expect(plain.cost.proposedTokens == 0 && guessed.cost.acceptedTokens <= guessed.cost.proposedTokens)
                #expect(guessed.cost.answerTokens == plain.cost.answerTokens)
                accepted += guessed.cost.acceptedTokens
            }
        }
        #expect(accepted > 0)
    }

    @Test func penaltiesAndBiasSeeTheSameTokens() async throws {
        let generator = try generator()
        for seed in UInt64(10)..<14 {
            var plain = request(seed, temperature: 0.3, guess: 0)
            plain.sampling.repetitionPenalty = 1.05
            plain.sampling.presencePenalty = 0.05
            plain.sampling.frequencyPenalty = 0.01
            plain.sampling.bias = [plain.prompt[0]: 2.5, plain.prompt[1]: 2.5, 7: -.infinity]
            var guessing = plain
            guessing.speculation = 15
            let (expected, actual) = (try await run(generator, plain), try await run(generator, guessing))
            #expect(actual.answer == expected.answer && actual.cost.proposedTokens > 0)
        }
    }

    @Test func answersSideBySideAreTheSameWithGuesses() async throws {
        let alone = try generator()
        var expected: [Answer] = []
        for seed in UInt64(20)..<30 { expected.append(try await run(alone, request(seed, temperature: seed % 2 == 0 ? 0 : 0.5, guess: 0)).answer) }
        let together = try generator(slots: 3)
        let actual = try await mapBounded(Array(UInt64(20)..<30), width: 10) { seed in
            try await self.run(together, self.request(seed, temperature: seed % 2 == 0 ? 0 : 0.5, guess: 8)).answer
        }
        #expect(actual == expected)
    }

    @Test func everyEndFallsWhereItDoesWithoutGuesses() async throws {
        let generator = try generator(context: 120)
        // The first seed whose answer runs into a loop with several tokens in it.
        var seed = UInt64(0)
        var whole = try await run(generator, request(seed, count: 40, guess: 8))
        while whole.cost.acceptedTokens < 12 || Set(whole.answer.tokens.suffix(12)).count < 3, seed < 100 {
            seed += 1
            whole = try await run(generator, request(seed, count: 40, guess: 8))
        }
        try #require(seed < 100)
        for count in stride(from: 1, to: 40, by: 2) {
            let cut = try await run(generator, request(seed, count: count, guess: 8))
            #expect(cut.answer.tokens == Array(whole.answer.tokens.prefix(count)) && cut.answer.reason == .length)
            #expect(cut.cost.answerTokens == count)
        }
        for stop in Set(whole.answer.tokens) {
            var stopping = request(seed, count: 40, guess: 8)
            stopping.stopTokens = [stop]
            let stopped = try await run(generator, stopping)
            #expect(stopped.answer.tokens == Array(whole.answer.tokens.prefix { $0 != stop }) && stopped.answer.reason == .stop)
        }
        // The context ends both alike.
        let full = try await run(generator, request(seed, count: 1_000, guess: 8)), plain = try await run(generator, request(seed, count: 1_000, guess: 0))
        #expect(full.answer == plain.answer && full.answer.reason == .length)
    }

    /// A reader leaves among guessed tokens; what wrong guesses left behind in the pages serves nobody: later answers are right, and no page is lost.
    @Test func readersWhoLeaveLoseNoPages() async throws {
        let generator = try generator(cacheTokens: 250)
        // One token above all others: guesses hold.
        func loop(_ guess: Int) -> GenerationRequest {
            var loop = request(2, temperature: 1, count: 150, guess: guess)
            loop.sampling.bias = [loop.prompt[0]: 4]
            return loop
        }
        let expected = try await run(generator, loop(0)).answer
        for count in stride(from: 1, to: 40, by: 3) {
            var seen = 0
            for try await _ in try generator.generate(loop(8)) {
                seen += 1
                if seen == count { break }
            }
        }
        let last = try await run(generator, loop(8))
        #expect(last.answer == expected && last.cost.acceptedTokens > 0)
    }

    /// Rounded keys and values change scores slightly (below 2 % of their range), and guesses over them change nothing. Seed 31.
    @Test(arguments: ["llama", "qwen3", "gemma3", "phi3"])
    func bytesForKeysAndValuesComeCloseToHalves(family: String) async throws {
        let file = try GGUFFile(path: Repository.path("Tests/Fixtures/models/\(family).gguf"))
        let model = try DecoderModel(file: file, pool: try ThreadPool(width: 2), contextLimit: 400)
        let tokens = request(31, guess: 0).prompt
        let (halves, bytes) = (try model.allScores(of: tokens), try model.allScores(of: tokens, keysAndValues: .q8))
        #expect(halves != bytes)
        for (half, byte) in zip(halves, bytes) {
            let range = (half.max() ?? 0) - (half.min() ?? 0)
            #expect(zip(half, byte).allSatisfy { abs($0 - $1) < 0.02 * range })
        }
        let generator = try Generator(model: model, slotCount: 1, cacheTokens: 1_024, keysAndValues: .q8)
        let plain = try await run(generator, request(31, guess: 0)), guessed = try await run(generator, request(31, guess: 8))
        #expect(guessed.answer == plain.answer && plain.answer.tokens.count == 60)
    }
}
