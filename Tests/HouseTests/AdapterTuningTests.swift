import Core
import Foundation
import Inference
import ModelSupport
import Models
import Store
import Support
import Testing

@testable import Commands

/// Fine-tuning as a person and as a client use it, on a tiny model.
@Suite struct AdapterTuningTests {
    private static let small = ["--rank", "2", "--context", "64", "--batch", "4", "--rate", "0.02", "--threads", "1", "--json"]

    private func rows(_ folder: TemporaryDirectory, count: Int = 12) throws -> String {
        let lines = (0..<count).map { "{\"messages\":[{\"role\":\"user\",\"content\":\"no \($0)\"},{\"role\":\"assistant\",\"content\":\"yes \($0 % 3)\"}]}\n" }
        return try folder.write(Array(lines.joined().utf8), to: "rows.jsonl")
    }

    private func model(_ folder: TemporaryDirectory) throws -> String {
        try TinyModel.write(to: folder.file("tiny.gguf"))
        return folder.file("tiny.gguf")
    }

    /// Killed again and again, a run ends with the adapter of an uninterrupted one.
    @Test func killedRunsEndTheSame() throws {
        let folder = try TemporaryDirectory()
        let arguments = ["tune", "lora", "--model", try model(folder), "--data", try rows(folder), "--epochs", "120", "--keep-every", "1", "--dropout", "0.1"] + Self.small
        try KilledRuns.endTheSame(arguments, in: folder, kills: 3)
        // A kept run goes on as it was begun only.
        #expect(try House.banyan(arguments.map { $0 == "0.1" ? "0.2" : $0 } + ["--out", folder.file("cut")]).status == 0)
    }

    @Test func whatCannotBeTrainedIsNamed() throws {
        let folder = try TemporaryDirectory()
        let (tiny, data) = (try model(folder), try rows(folder))
        let (status, output) = try House.banyan(["tune", "lora", "--model", tiny, "--data", data, "--out", folder.file("a"), "--memory", "16"] + Self.small + ["--context", "60", "--rank", "1024"])
        #expect(status == 8 && output.contains("MiB"), "\(output)")
        #expect(try House.banyan(["tune", "lora", "--model", tiny, "--data", data, "--out", folder.file("a"), "--targets", "q,x"]).status == 64)
        #expect(try House.banyan(["tune", "lora", "--model", tiny, "--data", data, "--out", folder.file("a"), "--register", "x"]).status == 64)
        let bert = Repository.path("Tests/Fixtures/models/bert.gguf")
        #expect(try House.banyan(["tune", "lora", "--model", bert, "--data", data, "--out", folder.file("a")]).output.contains("bert"))
        let bad = try folder.write(Array("{\"messages\":[{\"role\":\"user\",\"content\":\"geheim\"}]}\n".utf8), to: "bad.jsonl")
        let refused = try House.banyan(["tune", "lora", "--model", tiny, "--data", bad, "--out", folder.file("a")])
        #expect(refused.status == 2 && !refused.output.contains("geheim"))
        #expect(!FileManager.default.fileExists(atPath: folder.file("a")))
    }

    /// From data to an answer: trained packed, registered, listed, merged, removed.
    @Test func trainedAdaptersAreRegistered() throws {
        let folder = try TemporaryDirectory()
        let (tiny, data) = (try model(folder), try rows(folder))
        let at = ["--data", folder.file("d")]
        #expect(try House.banyan(["model", "import", tiny] + at).status == 0)
        let (status, output) = try House.banyan(["tune", "lora", "--model", "tiny", "--models", folder.file("d"), "--data", data, "--out", folder.file("a.gguf"), "--register", "clerk", "--pack", "--epochs", "2"] + Self.small)
        let json = try JSONValue(parsing: String(output[(output.firstIndex(of: "{") ?? output.startIndex)...(output.lastIndex(of: "}") ?? output.startIndex)]))
        #expect(status == 0 && json["step_losses"]?.array?.count ?? 0 > 0 && json["estimated_mib"] != nil)
        #expect(try House.banyan(["model", "list"] + at).output.contains("tiny:clerk"))
        #expect(try House.banyan(["model", "show", "tiny:clerk"] + at).output.contains("tiny"))
        #expect(try House.banyan(["model", "import", folder.file("a.gguf"), "--base", "tiny", "--name", "second"] + at).status == 0)
        #expect(try House.banyan(["model", "import", folder.file("a.gguf")] + at).status != 0)
        #expect(try House.banyan(["model", "merge", "tiny", "--adapter", folder.file("a.gguf"), "--out", folder.file("m.gguf")] + at).status == 0)
        #expect(try ModelRecord(name: "m", path: folder.file("m.gguf"), at: 0).task == .chat)
        #expect(try House.banyan(["model", "remove", "tiny"] + at).status != 0)
        for name in ["tiny:clerk", "tiny:second", "tiny"] { #expect(try House.banyan(["model", "remove", name] + at).status == 0) }
    }

    // MARK: - Jobs

    private struct Place {
        let store: Store
        let registry: ModelRegistry
        let queue: FineTuneQueue
    }

    private func place(_ folder: TemporaryDirectory, keepEvery: Double = 0) async throws -> Place {
        let clock = ManualWallClock()
        let store = try Store.open(at: folder.file("data"))
        let registry = ModelRegistry(store: store, clock: clock)
        if try await registry.find("tiny") == nil { try await registry.add(try model(folder)) }
        let ids = IdentifierSource()
        let tuner = AdapterTuner(registry: registry, folder: folder.file("data") + "/tuning", threads: 1, byteCountMax: 512 << 20, keepEvery: keepEvery)
        return Place(store: store, registry: registry, queue: FineTuneQueue(files: FileShelf(store: store, clock: clock, ids: ids), tuner: tuner, clock: clock, ids: ids))
    }

    private func spec(_ place: Place, _ folder: TemporaryDirectory, epochs: Int) async throws -> FineTuneSpec {
        let file = try await place.queue.files.add(try FileTree.read(try rows(folder)), name: "rows.jsonl", purpose: .fineTune)
        var spec = FineTuneSpec(model: "tiny", trainingFile: file.id, seed: 5)
        (spec.epochs, spec.batch, spec.rateMultiplier) = (epochs, 4, 20)
        return spec
    }

    /// A job ends with a registered adapter; one that was stopped with its process goes on to the same adapter, and a cancelled one leaves nothing.
    @Test func jobsTrainAdaptersAndOutliveTheirProcess() async throws {
        let folder = try TemporaryDirectory()
        var place = try await place(folder)
        let whole = try await place.queue.create(try await spec(place, folder, epochs: 6))
        await place.queue.drain()
        let done = try await place.queue.job(whole.id)
        #expect(done.status == .succeeded && done.trainedTokens ?? 0 > 0, "\(String(describing: done.failure))")
        let adapter = try #require(try await place.registry.findAdapter(done.fineTunedModel ?? ""))
        #expect(adapter.base == "tiny" && adapter.name == whole.proposedName)
        let checkpoints = try await place.queue.checkpoints(of: whole.id, limit: 10).elements
        #expect(checkpoints.map(\.metrics.step) == [18, 15, 12])
        for checkpoint in checkpoints { #expect(try await place.registry.findAdapter(checkpoint.model)?.base == "tiny") }
        let losses = try await place.queue.log(of: whole.id, limit: 100).elements.reversed().compactMap { $0.metrics?.trainingLoss }
        #expect(losses.count == 18 && (losses.last ?? .nan) < losses[0])

        let cut = try await place.queue.create(try await spec(place, folder, epochs: 6))
        while try await place.queue.log(of: cut.id, limit: 100).elements.count(where: { $0.metrics != nil }) < 4 { try await Task.sleep(for: .milliseconds(2)) }
        await place.queue.stop()
        #expect(try await place.queue.job(cut.id).status == .running)
        try place.store.close()
        place = try await self.place(folder)
        try await place.queue.resume()
        await place.queue.drain()
        let resumed = try #require(try await place.registry.findAdapter(cut.proposedName))
        #expect(try Adapter(path: resumed.path).layers == Adapter(path: adapter.path).layers)

        let cancelled = try await place.queue.create(try await spec(place, folder, epochs: 50))
        while try await place.queue.job(cancelled.id).status != .running { try await Task.sleep(for: .milliseconds(2)) }
        _ = try await place.queue.cancel(cancelled.id)
        await place.queue.drain()
        #expect(try await place.registry.allAdapters().allSatisfy { !$0.name.hasPrefix(cancelled.proposedName) })
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("data") + "/tuning").isEmpty)
    }

    /// What does not fit fails with a reason before anything is trained.
    @Test func jobsThatCannotRunFail() async throws {
        let folder = try TemporaryDirectory()
        let place = try await place(folder)
        var spec = try await spec(place, folder, epochs: 1)
        spec.method = .dpo
        let job = try await place.queue.create(spec)
        await place.queue.drain()
        let failed = try await place.queue.job(job.id)
        #expect(failed.status == .failed && failed.failure?.code == "tuning.data" && failed.startedAt == nil)
    }
}
