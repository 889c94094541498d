import Core
import Foundation
import Inference
import Support
import Testing

@Suite struct GGUFFileTests {
    /// Written by the `gguf` package 0.19.
    private let small = Repository.path("Tests/Fixtures/small.gguf")

    @Test func metadataOfAFileFromThePythonPackageIsReadExactly() throws {
        let file = try GGUFFile(path: small)
        let value = file.metadata
        #expect(value["general.architecture"]?.string == "llama")
        #expect(value["llama.context_length"] == .uint(512))
        #expect(value["test.uint8"] == .uint(200))
        #expect(value["test.int8"] == .int(-3))
        #expect(value["test.uint16"] == .uint(65_535))
        #expect(value["test.int16"] == .int(-300))
        #expect(value["test.int32"] == .int(-5))
        #expect(value["test.uint64"] == .uint(1 << 63 + 1))
        #expect(value["test.uint64"]?.int == nil)
        #expect(value["test.int64"]?.int == -1 << 40)
        #expect(value["test.float32"]?.double == Double(Float(1e-5)))
        #expect(value["test.float64"]?.double == 0.1)
        #expect(value["test.bool"]?.bool == true)
        #expect(value["test.bools"]?.bools == [true, false, true])
        #expect(value["test.nested"] == .array([.ints([1, 2]), .ints([3])]))
        #expect(value["tokenizer.ggml.tokens"]?.strings == [Array("<s>".utf8), Array("中".utf8), [0xFF, 0xFE], []])
        #expect(value["tokenizer.ggml.scores"]?.floats == [0, -1.5, 2.25, 3])
        #expect(value["tokenizer.ggml.token_type"]?.ints == [3, 1, 6, 1])
        #expect(value["general.architecture"]?.int == nil)
        #expect(value["test.bool"]?.strings == nil)
    }

    @Test func tensorsOfAFileFromThePythonPackageAreReadExactly() throws {
        let file = try GGUFFile(path: small)
        #expect(file.tensorOrder == ["f32", "f16", "bf16", "q8_0", "q4_0", "q6_k", "cube"])
        let ramp = (0..<64).map { Float($0) / 7 }
        #expect(try file.floats(of: "f32") == ramp)
        #expect(file.tensors["f32"]?.shape == [32, 2])
        #expect(file.tensors["cube"]?.shape == [4, 3, 2])
        #expect(try file.floats(of: "cube") == (0..<24).map { Float($0) })
        for (name, type) in [("f16", TensorType.f16), ("bf16", .bf16), ("q8_0", .q8_0), ("q4_0", .q4_0)] {
            let tensor = try #require(file.tensors[name])
            #expect(tensor.type == type)
            #expect(file.file.bytes(at: tensor.offset, count: tensor.byteCount) == (try BlockFormat.quantize(ramp, to: type)))
        }
        let matrix = try #require(file.tensors["q6_k"])
        #expect(matrix.shape == [256, 2])
        let all = try file.floats(of: "q6_k")
        #expect(try file.floats(of: matrix, rows: 1..<2) == Array(all[256...]))
        #expect(try file.floats(of: matrix, rows: 1..<1) == [])
        #expect(throws: Fault.self) { try file.floats(of: matrix, rows: 1..<3) }
        #expect(throws: Fault.self) { try file.floats(of: matrix, rows: -1..<1) }
        #expect(throws: Fault.self) { try file.floats(of: "missing") }
    }

    @Test func whatIsWrittenIsRead() throws {
        let folder = try TemporaryDirectory()
        var random = SeededRandom(seed: 3)
        let weights = (0..<512).map { _ in Float.random(in: -1...1, using: &random) }
        var values: [String: MetadataValue] = [
            "a": "text", "b": 7, "c": -7, "d": 0.5, "e": true, "f": .strings([[], [0xFF], Array("é".utf8)]), "g": .ints([1, -2]), "h": .ints([1 << 40]), "i": .floats([1.5]),
            "j": .bools([false, true]), "k": .doubles([0.1]), "l": .array([.strings([[1]]), .strings([])]), "m": .uint(1 << 40), "n": .int(-1 << 40), "o": .float(1e300),
            "p": .array([.uint(UInt64.max)]), "q": .array([.array([.array([.ints([4])])])]),
        ]
        var writer = GGUFWriter()
        for (key, value) in values.sorted(by: { $0.key < $1.key }) { writer.set(key, value) }
        writer.set("a", "changed")
        values["a"] = "changed"
        for type in BlockFormat.writable.sorted(by: { $0.rawValue < $1.rawValue }) {
            writer.add(name: type.name, shape: [256, 2], type: type, bytes: try BlockFormat.quantize(weights, to: type))
        }
        writer.add(name: "streamed", shape: [3], type: .f32) { sink in
            for value in [Float(1), 2, 3] { try sink(try BlockFormat.quantize([value], to: .f32)) }
        }
        let path = folder.file("written.gguf")
        try writer.write(to: path)
        let file = try GGUFFile(path: path)
        #expect(file.metadata == values)
        #expect(file.tensorOrder.last == "streamed")
        #expect(try file.floats(of: "streamed") == [1, 2, 3])
        for type in BlockFormat.writable {
            let bytes = try BlockFormat.quantize(weights, to: type)
            #expect(try file.floats(of: type.name) == BlockFormat.dequantize(bytes, type: type, count: 512))
        }
        for tensor in file.tensors.values { #expect(tensor.offset % 32 == 0) }
    }

    @Test func aFileThatCannotBeWrittenLeavesNothingAndReplacesNothing() throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("kept.gguf")
        try folder.write([1, 2, 3], to: "kept.gguf")
        let broken: [(inout GGUFWriter) -> Void] = [
            { $0.add(name: "t", shape: [2], type: .f32, bytes: [0, 0, 0, 0]) },
            { $0.add(name: "t", shape: [1], type: .f32, bytes: [0, 0, 0, 0, 0]) },
            { $0.add(name: "t", shape: [33], type: .q8_0, bytes: []) },
            { $0.add(name: "t", shape: [], type: .f32, bytes: []) },
            { $0.add(name: "t", shape: [0], type: .f32, bytes: []) },
            { $0.add(name: "t", shape: [1, 1, 1, 1, 1], type: .f32, bytes: [0, 0, 0, 0]) },
            { $0.add(name: "t", shape: [Int.max, Int.max], type: .f32, bytes: []) },
            { $0.add(name: "", shape: [1], type: .f32, bytes: [0, 0, 0, 0]) },
            { for _ in 0..<2 { $0.add(name: "t", shape: [1], type: .f32, bytes: [0, 0, 0, 0]) } },
            { $0.set("", 1) },
            { $0.set("general.alignment", 64) },
            { $0.set("mixed", .array([.uint(1), .bool(true)])) },
            { $0.set("deep", .array([.array([.array([.array([.ints([1])])])])])) },
            { $0.add(name: "t", shape: [1], type: .f32) { _ in throw Fault(.file, "stop") } },
        ]
        for (index, spoil) in broken.enumerated() {
            var writer = GGUFWriter()
            writer.set("general.architecture", "test")
            spoil(&writer)
            #expect(throws: Fault.self, "\(index)") { try writer.write(to: path) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["kept.gguf"])
        #expect(MappedFileBytes.read(path) == [1, 2, 3])
        #expect(throws: Fault.self) { try GGUFWriter().write(to: folder.file("no/such/folder.gguf")) }
    }

    /// Debug builds are many times slower and say nothing of what people run.
    @Test(.enabled(if: !_isDebugAssertConfiguration(), "only in release")) func aVocabularyOf152kTokensIsReadInATenthOfASecond() throws {
        let folder = try TemporaryDirectory()
        var writer = GGUFWriter()
        writer.set("tokenizer.ggml.tokens", .strings((0..<152_000).map { Array("token\($0)".utf8) }))
        writer.set("tokenizer.ggml.merges", .strings((0..<152_000).map { Array("tok en\($0)".utf8) }))
        writer.set("tokenizer.ggml.token_type", .ints([Int64](repeating: 1, count: 152_000)))
        let path = folder.file("vocabulary.gguf")
        try writer.write(to: path)
        let durations = try (0..<3).map { _ -> Duration in
            let start = ContinuousClock.now
            let file = try GGUFFile(path: path)
            #expect(file.metadata["tokenizer.ggml.tokens"]?.count == 152_000)
            return ContinuousClock.now - start
        }
        #expect(durations.min() ?? .seconds(1) < .milliseconds(100), "\(durations)")
    }
}

/// The bytes of a file, `[]` when there is none.
enum MappedFileBytes {
    static func read(_ path: String) -> [UInt8] {
        guard let file = try? MappedFile(path: path) else { return [] }
        return file.bytes(at: 0, count: file.byteCount) ?? []
    }
}
