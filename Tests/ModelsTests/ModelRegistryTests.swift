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
