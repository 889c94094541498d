import Core
import Kernels
import Support
import Testing

@testable import Inference

@Suite(.serialized) struct GeneratorTests {
    private func generator(slots: Int = 4, context: Int = 64, cacheTokens: Int = 2_048) throws -> Generator {
        let file = try GGUFFile(path: Repository.path("Tests/Fixtures/models/llama.gguf"))
        return try Generator(model: try DecoderModel(file: file, pool: try ThreadPool(width: 2), contextLimit: context), slotCount: slots, cacheTokens: cacheTokens)
    }

    private func request(_ seed: UInt64, length: Int = 10, count: Int = 12) -> GenerationRequest {
        var random = SeededRandom(seed: seed)
        var request = GenerationRequest(prompt: (0..<length).map { _ in Int32.random(in: 3..<96, using: &random) }, tokenCountMax: count)
        request.sampling.seed = seed
        request.sampling.temperature = 1.5
        return request
    }

    private func run(_ generator: Generator, _ request: GenerationRequest) async throws -> (tokens: [Int32], reason: GenerationEvent.FinishReason?, cost: GenerationStatistics) {
        var tokens: [Int32] = []
        for try await event in try generator.generate(request) {
            switch event {
            case .token(let token, _, _): tokens.append(token)
            case .finished(let reason, let cost): return (tokens, reason, cost)
            }
        }
        return (tokens, nil, .init())
    }

    @Test func answersDoNotDependOnWhoElseIsInTheBatch() async throws {
        let alone = try generator(slots: 1)
        var expected: [[Int32]] = []
        for seed in 0..<12 { expected.append(try await run(alone, request(UInt64(seed), length: 5 + seed * 3)).tokens) }
        let together = try generator(slots: 5)
        let actual = try await mapBounded(Array(0..<12), width: 12) { seed in try await self.run(together, self.request(UInt64(seed), length: 5 + seed * 3)).tokens }
        #expect(actual == expected)
        #expect(expected.allSatisfy { $0.count == 12 })
    }

    @Test func anEqualPromptIsReadOnce() async throws {
        let generator = try generator(context: 256)
        let first = try await run(generator, request(1, length: 150))
        let second = try await run(generator, request(1, length: 150))
        #expect(first.cost.cachedTokens == 0 && second.cost.cachedTokens == 128)
        #expect(first.tokens == second.tokens)
    }

    @Test func lengthContextAndStopTokensEnd() async throws {
        let generator = try generator(context: 32)
        let free = try await run(generator, request(2, count: 8))
        #expect(free.reason == .length && free.cost.answerTokens == 8 && free.cost.promptTokens == 10)
        var stopping = request(2, count: 8)
        stopping.stopTokens = [free.tokens[3]]
        let stopped = try await run(generator, stopping)
        #expect(stopped.reason == .stop)
        #expect(stopped.tokens == Array(free.tokens.prefix { $0 != free.tokens[3] }))
        let long = try await run(generator, request(3, count: 1_000))
        #expect(long.reason == .length && long.cost.answerTokens < 32)
    }

    @Test func aReaderWhoLeavesFreesTheSlot() async throws {
        let generator = try generator(slots: 1, context: 1_024)
        for seed in 0..<5 {
            var seen = 0
            for try await _ in try generator.generate(request(UInt64(seed), count: 1_000)) {
                seen += 1
                if seen == 3 { break }
            }
        }
        // The only slot is free again.
        #expect(try await run(generator, request(9)).tokens.count == 12)
        let load = generator.load
        #expect(load.running <= 1 && load.waiting == 0)
    }

    @Test func whatCannotFitIsRefusedAtOnce() throws {
        let generator = try generator(context: 32)
        #expect { try generator.generate(self.request(1, length: 32)) } throws: { ($0 as? Fault)?.code == .contextFull }
        #expect { try generator.generate(GenerationRequest(prompt: [])) } throws: { ($0 as? Fault)?.code == .contextFull }
    }

    /// Memory for keys and values runs out: someone is told, the others end well, and all pages come back.
    @Test func fullMemoryEndsSomeAndLosesNone() async throws {
        let generator = try generator(slots: 8, context: 200, cacheTokens: 256)
        let outcomes = try await mapBounded(Array(0..<8), width: 8) { seed -> Bool in
            do { return try await self.run(generator, self.request(UInt64(seed), length: 60, count: 100)).reason != nil } catch { return false }
        }
        #expect(outcomes.contains(true))
        #expect(try await run(generator, request(99, length: 100, count: 80)).cost.answerTokens == 80)
    }
}
