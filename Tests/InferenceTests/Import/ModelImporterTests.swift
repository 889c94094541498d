import Core
import Foundation
import Kernels
import Support
import Synchronization
import Testing

@testable import Inference

/// Checkpoints against the files that llama.cpp's converter made of them.
@Suite struct ModelImporterTests {
    static let families = FamilyTests.decoders + FamilyTests.encoders

    @Test(arguments: families)
    func everyFamilyEqualsTheConvertersFile(name: String) throws {
        let fixture = try ReversedFixture(name)
        let made = try fixture.writer.imported()
        #expect(Set(made.tensors.keys) == Set(fixture.file.tensors.keys))
        for (tensor, info) in fixture.file.tensors {
            #expect(made.tensors[tensor]?.type == info.type && made.tensors[tensor]?.shape == info.shape, "\(tensor)")
            let (found, expected) = (try made.floats(of: tensor), try fixture.file.floats(of: tensor))
            // 1 + w less 1 loses a bit in the test's way back.
            if name == "gemma3", tensor.contains("norm") {
                #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-6 }, "\(tensor)")
            } else {
                #expect(found == expected, "\(tensor)")
            }
        }
        let prefix = (fixture.file.metadata["general.architecture"]?.string ?? "?") + "."
        for key in Set(made.metadata.keys).union(fixture.file.metadata.keys) where key.hasPrefix(prefix) || ["general.architecture", "general.file_type", "general.type"].contains(key) {
            #expect(made.metadata[key] == fixture.file.metadata[key], "\(key)")
        }
        #expect(made.metadata["tokenizer.ggml.model"] == fixture.file.metadata["tokenizer.ggml.model"])
        #expect(made.metadata["tokenizer.ggml.tokens"]?.strings?.count == fixture.file.metadata["tokenizer.ggml.tokens"]?.strings?.count)
    }

    @Test func anImportedModelComputesWhatTheFixtureDoes() throws {
        let fixture = try ReversedFixture("qwen3")
        let pool = try ThreadPool(width: 1)
        let tokens: [Int32] = [1, 20, 30, 40, 7]
        let expected = try DecoderModel(file: fixture.file, pool: pool, contextLimit: 64).allScores(of: tokens)
        #expect(try DecoderModel(file: try fixture.writer.imported(), pool: pool, contextLimit: 64).allScores(of: tokens) == expected)
    }

    @Test func partsAndWrappersDoNotMatter() throws {
        let whole = try ReversedFixture("llama").writer.imported()
        let parts = try ReversedFixture("llama", parts: 3).writer.imported()
        for name in whole.tensors.keys { #expect(try whole.floats(of: name) == parts.floats(of: name), "\(name)") }
    }

    @Test(arguments: [("F16", TensorType.f16, 1), ("BF16", .bf16, 32), ("F64", .f32, 0)])
    func typesStayExceptForVectorsAndSensitiveTables(name: String, type: TensorType, fileType: Int) throws {
        let made = try ReversedFixture("qwen3moe", type: name).writer.imported()
        #expect(made.metadata["general.file_type"]?.int == fileType)
        for info in made.tensors.values {
            let isSensitive = info.shape.count == 1 || info.name.contains("ffn_gate_inp")
            #expect(info.type == (isSensitive ? .f32 : type), "\(info.name)")
        }
        let encoder = try ReversedFixture("bert", type: name).writer.imported()
        #expect(encoder.tensors["position_embd.weight"]?.type == .f32 && encoder.tensors["token_types.weight"]?.type == .f32)
        #expect(encoder.tensors["token_embd.weight"]?.type == type)
    }

    @Test func expertsInOneTensorAreTheSameAsApart() throws {
        let fixture = try ReversedFixture("qwen3moe")
        let fused = try CheckpointWriter()
        for name in ["config.json", "tokenizer.json"] { try fused.write(text: TextDecoder.decode(try FileTree.read(fixture.writer.path + "/" + name)).text, to: name) }
        let weights = try SafetensorsFile(path: fixture.writer.path + "/model.safetensors")
        for (name, tensor) in weights.tensors where !name.contains(".experts.") { fused.add(name, tensor.shape, try weights.floats(of: name)) }
        for layer in 0..<2 {
            let prefix = "model.layers.\(layer).mlp.experts."
            let gateUp = try (0..<8).flatMap { try weights.floats(of: "\(prefix)\($0).gate_proj.weight") + weights.floats(of: "\(prefix)\($0).up_proj.weight") }
            fused.add(prefix + "gate_up_proj", [8, 64, 32], gateUp)
            fused.add(prefix + "down_proj", [8, 32, 32], try (0..<8).flatMap { try weights.floats(of: "\(prefix)\($0).down_proj.weight") })
        }
        try fused.finish()
        let (made, expected) = (try fused.imported(), fixture.file)
        for name in expected.tensors.keys { #expect(try made.floats(of: name) == expected.floats(of: name), "\(name)") }
    }

    @Test func rowsOfHeadsAreInterleaved() {
        // A head of 6: halves 0 1 2 | 3 4 5 become neighbors.
        #expect(TensorStreamer.sources(of: 0..<12, head: 6).map(\.lowerBound) == [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11])
        #expect(TensorStreamer.sources(of: 4..<8, head: 6).map(\.lowerBound) == [2, 5, 6, 9])
        #expect(TensorStreamer.sources(of: 4..<8, head: nil) == [4..<8])
    }

    @Test func progressEndsWhereItShould() throws {
        let fixture = try ReversedFixture("llama")
        let counter = Counter()
        try ModelImporter.convert(folder: fixture.writer.path, to: fixture.writer.path + "/x.gguf", name: "x") { counter.note($0) }
        #expect(counter.last.map { $0.done == $0.total && $0.done > 0 } == true)
    }

    private final class Counter: Sendable {
        private let state = Mutex<JobProgress?>(nil)
        var last: JobProgress? { state.withLock { $0 } }
        func note(_ progress: JobProgress) { state.withLock { $0 = progress } }
    }
}
