import Core
import Labels
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

/// Spans on their way to a collector that fails, and from processes that die.
@Suite struct SpanExporterTests {
    let directory: TemporaryDirectory
    let store: Store
    let clock = ManualWallClock()
    let collector = Collector()

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
    }

    private func engine() -> WorkflowEngine { WorkflowEngine(store: store, kinds: TraceKinds.all, clock: clock, ids: IdentifierSource(random: SeededRandom(seed: 8))) }

    private func exporter(_ engine: WorkflowEngine, batch: Int = 512) async throws -> SpanExporter {
        var settings = SpanExporter.Settings(address: try HTTPAddress(parsing: "http://collector:4318/v1/traces"))
        (settings.batchCountMax, settings.patience) = (batch, .infinity)
        let exporter = SpanExporter(store: store, engine: engine, transport: collector, settings: settings, clock: clock)
        try await exporter.open()
        return exporter
    }

    private func chain(_ engine: WorkflowEngine, _ id: String, _ count: Int = 20) async throws {
        _ = try await engine.start(try .chain(count), input: Labeled(["text": "x"], .bottom), runID: id)
        _ = try await engine.advance(id)
    }

    /// Every span of every run.
    private func all(_ runs: [String]) async throws -> Set<String> {
        var ids = Set<String>()
        for run in runs {
            let trace = try RunTrace(runID: run, events: try await store.read { try $0.events(of: WorkflowEngine.stream(run)) })
            ids.formUnion(trace.spans.map { trace.id + $0.id })
        }
        return ids
    }

    @Test func everySpanIsSentOnceAsItEndsAndBatchesAreBounded() async throws {
        let engine = engine(), exporter = try await exporter(engine, batch: 7)
        let definition = try WorkflowDefinition(yaml: TraceKinds.yaml.replacing("LAST", with: "0"))
        _ = try await engine.start(definition, input: Labeled(["text": "x"], .bottom), runID: "run-1")
        #expect(try await engine.advance("run-1") == .sleeping)
        #expect(try await exporter.exportOnce())
        let early = collector.ids.count
        #expect(early > 20)
        clock.advance(by: 31)
        _ = try await engine.advance("run-1")
        try await engine.answer(try #require(try await engine.tasks().first).id, TaskAnswer(choice: "yes", comment: nil, by: "li", at: clock.now, attachments: []))
        #expect(try await engine.advance("run-1") == .completed)
        #expect(try await exporter.exportOnce())
        #expect(collector.batches.allSatisfy { $0.count <= 7 })
        let wanted = try await all(["run-1"])
        #expect(collector.ids.count == wanted.count && Set(collector.ids) == wanted)
        // Nothing is left, and nothing is sent again.
        #expect(try await exporter.exportOnce())
        #expect(collector.ids.count > early && exporter.statistics.sent == collector.ids.count && exporter.statistics.failures == 0)
    }

    @Test func aCollectorThatIsAwayGetsEverythingOnceItIsBack() async throws {
        let engine = engine(), exporter = try await exporter(engine, batch: 10)
        try await chain(engine, "run-1")
        collector.state.withLock { $0.answers = [200, 503, 0, 200, 429] }
        for _ in 0..<3 { #expect(try await exporter.exportOnce() == false) }
        #expect(try await exporter.exportOnce())
        let wanted = try await all(["run-1"])
        #expect(collector.ids.count == wanted.count && Set(collector.ids) == wanted)
        #expect(exporter.statistics.failures == 3)
    }

    /// A request that a collector will never take is not sent for ever.
    @Test func whatACollectorRefusesIsCountedAndLeft() async throws {
        let engine = engine(), exporter = try await exporter(engine)
        try await chain(engine, "run-1")
        collector.state.withLock { $0.answers = [400] }
        #expect(try await exporter.exportOnce())
        #expect(exporter.statistics.refused == 41 && exporter.statistics.sent == 0)
        collector.state.withLock { $0.rejects = 2 }
        try await chain(engine, "run-2")
        #expect(try await exporter.exportOnce())
        #expect(exporter.statistics.refused == 43 && exporter.statistics.sent == 39)
    }

    @Test(arguments: 1...7)
    func aProcessThatDiesBehindABatchSendsThatBatchAgainAndNoOther(at death: Int) async throws {
        let first = engine(), doomed = try await exporter(first, batch: 9)
        let runs = (1...3).map { "run-\($0)" }
        for run in runs { try await chain(first, run, 10) }
        collector.state.withLock { $0.diesAfter = death }
        await #expect(throws: CancellationError.self) { try await doomed.exportOnce() }
        // Another process: nothing is known but what the store knows.
        let again = try await exporter(engine(), batch: 9)
        #expect(try await again.exportOnce())
        let wanted = try await all(runs)
        #expect(Set(collector.ids) == wanted)
        #expect(collector.ids.count <= wanted.count + 9, "only the batch behind which it died")
    }

    @Test func runsThatHadEndedBeforeThereWasAnExporterAreLeftAlone() async throws {
        let engine = engine()
        try await chain(engine, "old")
        _ = try await engine.start(try WorkflowDefinition(yaml: "workflow: w\nsteps:\n  - {id: nap, kind: wait, with: {seconds: 60}}\n"), input: Labeled([:], .bottom), runID: "asleep")
        _ = try await engine.advance("asleep")
        clock.advance(by: 10)
        let exporter = try await exporter(engine)
        clock.advance(by: 60)
        #expect(try await engine.advance("asleep") == .completed)
        // Nor when more runs moved than are remembered by name, and all are looked at.
        for number in 0...RunTouches.countMax { engine.touches.add("x\(number)") }
        #expect(try await exporter.exportOnce())
        let wanted = try await all(["asleep"])
        #expect(Set(collector.ids) == wanted)
    }

    @Test func aRunThatNobodyCanReadHoldsUpNoOther() async throws {
        let engine = engine(), exporter = try await exporter(engine)
        try await chain(engine, "run-1")
        _ = try await store.write { try $0.append(kind: "of-another-banyan", body: [:], at: 0, to: WorkflowEngine.stream("run-0"), after: 0) }
        engine.touches.add("run-0")
        #expect(try await exporter.exportOnce())
        let wanted = try await all(["run-1"])
        #expect(Set(collector.ids) == wanted)
    }
}
