import Catalog
import Core
import Detection
import Foundation
import Inference
import Knowledge
import Labels
import ModelSupport
import Models
import Nodes
import Protection
import Store
import Support
import Testing
import Workflows

@testable import Commands

/// Fine-tuning of a language model inside a workflow, on a tiny model.
@Suite struct LoraNodeTests {
    struct Stage {
        let folder: TemporaryDirectory
        let store: Store
        let registry: ModelRegistry
        let engine: WorkflowEngine
        let kinds: [any StepKind]
        let maker: (any AdapterMaker)?

        init(_ folder: TemporaryDirectory, keepEvery: Double = 0, serving: Clearance = .all) async throws {
            self.folder = folder
            let (clock, ids) = (SystemWallClock(), IdentifierSource())
            store = try Store.open(at: folder.file("data"))
            registry = ModelRegistry(store: store, clock: clock)
            if try await registry.find("tiny") == nil {
                try TinyModel.write(to: folder.file("tiny.gguf"))
                try await registry.add(folder.file("tiny.gguf"))
            }
            var settings = NodeSettings(importRoot: folder.file("import"))
            settings.servingClearance = serving
            settings.adapterMaker = StepAdapterMaker(registry: registry, folder: store.directory + "/tuning", threads: 1, byteCountMax: 512 << 20, keepEvery: keepEvery)
            let services = NodeServices(
                store: store, catalog: Catalog(store: store, clock: clock, ids: ids), knowledge: KnowledgeBase(store: store, tools: ExternalTools(), clock: clock), detector: Detector(),
                grader: Grader(standards: try GradingStandards.builtIn()), protector: Protector(), audit: AuditLog(store: store, clock: clock), register: FindingRegister(store: store), tools: ExternalTools(), settings: settings)
            (kinds, maker) = (NodeRegistry.all(services), settings.adapterMaker)
            engine = WorkflowEngine(store: store, kinds: kinds, clock: clock, ids: ids)
        }
    }

    private static func place() throws -> TemporaryDirectory {
        let folder = try TemporaryDirectory()
        let lines = (0..<12).map { "{\"messages\":[{\"role\":\"user\",\"content\":\"no \($0)\"},{\"role\":\"assistant\",\"content\":\"yes \($0 % 3)\"}]}\n" }
        try folder.write(Array(lines.joined().utf8), to: "import/rows.jsonl")
        return folder
    }

    /// The reference workflow of fine-tuning, with a language model; the person is a branch of the definition here.
    private static func definition(epochs: Int, least: Double = 0, seed: Int = 3) throws -> WorkflowDefinition {
        try WorkflowDefinition(
            yaml: """
                workflow: fine-tune-language-model
                inputs: {data: {type: string, grade: L1}}
                outputs: {model: "${tune.version}", score: "${tune.score}"}
                steps:
                  - {id: import, kind: data-import, with: {path: "${input.data}"}}
                  - {id: data, kind: data-version, with: {asset: "tuning/talks", records: "${import.records}"}}
                  - {id: tune, kind: tune-lora, with: {records: "${import.records}", asset: "adapters/clerk", base: tiny, epochs: \(epochs), batch: 4, rank: 2, context: 64, rate: 0.02, heldOut: 0.2, seed: \(seed), derivedFrom: ["${data.version}"]}}
                  - {id: deploy, kind: deploy, with: {model: "${tune.version}", name: "tiny:clerk", metric: "${tune.score}", least: \(least)}}
                """)
    }

    @Test func anAdapterIsTunedBecomesAVersionWithItsOriginsAndAnswers() async throws {
        let folder = try Self.place(), stage = try await Stage(folder)
        let run = try await stage.engine.start(try Self.definition(epochs: 3), input: Labeled(["data": "rows.jsonl"], .bottom))
        let status = try await stage.engine.advance(run), detail = try await stage.engine.detail(run)
        #expect(status == .completed, "\(detail.summary.failure ?? "")")
        let catalog = Catalog(store: stage.store, clock: SystemWallClock(), ids: IdentifierSource())
        let version = try #require(try await catalog.versions(of: "adapters/clerk").first)
        #expect(version.label.grade == .level4 && version.madeBy == run)
        #expect(try await catalog.origins(of: version.id).map(\.from).allSatisfy { $0.hasPrefix("tuning/talks@") })
        #expect(try await stage.registry.findAdapter("tiny:clerk")?.rank == 2)
        #expect(try await Deployments(store: stage.store).deployment("tiny:clerk")?.version == version.id)
        #expect((detail.result?.value["score"]?.double ?? 0) > 0)
        #expect(try await Readings(store: stage.store).newest().map(\.name) == ["perplexity of adapters/clerk"])
        // What was kept while it ran is gone.
        #expect(try FileManager.default.contentsOfDirectory(atPath: stage.store.directory + "/tuning").isEmpty)
        // Another version takes its place, and one that is poor does not.
        let second = try await stage.engine.start(try Self.definition(epochs: 4, seed: 9), input: Labeled(["data": "rows.jsonl"], .bottom))
        #expect(try await stage.engine.advance(second) == .completed)
        let deployed = try #require(try await Deployments(store: stage.store).deployment("tiny:clerk"))
        #expect(deployed.previous == version.id && deployed.version != version.id)
        let answering = try #require(try await stage.registry.findAdapter("tiny:clerk"))
        let poor = try await stage.engine.start(try Self.definition(epochs: 1, least: 1, seed: 10), input: Labeled(["data": "rows.jsonl"], .bottom))
        #expect(try await stage.engine.advance(poor) == .completed)
        #expect(try await stage.registry.findAdapter("tiny:clerk") == answering)
        let back = try WorkflowDefinition(yaml: "workflow: back\nsteps:\n  - {id: back, kind: rollback, with: {name: \"tiny:clerk\"}}")
        let third = try await stage.engine.start(back, input: Labeled([:], .bottom))
        #expect(try await stage.engine.advance(third) == .completed)
        #expect(try await Deployments(store: stage.store).deployment("tiny:clerk")?.version == version.id)
        try stage.store.close()
    }

    /// What was learned from graver data than may be asked for does not answer; an adapter that a crash left without a record is in nobody's way.
    @Test func graveAdaptersDoNotAnswerAndLeftFilesAreNoHindrance() async throws {
        let folder = try Self.place(), careful = try await Stage(folder, serving: Clearance(upTo: .level2))
        try folder.write([1, 2, 3], to: "data/models/tiny_clerk.adapter.gguf")
        let refused = try await careful.engine.start(try Self.definition(epochs: 1), input: Labeled(["data": "rows.jsonl"], .bottom))
        #expect(try await careful.engine.advance(refused) == .failed)
        #expect(try await careful.registry.findAdapter("tiny:clerk") == nil)
        try careful.store.close()
        let stage = try await Stage(folder)
        let run = try await stage.engine.start(try Self.definition(epochs: 1), input: Labeled(["data": "rows.jsonl"], .bottom))
        #expect(try await stage.engine.advance(run) == .completed)
        #expect(try await stage.registry.findAdapter("tiny:clerk") != nil)
        try stage.store.close()
    }

    private static let conversations: JSONValue = .array((0..<12).map { ["messages": [["role": "user", "content": .string("no \($0)")], ["role": "assistant", "content": .string("yes \($0 % 3)")]]] })

    /// What was kept of a training is there until its end is on disk: a commit that fails costs nothing but the commit.
    @Test func whatWasKeptOutlivesACommitThatFails() async throws {
        struct Full: Error {}
        let folder = try Self.place(), stage = try await Stage(folder)
        let kind = try #require(stage.kinds.first { $0.id == "tune-lora" })
        let input = StepInput(values: ["records": Self.conversations, "asset": "a", "base": "tiny", "epochs": 1, "rank": 2, "context": 64], label: .bottom)
        func attempt() async throws -> @Sendable (Transaction) throws -> Void {
            guard case .done(_, _, let effect?, _) = try await kind.run(input, in: StepContext(runID: "r", stepID: "s", attempt: 1, now: 0)) else { throw Full() }
            return effect
        }
        func kept() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: stage.store.directory + "/tuning").sorted() }
        let effect = try await attempt()
        let before = try kept()
        #expect(before.count == 2)
        await #expect(throws: Full.self) {
            try await stage.store.write { transaction in
                try effect(transaction)
                throw Full()
            }
        }
        #expect(try kept() == before)
        try await stage.store.write { try effect($0) }
        #expect(try kept().isEmpty)
        try stage.store.close()
    }

    /// A process that ended between a commit and what follows it, and runs that were given up, leave nothing for ever.
    @Test func whatNobodyGoesOnWithIsSweptAwayAndTheRestIsNot() async throws {
        let folder = try Self.place(), stage = try await Stage(folder), tuning = stage.store.directory + "/tuning"
        let given = try await stage.engine.start(try Self.definition(epochs: 900), input: Labeled(["data": "rows.jsonl"], .bottom), runID: "given-up")
        let task = Task { try await stage.engine.advance(given) }
        func names() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: tuning)) ?? [] }
        for _ in 0..<5_000 where !names().contains(where: { $0.hasSuffix(".run") }) { try await Task.sleep(for: .milliseconds(2)) }
        task.cancel()
        _ = await task.result
        let maker = try #require(stage.maker)
        try folder.write([1], to: "data/tuning/lora-0123456789ab.run")
        try folder.write([1], to: "data/tuning/other.run")
        #expect(try maker.keptKeys().count == 2)
        // Its step will be taken up again: that one stays.
        try await maker.forgetEnded(in: stage.store)
        #expect(try maker.keptKeys().count == 1 && names().contains("other.run") && !names().contains("lora-0123456789ab.run"))
        try await stage.engine.cancel(given)
        try await maker.forgetEnded(in: stage.store)
        #expect(try maker.keptKeys().isEmpty && names() == ["other.run"])
        try stage.store.close()
    }

    /// Who asks for a serving name while another version takes its place finds the one or the other.
    @Test func aServingNameIsNeverEmptyWhileItChangesHands() async throws {
        let folder = try Self.place(), stage = try await Stage(folder), maker = try #require(stage.maker)
        var adapters: [[UInt8]] = []
        for seed in [UInt64(1), 2] {
            let request = AdapterRequest(data: try FileTree.read(folder.file("import/rows.jsonl")), base: "tiny", epochs: 1, batchCount: 4, rank: 2, context: 64, rate: 0.02, heldOut: 0.2, seed: seed)
            adapters.append(try await maker.make(request, key: "\(seed)") { _, _ in }.bytes)
        }
        #expect(adapters[0] != adapters[1])
        try await maker.serve(adapters[0], as: "tiny:a")
        let registry = stage.registry
        let reading = Task {
            var (count, paths) = (0, Set<String>())
            while !Task.isCancelled {
                do {
                    guard let record = try await registry.findAdapter("tiny:a") else { return (-1, paths) }
                    (count, paths) = (count + 1, paths.union([record.path]))
                } catch is CancellationError { break }
            }
            return (count, paths)
        }
        for round in 1...40 { try await maker.serve(adapters[round % 2], as: "tiny:a") }
        reading.cancel()
        let (count, paths) = try await reading.value
        #expect(count > 0 && paths.count >= 2)
        // One file is there: that of the record.
        let files = try FileManager.default.contentsOfDirectory(atPath: stage.store.directory + "/models").filter { $0.hasSuffix(".adapter.gguf") }
        #expect(try await registry.findAdapter("tiny:a").map { [($0.path as NSString).lastPathComponent] } == files)
        try stage.store.close()
    }

    /// The reference workflow, over the conversations beside it: masked before anything is learned, and deployed when a person says so.
    @Test func theReferenceWorkflowTunesWhatIsMaskedAndAPersonDeploysIt() async throws {
        let folder = try Self.place(), stage = try await Stage(folder, serving: Clearance(upTo: .level2))
        try folder.write(try FileTree.read(Repository.path("Demos/workflows/data/conversations.jsonl")), to: "import/conversations.jsonl")
        let definition = try WorkflowDefinition(yaml: TextDecoder.decode(try FileTree.read(Repository.path("Demos/workflows/fine-tune-language-model.yaml"))).text)
        let input: [String: JSONValue] = ["data": "conversations.jsonl", "base": "tiny", "name": "tiny:hotline", "least": 0.001, "epochs": 1]
        let run = try await stage.engine.start(definition, input: Labeled(input, .bottom))
        let status = try await stage.engine.advance(run)
        let failure = try await stage.engine.detail(run).summary.failure
        #expect(status == .waiting, "\(failure ?? "")")
        #expect(try await stage.registry.findAdapter("tiny:hotline") == nil)
        let task = try #require(try await stage.engine.tasks().first)
        try await stage.engine.answer(task.id, TaskAnswer(choice: "approve", comment: nil, by: "li", at: 1, attachments: []))
        #expect(try await stage.engine.advance(run) == .completed)
        #expect(try await stage.registry.findAdapter("tiny:hotline") != nil)
        let result = try #require(try await stage.engine.detail(run).result)
        #expect(result.value["deployed"] == true && result.label.grade == .level2)
        let catalog = Catalog(store: stage.store, clock: SystemWallClock(), ids: IdentifierSource())
        let learned = try #require(try await catalog.versions(of: "tuning/conversations").first)
        #expect(try !String(decoding: stage.store.blobs.get(learned.blob), as: UTF8.self).contains("13810000000"))
        try stage.store.close()
    }

    /// Cancelled in the middle and taken up by another engine, a step ends with the adapter of one that was not.
    @Test func aStepThatWasCutOffGoesOnToTheSameAdapter() async throws {
        func blob(cut: Bool) async throws -> String {
            let folder = try Self.place()
            var stage = try await Stage(folder)
            let run = try await stage.engine.start(try Self.definition(epochs: 12), input: Labeled(["data": "rows.jsonl"], .bottom), runID: "same")
            if cut {
                let task = Task { [stage] in try await stage.engine.advance(run) }
                for _ in 0..<2_000 where ((try? FileManager.default.contentsOfDirectory(atPath: stage.store.directory + "/tuning")) ?? []).allSatisfy({ !$0.hasSuffix(".run") }) { try await Task.sleep(for: .milliseconds(2)) }
                task.cancel()
                _ = await task.result
                #expect(try await stage.engine.detail(run).summary.status == .running)
                try stage.store.close()
                stage = try await Stage(folder)
            }
            #expect(try await stage.engine.advance(run) == .completed)
            let blob = try await stage.engine.detail(run).outputs["tune"]?["blob"]?.string ?? ""
            try stage.store.close()
            return blob
        }
        let whole = try await blob(cut: false)
        #expect(!whole.isEmpty)
        #expect(try await blob(cut: true) == whole)
    }

    @Test func whatCannotBeTrainedIsNamedWithoutBeingQuoted() async throws {
        let folder = try Self.place(), stage = try await Stage(folder)
        try folder.write(Array("{\"messages\":[{\"role\":\"user\",\"content\":\"geheim\"}]}\n".utf8), to: "import/bad.jsonl")
        let run = try await stage.engine.start(try Self.definition(epochs: 1), input: Labeled(["data": "bad.jsonl"], .bottom))
        #expect(try await stage.engine.advance(run) == .failed)
        let failure = try await stage.engine.detail(run).summary.failure ?? ""
        #expect(!failure.isEmpty && !failure.contains("geheim"))
        try stage.store.close()
    }
}
