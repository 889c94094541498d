import Core
import Foundation
import Inference
import Store
import Support
import Testing

@testable import Models

@Suite struct ModelRegistryTests {
    let directory: TemporaryDirectory
    let registry: ModelRegistry
    static let llama = Repository.path("Tests/Fixtures/models/llama.gguf")

    init() throws {
        directory = try TemporaryDirectory()
        registry = ModelRegistry(store: try Store.open(at: directory.file("data")), clock: ManualWallClock())
    }

    @Test func aFileIsKeptDescribedAndRemoved() async throws {
        let record = try await registry.add(Self.llama)
        #expect(record.name == "llama" && record.task == .chat && record.architecture == "llama" && record.type == "F32")
        #expect(record.path.hasPrefix(directory.path) && FileManager.default.fileExists(atPath: record.path))
        #expect(try await registry.all() == [record])
        try await registry.remove("llama")
        #expect(!FileManager.default.fileExists(atPath: record.path) && FileManager.default.fileExists(atPath: Self.llama))
        #expect(try await registry.all().isEmpty)
    }

    @Test func aFileLeftInPlaceIsNeverDeleted() async throws {
        let record = try await registry.add(Repository.path("Tests/Fixtures/models/bert.gguf"), name: "enc:1", isLeftInPlace: true)
        #expect(record.task == .embedding)
        try await registry.remove("enc:1")
        #expect(FileManager.default.fileExists(atPath: record.path))
    }

    @Test(arguments: ["", "a/b", "../x", ".hidden", "a b", String(repeating: "x", count: 200)])
    func badNamesAreRefused(name: String) async {
        await #expect { try await self.registry.add(Self.llama, name: name) } throws: { ($0 as? Fault)?.code == .modelName }
    }

    @Test func aTakenNameIsRefusedAndAnUnknownOneNamesTheOthers() async throws {
        try await registry.add(Self.llama)
        await #expect { try await self.registry.add(Self.llama) } throws: { ($0 as? Fault)?.code == .modelName }
        await #expect { try await self.registry.record("other") } throws: { ($0 as? Fault)?.remedy?.contains("llama") == true }
    }

    @Test func damagedFilesAreNotKept() async throws {
        let path = try directory.write(Array("GGUF".utf8) + [UInt8](repeating: 7, count: 100), to: "bad.gguf")
        await #expect { try await self.registry.add(path) } throws: { ($0 as? Fault)?.code.kind == .input }
        #expect(try await registry.all().isEmpty)
    }

    @Test func aModelOverTheBudgetIsRefused() async throws {
        try await registry.add(Self.llama)
        let host = try ModelHost(registry: registry, limits: .init(byteCountMax: 1_000, threads: 1), clock: ManualWallClock())
        await #expect { _ = try await host.chat("llama") } throws: { ($0 as? Fault)?.code == .modelTooLarge }
    }

    @Test func theModelUnusedForLongestMakesRoom() async throws {
        let size = try await registry.add(Repository.path("Tests/Fixtures/models/bert.gguf"), name: "a", isLeftInPlace: true).byteCount
        for name in ["b", "c"] { try await registry.add(Repository.path("Tests/Fixtures/models/bert.gguf"), name: name, isLeftInPlace: true) }
        let host = try ModelHost(registry: registry, limits: .init(byteCountMax: 2 * size, threads: 1), clock: ManualWallClock())
        for name in ["a", "b", "a", "c"] { _ = try await host.encoder(name) }
        #expect(host.loadedNames == ["a", "c"])
        await #expect { _ = try await host.chat("a") } throws: { ($0 as? Fault)?.code == .modelTask }
    }
}

/// Models from folders in Hugging Face's layout; what is in them is the matter of InferenceTests.
@Suite struct FolderRegistrationTests {
    let directory: TemporaryDirectory
    let registry: ModelRegistry
    let folder: String
    private var models: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: directory.file("data/models"))) ?? []).sorted() }

    init() throws {
        directory = try TemporaryDirectory()
        registry = ModelRegistry(store: try Store.open(at: directory.file("data")), clock: ManualWallClock())
        folder = directory.file("Tiny-2.5-1B")
        try Self.write(to: directory, "Tiny-2.5-1B")
    }

    /// A llama of one layer, 32 wide.
    private static func write(to directory: TemporaryDirectory, _ name: String) throws {
        let tokens = ["<unk>", "<s>", "</s>", "▁", "a", "▁a"]
        func write(_ json: JSONValue, _ file: String) throws { try directory.write(Array(json.text.utf8), to: name + "/" + file) }
        try write(
            [
                "model_type": "llama", "hidden_size": 32, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "max_position_embeddings": 64,
                "vocab_size": .int(tokens.count), "tie_word_embeddings": true,
            ], "config.json")
        try write(
            [
                "added_tokens": [], "normalizer": ["type": "Prepend", "prepend": "▁"], "pre_tokenizer": .null,
                "model": ["type": "BPE", "unk_token": "<unk>", "vocab": .object(Dictionary(tokens.enumerated().map { ($1, .int($0)) }) { first, _ in first }), "merges": ["▁ a"]],
            ], "tokenizer.json")
        let projections = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"]
        var shapes = projections.map { ("model.layers.0.\($0).weight", [32, 32]) }
        shapes += ["model.layers.0.input_layernorm", "model.layers.0.post_attention_layernorm", "model.norm"].map { ($0 + ".weight", [32]) }
        shapes.append(("model.embed_tokens.weight", [tokens.count, 32]))
        var header: [String: JSONValue] = [:], end = 0
        for (tensor, shape) in shapes {
            let count = 4 * shape.reduce(1, *)
            header[tensor] = ["dtype": "F32", "shape": .array(shape.map { .int($0) }), "data_offsets": [.int(end), .int(end + count)]]
            end += count
        }
        let text = Array(JSONValue.object(header).text.utf8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> ($0 * 8)) }
        // 0.5 as F32, over and over.
        let data = (0..<end).map { [0, 0, 0, 0x3F][$0 % 4] as UInt8 }
        try directory.write(length + text + data, to: name + "/model.safetensors")
    }

    @Test func aFolderBecomesAFileOfTheRegistry() async throws {
        let record = try await registry.add(folder + "/")
        #expect(record.name == "Tiny-2.5-1B" && record.architecture == "llama" && record.type == "F32" && record.task == .chat)
        #expect(models == ["Tiny-2.5-1B.gguf"] && record.byteCount > 0)
        let host = try ModelHost(registry: registry, limits: .init(byteCountMax: 64 << 20, threads: 1, context: 64, slotCount: 1), clock: ManualWallClock())
        #expect(try await host.chat(record.name).tokenizer.encode("a", addsSpecials: false, parsesSpecials: false) == [5])
        try await registry.remove(record.name)
        #expect(models.isEmpty && FileManager.default.fileExists(atPath: folder + "/config.json"))
    }

    @Test func aModelIsQuantizedOnTheWay() async throws {
        #expect(try await registry.add(folder, name: "folder", scheme: .q8_0).type == "Q8_0")
        #expect(try await registry.add(ModelRegistryTests.llama, name: "file", scheme: .q4_0).type == "Q4_0")
        #expect(models == ["file.gguf", "folder.gguf"])
    }

    @Test func whatBecomesAnotherFileCannotStayInPlace() async throws {
        await #expect { try await self.registry.add(self.folder, isLeftInPlace: true) } throws: { ($0 as? Fault)?.code == .modelInPlace }
        await #expect { try await self.registry.add(ModelRegistryTests.llama, isLeftInPlace: true, scheme: .q8_0) } throws: { ($0 as? Fault)?.code == .modelInPlace }
    }

    @Test func aFolderThatFailsLeavesNothing() async throws {
        try directory.write(Array("{\"model_type\":\"mamba\"}".utf8), to: "Tiny-2.5-1B/config.json")
        await #expect { try await self.registry.add(self.folder, scheme: .q8_0) } throws: { ($0 as? Fault)?.code == .modelUnsupported }
        #expect(models.isEmpty)
        #expect(try await registry.all().isEmpty)
    }

    @Test func namesThatWouldShareAFileAreRefused() async throws {
        try await registry.add(folder, name: "a:b")
        await #expect { try await self.registry.add(self.folder, name: "a_b") } throws: { ($0 as? Fault)?.code == .modelName }
    }
}

@Suite struct AnswerWriterTests {
    private func write(_ pieces: [String], stops: [String]) -> (shown: [String], stopped: Bool) {
        var writer = AnswerWriter(stops: stops.map { Array($0.utf8) })
        var shown: [String] = []
        for piece in pieces {
            let isEnd = writer.add(.init(bytes: Array(piece.utf8), logProbability: 0, alternatives: []))
            if case .text(let text, _)? = writer.take(isEnd: isEnd) { shown.append(text) }
            if isEnd { return (shown, true) }
        }
        if case .text(let text, _)? = writer.take(isEnd: true) { shown.append(text) }
        return (shown, false)
    }

    @Test func nothingOfAStopTextIsEverShown() {
        #expect(write(["Hello", " EN", "D", " more"], stops: ["END"]) == (["Hello", " "], true))
        #expect(write(["a", "b", "c"], stops: ["bcd"]).shown.joined() == "abc")
        #expect(write(["xEN", "x"], stops: ["END"]).shown == ["x", "ENx"])
        #expect(write(["stop here"], stops: ["here", "stop"]) == ([], true))
    }

    @Test func charactersAreNeverCut() {
        var writer = AnswerWriter(stops: [])
        var shown: [String] = []
        for byte in Array("榕😀é".utf8) {
            _ = writer.add(.init(bytes: [byte], logProbability: 0, alternatives: []))
            if case .text(let text, let tokens)? = writer.take(isEnd: false) {
                shown.append(text)
                #expect(tokens.count == text.utf8.count)
            }
        }
        #expect(shown == ["榕", "😀", "é"])
    }
}
