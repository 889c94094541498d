import Core
import Knowledge
import Labels
import Support
import Synchronization
import Testing
import Workflows

@testable import Nodes

@Suite struct KnowledgeIndexBeatTests {
    /// A long document says how far it is, and heeds its cancellation within a few passages.
    @Test func aLongDocumentBeatsAndCanBeCancelled() async throws {
        let house = try NodeHouse(), count = 2_000
        let records = JSONValue.array((0..<count).map { ["text": .string(String(repeating: "第\($0)条规定内容。", count: 50))] })
        let heard = Mutex<[(Int, Int?)]>([])
        let document = try house.services.knowledge.prepare("d", title: "d", paragraphs: ["一", "二"], label: .bottom) { done, of in heard.withLock { $0.append((done, of)) } }
        #expect(heard.withLock { $0.map(\.1) } == [nil, nil, 1] && document.summary.passageCount == 1)
        let kind = try house.kind("knowledge-index")
        #expect(kind.beats)
        let input = StepInput(values: ["document": "long", "records": records], label: .bottom)
        let task = Task { try await kind.run(input, in: StepContext(runID: "r", stepID: "s", attempt: 1, now: 0)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        // In an engine: an attempt that works for longer than its heartbeat is not silent.
        let engine = WorkflowEngine(store: house.store, kinds: house.kinds, clock: SystemWallClock(), ids: IdentifierSource())
        let definition = try WorkflowDefinition(yaml: "workflow: w\ninputs: {rows: array}\nsteps:\n  - {id: a, kind: knowledge-index, heartbeat: 10, with: {document: long, records: \"${input.rows}\"}}\n")
        let run = try await engine.start(definition, input: Labeled(["rows": records], .bottom))
        #expect(try await engine.advance(run) == .completed)
        #expect((try await engine.detail(run).outputs["a"]?["passages"]?.int ?? 0) >= count)
    }
}
