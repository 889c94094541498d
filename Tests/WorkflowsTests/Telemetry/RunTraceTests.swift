import Core
import FlowOracle
import Labels
import Store
import Support
import Testing

@testable import Workflows

/// Spans as a function of a run's events.
@Suite struct RunTraceTests {
    let directory: TemporaryDirectory
    let store: Store
    let clock = ManualWallClock()

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
    }

    private func events(_ run: String) async throws -> [JournalEvent] { try await store.read { try $0.events(of: WorkflowEngine.stream(run)) } }

    /// A run with retries, a map, calls, a loop, a timer, a person, a switch and an undo.
    private func everything(_ run: String, lastFails: Int) async throws -> WorkflowEngine {
        let engine = WorkflowEngine(store: store, kinds: TraceKinds.all, clock: clock, ids: IdentifierSource(random: SeededRandom(seed: 4)))
        let definition = try WorkflowDefinition(yaml: TraceKinds.yaml.replacing("LAST", with: "\(lastFails)"))
        _ = try await engine.start(definition, input: Labeled(["text": .string(TraceKinds.secret)], Label(.level3, [.contact])), runID: run)
        #expect(try await engine.advance(run) == .sleeping)
        clock.advance(by: 31)
        #expect(try await engine.advance(run) == .waiting)
        clock.advance(by: 100)
        try await engine.answer(try #require(try await engine.tasks().first).id, TaskAnswer(choice: "yes", comment: TraceKinds.secret, by: "li", at: clock.now, attachments: []))
        _ = try await engine.advance(run)
        return engine
    }

    /// What holds of every trace of a run that has ended.
    private func check(_ trace: RunTrace, against events: [JournalEvent], _ note: String) {
        #expect(trace.hasEnded && trace.spans.allSatisfy { $0.end != nil && $0.endedBy != nil }, "\(note)")
        #expect(Set(trace.spans.map(\.id)).count == trace.spans.count, "\(note)")
        let known = Set(trace.spans.map(\.id))
        #expect(trace.spans.allSatisfy { $0.parent.map(known.contains) ?? ($0.role == .run) }, "\(note)")
        #expect(trace.spans.filter { $0.role == .run }.count == 1, "\(note)")
        #expect(trace.spans.filter { $0.role == .attempt }.count == events.filter { $0.kind == RunEvent.stepStarted }.count, "\(note)")
        #expect(trace.spans.filter { $0.role == .undo }.count == events.filter { $0.kind == RunEvent.undoStarted }.count, "\(note)")
    }

    /// What an exporter rests on: spans that have ended stay as they are and where they are, whatever comes after.
    private func checkPrefixes(_ whole: RunTrace, _ events: [JournalEvent], _ note: String) throws {
        for count in 1...events.count {
            let part = try RunTrace(runID: whole.runID, events: Array(events.prefix(count)))
            let ended = part.spans.filter { $0.endedBy != nil }
            #expect(ended == Array(whole.spans.prefix(ended.count)), "\(note), event \(count)")
            #expect(whole.spans.filter { ($0.endedBy ?? .max) <= count }.count == ended.count, "\(note), event \(count)")
        }
    }

    @Test func spansSayWhatTheJournalSaysAndNothingMore() async throws {
        _ = try await everything("run-a", lastFails: 0)
        let events = try await events("run-a"), trace = try RunTrace(runID: "run-a", events: events, prices: ModelPrices(["small": try TokenPrice(read: 2, written: 10, currency: "CNY")]))
        check(trace, against: events, "completed")
        try checkPrefixes(try RunTrace(runID: "run-a", events: events), events, "completed")
        func span(_ path: String, _ role: TraceSpan.Role = .step) throws -> TraceSpan { try #require(trace.spans.first { $0.path == path && $0.role == role }) }
        let root = try span("", .run)
        #expect(root.status == .done && root.attributes["banyan.tokens.read"] == 400 )
        #expect(abs((root.attributes["banyan.cost.CNY"]?.double ?? 0) - 0.0016) < 1e-12)
        #expect(trace.spans.filter { $0.path == "first" && $0.role == .attempt }.map(\.status) == [.failed, .failed, .done])
        #expect(try span("first", .attempt).attributes["error.type"] == "workflows.timeout")
        #expect(try span("each[1]", .body).parent == span("each").id)
        #expect(try span("each[1].one").parent == span("each[1]", .body).id)
        #expect(try span("each[1].called[0].in").parent == span("each[1].called[0]", .body).id)
        let asked = try span("ask")
        #expect(asked.events.map(\.attributes) == [["banyan.wait": "person"]] && (asked.end ?? 0) - asked.start == 100)
        let said = try span("said", .attempt)
        #expect(said.name == "chat small" && said.attributes["gen_ai.usage.output_tokens"] == 20)
        let sent = OTLPEncoder(resource: [:], version: "1").request(trace.spans.map { (trace.id, $0) }).text
        #expect(!sent.contains(TraceKinds.secret) && !sent.contains("contact"))
    }

    @Test func whatFailsIsToldWithWhatWasTakenBack() async throws {
        _ = try await everything("run-b", lastFails: 1)
        let events = try await events("run-b"), trace = try RunTrace(runID: "run-b", events: events)
        check(trace, against: events, "failed")
        try checkPrefixes(trace, events, "failed")
        #expect(trace.spans.last?.role == .run || trace.spans.contains { $0.role == .run && $0.status == .failed })
        #expect(trace.spans.contains { $0.role == .undo && $0.name == "undo first" && $0.status == .done })
        #expect(trace.spans.contains { $0.path == "first" && $0.role == .step && $0.status == .done })
    }

    @Test func aForkPointsToWhereItCameFrom() async throws {
        let engine = try await everything("run-c", lastFails: 1)
        let fork = try await engine.fork("run-c", from: "route", newID: "run-d")
        _ = try await engine.advance(fork.id)
        let trace = try RunTrace(runID: "run-d", events: try await events("run-d"))
        let link = try #require(trace.spans.first { $0.role == .run }?.link)
        #expect(link.traceID == RunTrace.traceID(of: "run-c") && link.spanID == RunTrace.spanID(.run, run: "run-c", path: "", attempt: 0))
        #expect(!trace.spans.contains { $0.path == "first" && $0.role != .undo })
    }

    @Test func randomRunsHaveWholeTraces() async throws {
        let engine = WorkflowEngine(store: store, kinds: FlowStep.all, clock: SystemWallClock(), ids: IdentifierSource())
        var (checked, bodies) = (0, 0)
        for seed in 1...40 {
            var generator = RandomFlow(seed: UInt64(seed))
            let definition = try WorkflowDefinition(yaml: generator.yaml())
            guard WorkflowChecker(kinds: FlowStep.all).check(definition).allSatisfy({ $0.severity != .error }) else { continue }
            let inputs = definition.inputs.keys.sorted().enumerated().reduce(into: [String: JSONValue]()) { $0[$1.element] = .string(["yes", "no", "a"][(seed + $1.offset) % 3]) }
            let run = try await engine.start(definition, input: Labeled(inputs, .bottom))
            _ = try await engine.advance(run)
            let events = try await events(run), trace = try RunTrace(runID: run, events: events)
            check(trace, against: events, "seed \(seed)")
            try checkPrefixes(trace, events, "seed \(seed)")
            (checked, bodies) = (checked + 1, bodies + trace.spans.count { $0.role == .body })
        }
        #expect(checked > 10 && bodies > 10)
    }

    @Test func aTurnIsNoCrash() async throws {
        let engine = WorkflowEngine(store: store, kinds: [StepTurnTests.kind(3), Kinds.copy], clock: clock, ids: IdentifierSource())
        _ = try await engine.start(try WorkflowDefinition(yaml: StepTurnTests.yaml), input: Labeled(["text": "x"], .bottom), runID: "t")
        #expect(try await engine.advance("t") == .completed)
        let events = try await events("t"), trace = try RunTrace(runID: "t", events: events)
        #expect(trace.spans.filter { $0.role == .attempt }.allSatisfy { $0.status == .done })
        try checkPrefixes(trace, events, "turns")
        let text = try await engine.metricsText()
        #expect(!text.contains("cut-short") && text.contains("result=\"turned\""))
    }
}
