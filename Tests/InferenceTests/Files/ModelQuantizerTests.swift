import Core
import Foundation
import Inference
import Support
import Synchronization
import Testing

@Suite struct ModelQuantizerTests {
    /// A decoder of `layers` layers whose rows are 256 (attention), 512 (down) and, for `odd`, 96 and 40 values.
    private func model(_ folder: TemporaryDirectory, layers: Int = 16, isTied: Bool = false, type: TensorType = .f32) throws -> GGUFFile {
        var random = SeededRandom(seed: 12)
        func weights(_ count: Int) -> [Float] { (0..<count).map { _ in Float.random(in: -1...1, using: &random) } }
        var writer = GGUFWriter()
        writer.set("general.architecture", "llama")
        writer.set("general.file_type", 0)
        writer.set("llama.block_count", .uint(UInt64(layers)))
        writer.set("llama.rope.freq_base", 10_000.0)
        writer.set("tokenizer.ggml.tokens", .strings([Array("a".utf8), [0xFF]]))
        var tensors: [(String, [Int])] = [("token_embd.weight", [256, 4]), ("output_norm.weight", [256]), ("odd.weight", [96, 2]), ("odder.weight", [40, 2])]
        if !isTied { tensors.append(("output.weight", [256, 4])) }
        for layer in 0..<layers {
            tensors += [("attn_q.weight", [256, 2]), ("attn_v.weight", [256, 2]), ("attn_norm.weight", [256]), ("ffn_down.weight", [512, 2]), ("attn_q.bias", [2])].map {
                ("blk.\(layer).\($0.0)", $0.1)
            }
        }
        for (name, shape) in tensors {
            let stored: TensorType = shape.count == 1 ? .f32 : type
            writer.add(name: name, shape: shape, type: stored, bytes: try BlockFormat.quantize(weights(shape.reduce(1, *)), to: stored))
        }
        let path = folder.file("source.gguf")
        try writer.write(to: path)
        return try GGUFFile(path: path)
    }

    private func quantized(_ source: GGUFFile, _ scheme: ModelQuantizer.Scheme, _ folder: TemporaryDirectory, width: Int = 2) throws -> GGUFFile {
        let path = folder.file("\(scheme.rawValue)-\(width).gguf")
        try ModelQuantizer.quantize(from: source, to: path, scheme: scheme, progress: nil, width: width)
        return try GGUFFile(path: path)
    }

    @Test func everySchemeGivesTheTypesOfLlamaCpp() throws {
        let folder = try TemporaryDirectory()
        let source = try model(folder)
        let expected: [ModelQuantizer.Scheme: [String: TensorType]] = [
            .f16: ["token_embd.weight": .f16, "output.weight": .f16, "odd.weight": .f16, "odder.weight": .f16, "blk.0.attn_q.weight": .f16],
            .q8_0: ["token_embd.weight": .q8_0, "output.weight": .q8_0, "odd.weight": .q8_0, "odder.weight": .f16, "blk.0.attn_q.weight": .q8_0],
            .q4_0: ["token_embd.weight": .q4_0, "output.weight": .q6_K, "odd.weight": .q4_0, "odder.weight": .f16, "blk.0.ffn_down.weight": .q4_0],
            .q4_K: ["token_embd.weight": .q4_K, "output.weight": .q6_K, "odd.weight": .q5_0, "odder.weight": .f16, "blk.0.ffn_down.weight": .q4_K],
            .q4_K_M: ["token_embd.weight": .q4_K, "output.weight": .q6_K, "odd.weight": .q5_0, "odder.weight": .f16, "blk.0.attn_q.weight": .q4_K],
            .q6_K: ["token_embd.weight": .q6_K, "output.weight": .q6_K, "odd.weight": .q8_0, "odder.weight": .f16, "blk.0.attn_q.weight": .q6_K],
        ]
        for scheme in ModelQuantizer.Scheme.allCases {
            let file = try quantized(source, scheme, folder)
            for (name, type) in try #require(expected[scheme]) { #expect(file.tensors[name]?.type == type, "\(scheme.rawValue) \(name)") }
            #expect(file.tensorOrder == source.tensorOrder)
            for (name, tensor) in source.tensors {
                #expect(file.tensors[name]?.shape == tensor.shape)
                if tensor.shape.count == 1 { #expect(try file.floats(of: name) == (try source.floats(of: name))) }
            }
            var metadata = source.metadata
            metadata["general.file_type"] = .uint(scheme.fileType)
            metadata["general.quantization_version"] = 2
            #expect(file.metadata == metadata)
        }
    }

    @Test func theMixGivesMoreBitsToTheLayersOfLlamaCpp() throws {
        let folder = try TemporaryDirectory()
        let file = try quantized(try model(folder), .q4_K_M, folder)
        // Of 16 layers: the first two, the last two, and every third from the fifth on.
        let more: Set = [0, 1, 4, 7, 10, 13, 14, 15]
        for layer in 0..<16 {
            for name in ["attn_v", "ffn_down"] { #expect(file.tensors["blk.\(layer).\(name).weight"]?.type == (more.contains(layer) ? .q6_K : .q4_K), "\(layer) \(name)") }
        }
        let tied = try quantized(try model(folder, isTied: true), .q4_K_M, folder)
        #expect(tied.tensors["token_embd.weight"]?.type == .q6_K)
    }

    @Test func valuesStayCloseAndTheWidthChangesNothing() throws {
        let folder = try TemporaryDirectory()
        let source = try model(folder, layers: 2, type: .bf16)
        // One step of the coarsest scale of values in -1...1; the search trades the largest error for the mean.
        let bounds: [ModelQuantizer.Scheme: Float] = [.f16: 0.001, .q8_0: 0.005, .q4_0: 0.13, .q4_K: 0.13, .q4_K_M: 0.13, .q6_K: 0.03]
        for (scheme, bound) in bounds {
            let one = try quantized(source, scheme, folder, width: 1)
            let three = try quantized(source, scheme, folder, width: 3)
            #expect(MappedFileBytes.read(one.file.path) == MappedFileBytes.read(three.file.path))
            for name in source.tensorOrder {
                let distance = zip(try source.floats(of: name), try one.floats(of: name)).map { abs($0 - $1) }.max() ?? 0
                #expect(distance <= bound, "\(scheme.rawValue) \(name): \(distance)")
            }
        }
    }

    @Test func progressEndsAtTheWholeFile() throws {
        let folder = try TemporaryDirectory()
        let source = try model(folder, layers: 1)
        let seen = Mutex<[JobProgress]>([])
        try ModelQuantizer.quantize(from: source, to: folder.file("out.gguf"), scheme: .q8_0, progress: { progress in seen.withLock { $0.append(progress) } })
        let steps = seen.withLock { $0 }
        #expect(steps.count == source.tensors.count)
        #expect(steps.last?.done == steps.last?.total)
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.done < $1.done })
    }

    /// Found by `Benchmarks/fuzz-parsers`: a count of layers that overflows when it is multiplied.
    @Test(arguments: [.uint(.max), .uint(1 << 62), .int(.max), .int(.min), .int(-1), 0] as [MetadataValue])
    func absurdCountsOfLayersAreNoMatter(count: MetadataValue) throws {
        let folder = try TemporaryDirectory()
        var writer = GGUFWriter()
        writer.set("general.architecture", "llama")
        writer.set("llama.block_count", count)
        let names = ["0", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "x"].map { "blk.\($0).ffn_down.weight" }
        for name in names { writer.add(name: name, shape: [256, 2], type: .f32, bytes: try BlockFormat.quantize([Float](repeating: 0.5, count: 512), to: .f32)) }
        try writer.write(to: folder.file("absurd.gguf"))
        let file = try quantized(try GGUFFile(path: folder.file("absurd.gguf")), .q4_K_M, folder)
        #expect(file.tensorOrder == names)
    }

    @Test func aCancelledTaskLeavesNothingBehind() async throws {
        let folder = try TemporaryDirectory()
        let source = try model(folder, layers: 1)
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try ModelQuantizer.quantize(from: source, to: folder.file("out.gguf"), scheme: .q8_0, progress: nil)
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == before)
    }

    @Test func aWeightThatIsNotFiniteStopsTheWork() throws {
        let folder = try TemporaryDirectory()
        var writer = GGUFWriter()
        writer.set("general.architecture", "llama")
        writer.add(name: "blk.0.attn_q.weight", shape: [32, 2], type: .f32, bytes: try BlockFormat.quantize([Float](repeating: 1, count: 63) + [.nan], to: .f32))
        try writer.write(to: folder.file("nan.gguf"))
        let source = try GGUFFile(path: folder.file("nan.gguf"))
        #expect { try ModelQuantizer.quantize(from: source, to: folder.file("out.gguf"), scheme: .q8_0, progress: nil) } throws: {
            ($0 as? Fault)?.message.contains("attn_q") == true
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("out.gguf")))
    }
}
