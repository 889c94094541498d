import Core
import Inference
import Knowledge
import Labels
import Models
import Store
import Support
import Synchronization
import Testing

@testable import Commands
@testable import Demonstrations
@testable import Workflows

/// A drafter that says what it is told to, and keeps what it was shown.
private final class FakeDrafter: ReplyDrafter {
    let name = "fake"
    let seen = Mutex<[DraftRequest]>([])
    private let answer: @Sendable (DraftRequest) throws -> String

    init(_ answer: @escaping @Sendable (DraftRequest) throws -> String) { self.answer = answer }

    func reply(to request: DraftRequest) async throws -> String {
        seen.withLock { $0.append(request) }
        return try answer(request)
    }
}

@Suite struct DraftStepTests {
    private let hits: JSONValue = [
        ["document": "a.md", "title": "Taxi", "text": "出租车司机拒载的，乘客可以向交通运输部门投诉。", "score": 2], ["document": "a.md", "title": "Taxi", "text": "第二段。", "score": 1.5],
        ["document": "b.md", "title": "Care", "text": "异地就医可以在网上备案。", "score": 1], ["document": "c.md", "title": "C", "text": "丙。", "score": 0.9], ["document": "d.md", "title": "D", "text": "丁。", "score": 0.8],
    ]

    private func draft(_ drafter: (any ReplyDrafter)?, hits: JSONValue? = nil) async throws -> [String: JSONValue] {
        let directory = try TemporaryDirectory()
        let store = try Store.open(at: directory.path)
        let clock = ManualWallClock()
        let plain = try await HotlinePlatform.open(in: store, tools: ExternalTools(), clock: clock, ids: IdentifierSource(random: SeededRandom(seed: 1))).services
        let services = HotlineServices(
            store: store, catalog: plain.catalog, knowledge: plain.knowledge, detector: plain.detector, grader: plain.grader, protector: plain.protector, audit: plain.audit,
            register: plain.register, router: plain.router, clock: clock, imageDirectory: ".", drafter: drafter)
        let step = DraftStep(services: services)
        let input = StepInput(values: ["text": "出租车拒载，怎么投诉？电话[手机号]", "hits": hits ?? self.hits, "department": "交通运输局"], label: .bottom)
        guard case .done(let output, _, _, _) = try await step.run(input, in: StepContext(runID: "r", stepID: "draft", attempt: 1, now: 0)) else { return [:] }
        #expect(Set(output.keys) == Set(step.signature.outputs.keys))
        return output
    }

    /// Regression: a reply in a model's words was closed without anybody reading it.
    @Test(arguments: [("some-model", true), (DraftStep.extractive, false)])
    func aReplyInAModelsWordsGoesToAPerson(drafter: String, isReviewed: Bool) async throws {
        let values: [String: JSONValue] = ["grade": 1, "confidence": 0.9, "best": 1.0, "urgency": "routine", "drafter": .string(drafter)]
        let outcome = try await TriageStep().run(StepInput(values: values, label: .bottom), in: StepContext(runID: "r", stepID: "triage", attempt: 1, now: 0))
        guard case .done(let output, _, _, _) = outcome else {
            Issue.record("triage did not end")
            return
        }
        #expect(output["needs_person"] == .bool(isReviewed))
    }

    @Test func aDrafterWritesTheReplyAndItsCitationsAreKept() async throws {
        let drafter = FakeDrafter { _ in "您好，可以网上备案[2]，也可以投诉[1][2]，不要理会[7]和[x]。" }
        let output = try await draft(drafter)
        #expect(output["reply"] == "您好，可以网上备案[1]，也可以投诉[2][1]，不要理会和[x]。")
        #expect(output["citations"] == ["b.md", "a.md"] && output["drafter"] == "fake")
    }

    /// What the step is given is masked; the drafter sees that, and of the documents the three best, once each.
    @Test func aDrafterSeesNoMoreThanTheStep() async throws {
        let drafter = FakeDrafter { _ in "好[1]" }
        _ = try await draft(drafter)
        let seen = drafter.seen.withLock { $0 }
        #expect(seen.count == 1 && seen.first?.text == "出租车拒载，怎么投诉？电话[手机号]" && seen.first?.department == "交通运输局")
        #expect(seen.first?.passages.map(\.number) == [1, 2, 3] && seen.first?.passages.map(\.title) == ["Taxi", "Care", "C"])
        let messages = ModelReplyDrafter.messages(for: try #require(seen.first)).map(\.content).joined()
        #expect(messages.contains("[2] Care") && messages.contains("电话[手机号]") && !messages.contains("丁。"))
        // The checker refuses to give the step anything above L2, whoever drafts.
        #expect(DraftStep(services: try await HotlinePlatform.open(in: try Store.open(at: try TemporaryDirectory().path), tools: ExternalTools(), clock: ManualWallClock(), ids: IdentifierSource()).services).signature.clearance == Clearance(upTo: .level2))
    }

    struct Broken: Error {}

    @Test func aDrafterThatFailsOrSaysNothingLeavesTheExtracts() async throws {
        let extracts = try await draft(nil)
        #expect(extracts["drafter"] == "extractive" && extracts["citations"] != [])
        for answer: @Sendable (DraftRequest) throws -> String in [
            { _ in throw Broken() }, { _ in throw Fault(.file, "x") }, { _ in "" }, { _ in " \n\u{0}" }, { _ in "[1]" }, { _ in "<think>hm" }, { _ in "<think>好</think>  " }, { _ in "……！" },
        ] {
            #expect(try await draft(FakeDrafter(answer)) == extracts)
        }
        await #expect(throws: CancellationError.self) { try await draft(FakeDrafter { _ in throw CancellationError() }) }
    }

    @Test func theSameRequestGivesTheSameReply() async throws {
        let drafter = FakeDrafter { "收到：\($0.text)[3]" }
        #expect(try await draft(drafter) == draft(drafter))
    }

    @Test(arguments: [
        ("好的。", ["a"], "好的。（参考：[1]）", ["a"]), ("好的。", [], "好的。", []), ("<think>x[1]</think>好[1]", ["a", "b"], "好[1]", ["a"]), ("好[2]", ["a", "b"], "好[1]", ["b"]),
        ("a[99999999999999999999]b[-1]c[0]d[", ["a"], "a[99999999999999999999]bcd[（参考：[1]）", ["a"]), ("好\u{7}\u{1B}[1]", ["a"], "好[1]", ["a"]),
    ] as [(String, [String], String, [String])])
    func draftsAreMadeFit(draft: String, documents: [String], text: String, sources: [String]) {
        let reply = CitedReply(draft, documents: documents)
        #expect(reply?.text == text && reply?.sources == sources, "\(reply?.text ?? "nil")")
    }

    @Test func longDraftsAreCutAtASentence() throws {
        let reply = try #require(CitedReply(String(repeating: "一二三四五六七八九。", count: 300), documents: []))
        #expect(reply.text.count == CitedReply.characterCountMax && reply.text.hasSuffix("。"))
    }
}

@Suite struct DrafterChoiceTests {
    @Test func theOnlyModelDraftsUnlessAnotherChoiceIsMade() async throws {
        let directory = try TemporaryDirectory()
        let registry = ModelRegistry(store: try Store.open(at: directory.path), clock: ManualWallClock())
        #expect(try await DrafterChoice(nil, in: registry) == .extractive)
        try await registry.add(Repository.path("Tests/Fixtures/models/bert.gguf"), isLeftInPlace: true)
        #expect(try await DrafterChoice(nil, in: registry) == .extractive)
        let llama = try await registry.add(Repository.path("Tests/Fixtures/models/llama.gguf"), isLeftInPlace: true)
        #expect(try await DrafterChoice(nil, in: registry) == .model(llama))
        #expect(try await DrafterChoice("none", in: registry) == .extractive)
        let qwen = try await registry.add(Repository.path("Tests/Fixtures/models/qwen2.gguf"), isLeftInPlace: true)
        #expect(try await DrafterChoice(nil, in: registry) == .undecided(["llama", "qwen2"]))
        #expect(try await DrafterChoice("qwen2", in: registry) == .model(qwen))
        for name in ["bert", "nobody"] { await #expect(throws: Fault.self) { try await DrafterChoice(name, in: registry) } }
    }

    /// A model of random weights: what it says is nonsense, but always the same nonsense.
    private func tinyModel(in folder: TemporaryDirectory, context: MetadataValue = 8_192) throws -> ModelRecord {
        let source = try GGUFFile(path: Repository.path("Tests/Fixtures/models/llama.gguf"))
        var writer = GGUFWriter()
        for (key, value) in source.metadata.sorted(by: { $0.key < $1.key }) where key != "general.alignment" { writer.set(key, key == "llama.context_length" ? context : value) }
        for name in source.tensorOrder {
            guard let tensor = source.tensors[name], let bytes = source.file.bytes(at: tensor.offset, count: tensor.byteCount) else { continue }
            writer.add(name: name, shape: tensor.shape, type: tensor.type, bytes: bytes)
        }
        try writer.write(to: folder.file("tiny.gguf"))
        return try ModelRecord(name: "tiny", path: folder.file("tiny.gguf"), at: 0)
    }

    private func round(_ drafter: any ReplyDrafter, width: Int) async throws -> (report: HotlineReport, drafts: [[String: JSONValue]?]) {
        let directory = try TemporaryDirectory()
        let store = try Store.open(at: directory.path)
        let (clock, ids) = (ManualWallClock(), IdentifierSource(random: SeededRandom(seed: 1)))
        var options = GovernmentDemonstration.Options()
        (options.drafter, options.width) = (drafter, width)
        let demonstration = try GovernmentDemonstration(files: .init(directory: Repository.path("Tests/Fixtures/hotline")))
        let report = try await demonstration.run(in: store, tools: ExternalTools(), clock: clock, ids: ids, options: options)
        let engine = try await HotlinePlatform.open(in: store, tools: ExternalTools(), clock: clock, ids: ids).engine
        var drafts: [[String: JSONValue]?] = []
        for request in ["T1", "T2", "T3"] { drafts.append(try await engine.detail("government-1-\(request)").outputs["draft"]) }
        return (report, drafts)
    }

    /// The whole demonstration with a real model, twice: the same replies, whoever else is being answered.
    @Test func aModelDraftsTheSameRepliesAgain() async throws {
        let folder = try TemporaryDirectory()
        let record = try tinyModel(in: folder)
        let first = try await round(try ModelReplyDrafter(record: record, threads: 1, width: 1), width: 1)
        let second = try await round(try ModelReplyDrafter(record: record, threads: 2, width: 2), width: 2)
        #expect(first.report.repliesByDrafter == ["tiny": 3] && first.report.repliesWithCitations == 3 && first.report.closed == 3)
        #expect(first.drafts.allSatisfy { $0?["drafter"] == "tiny" } && first.drafts == second.drafts)
    }

    /// A model whose context is too short for any prompt fails at each reply.
    @Test func aModelThatCannotAnswerLeavesTheExtracts() async throws {
        let folder = try TemporaryDirectory()
        let record = try tinyModel(in: folder, context: 16)
        let report = try await round(try ModelReplyDrafter(record: record, threads: 1, width: 2), width: 2).report
        #expect(report.repliesByDrafter == ["extractive": 3] && report.closed == 3 && report.failed == 0)
    }
}
