import Core
import Kernels
import Support
import Testing

@testable import Inference

/// Answers with adapters, side by side with answers without.
@Suite struct AdapterGenerationTests {
    private let file: GGUFFile

    init() throws { file = try GGUFFile(path: Repository.path("Tests/Fixtures/models/qwen2.gguf")) }

    /// An adapter of random values for every layer.
    private func adapter(seed: UInt64, identity: UInt64, magnitudes: Bool = false) throws -> LoadedAdapter {
        let parts = try DecoderParts(file: file, pool: try ThreadPool(width: 1), context: 16)
        var random = SeededRandom(seed: seed)
        func values(_ count: Int, _ bound: Float) -> [Float] { (0..<count).map { _ in Float.random(in: -bound...bound, using: &random) } }
        var layers: [String: Adapter.Layer] = [:]
        for block in 0..<parts.sizes.layers {
            for kind in LinearKind.allCases {
                let layer = parts.layer(block, kind)
                layers[layer.name] = try Adapter.Layer(
                    rank: 3, inputs: layer.inputs, outputs: layer.outputs, down: values(3 * layer.inputs, 0.2), up: values(3 * layer.outputs, 0.2),
                    magnitudes: magnitudes ? values(layer.outputs, 0.2).map { 0.8 + $0 } : nil)
            }
        }
        return try LoadedAdapter(Adapter(architecture: "qwen2", layers: layers, alpha: 3), for: file, identity: identity)
    }

    private func answer(_ generator: Generator, _ prompt: [Int32], _ adapter: LoadedAdapter?) async throws -> [Int32] {
        var request = GenerationRequest(prompt: prompt, tokenCountMax: 24)
        request.sampling.temperature = 0
        request.adapter = adapter
        var tokens: [Int32] = []
        for try await event in try generator.generate(request) { if case .token(let token, _, _) = event { tokens.append(token) } }
        return tokens
    }

    private func generator(slots: Int) throws -> Generator { try Generator(model: try DecoderModel(file: file, pool: try ThreadPool(width: 2)), slotCount: slots, cacheTokens: 2048) }

    /// An answer does not depend on who else is in the batch, with which adapter. Prompts share a page of tokens: keys and values that one adapter computed are never another's.
    @Test func answersSideBySideAreThoseAlone() async throws {
        let adapters: [LoadedAdapter?] = [nil, try adapter(seed: 1, identity: 1), try adapter(seed: 2, identity: 2), try adapter(seed: 3, identity: 3, magnitudes: true)]
        let prompt = (0..<70).map { Int32($0 * 13 % 120 + 3) }
        var alone: [[Int32]] = []
        for adapter in adapters { alone.append(try await answer(try generator(slots: 1), prompt, adapter)) }
        #expect(Set(alone).count == 4, "adapters change the answer")
        let shared = try generator(slots: 8)
        for _ in 0..<2 {
            let together = try await withThrowingTaskGroup(of: (Int, [Int32]).self) { group in
                for index in 0..<8 { group.addTask { (index, try await answer(shared, prompt, adapters[index % 4])) } }
                return try await group.reduce(into: [Int: [Int32]]()) { $0[$1.0] = $1.1 }
            }
            for (index, tokens) in together { #expect(tokens == alone[index % 4], "answer \(index)") }
        }
    }

    /// Pages are known by their tokens and the adapter that computed them.
    @Test func cachesOfAdaptersAreApart() throws {
        var cache = try KeyValueCache(layers: [(heads: 1, headWidth: 8)], tokens: 512)
        let tokens = (0..<130).map { Int32($0) }
        for adapter in [UInt64(0), 1, 2] {
            var sequence = cache.begin(prompt: tokens, adapter: adapter)
            #expect(sequence.count == 0)
            var published = 0
            _ = cache.append(tokens, to: &sequence)
            cache.publish(&sequence, publishedTokens: &published)
            cache.end(sequence)
            let again = cache.begin(prompt: tokens, adapter: adapter)
            #expect(again.count == 128)
            cache.end(again)
        }
    }
}
