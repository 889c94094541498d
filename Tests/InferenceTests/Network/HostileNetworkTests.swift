import Core
import Inference
import Kernels
import Support
import Testing

/// Well-formed files whose numbers or shapes make no sense to a network. Each was found by `Benchmarks/fuzz-parsers` or beside what it found.
@Suite struct HostileNetworkTests {
    /// A fixture with keys and tensors exchanged.
    private func forged(_ name: String, in folder: TemporaryDirectory, keys: [String: MetadataValue] = [:], tensors: [String: (shape: [Int], values: [Float])] = [:]) throws -> GGUFFile {
        let source = try GGUFFile(path: Repository.path("Tests/Fixtures/models/\(name).gguf"))
        var writer = GGUFWriter()
        for (key, value) in source.metadata.merging(keys, uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key }) where key != "general.alignment" { writer.set(key, value) }
        for name in source.tensorOrder {
            guard let tensor = source.tensors[name] else { continue }
            let (shape, values) = try tensors[name] ?? (tensor.shape, source.floats(of: name))
            writer.add(name: name, shape: shape, type: .f32, bytes: try BlockFormat.quantize(values, to: .f32))
        }
        try writer.write(to: folder.file("forged.gguf"))
        return try GGUFFile(path: folder.file("forged.gguf"))
    }

    /// A window of no or less than no tokens is none; it was a range that ends before it begins.
    @Test(arguments: [0, -1, -4_096, .min] as [Int64])
    func aWindowThatIsNotPositiveIsNone(window: Int64) throws {
        let folder = try TemporaryDirectory()
        let pool = try ThreadPool(width: 1)
        let plain = try DecoderModel(file: try forged("llama", in: folder), pool: pool, contextLimit: 16).allScores(of: [1, 2, 3, 4])
        let file = try forged("llama", in: folder, keys: ["llama.attention.sliding_window": .int(window)])
        #expect(try DecoderModel(file: file, pool: pool, contextLimit: 16).allScores(of: [1, 2, 3, 4]) == plain)
        let gemma = try forged("gemma3", in: folder, keys: ["gemma3.attention.sliding_window": .int(window)])
        #expect(try DecoderModel(file: gemma, pool: pool, contextLimit: 16).allScores(of: [1, 2, 3, 4]).count == 4)
    }

    /// A vector of sentence types shorter than the network's width was read past its end.
    @Test func sentenceTypesOfAnotherWidthAreRefused() throws {
        let folder = try TemporaryDirectory()
        let file = try forged("bert", in: folder, tensors: ["token_types.weight": ([4], [1, 2, 3, 4])])
        #expect { try EmbeddingModel(file: file, pool: try ThreadPool(width: 1)) } throws: { ($0 as? Fault)?.message.contains("token_types") == true }
    }

    /// A few bytes of a header can claim a context of millions; the tables for it are not made.
    @Test func aClaimedContextCostsNoMemory() throws {
        let folder = try TemporaryDirectory()
        let pool = try ThreadPool(width: 1)
        let file = try forged("nomic-bert", in: folder, keys: ["nomic-bert.context_length": 1_048_576])
        #expect(try EmbeddingModel(file: file, pool: pool).context == 8_192)
        let llama = try forged("llama", in: folder, keys: ["llama.context_length": 16_777_216])
        #expect { try DecoderModel(file: llama, pool: pool) } throws: { ($0 as? Fault)?.code == .contextFull }
        #expect(try DecoderModel(file: llama, pool: pool, contextLimit: 64).context == 64)
    }
}
