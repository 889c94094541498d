import Core
import Labels
import Store
import StoreSupport
import Synchronization
import Testing

@testable import Workflows

/// Several processes over one PostgreSQL schema, each with a store and an engine of its own; and that an engine does over PostgreSQL what it does over SQLite.
@Suite struct SharedRunsTests {
    private let input = Labeled<[String: JSONValue]>(["text": "x"], Label(.level3))

    private func engine(_ store: Store, _ probe: EffectProbe, _ clock: any WallClock = SystemWallClock(), slow: Duration = .zero) -> WorkflowEngine {
        let counted = ScriptedStep("counted") { input, context in
            try await Task.sleep(for: slow)
            return .done(output: ["text": .string((input.values["text"]?.string ?? "") + context.stepID)], effect: probe.effect(context))
        }
        return WorkflowEngine(store: store, kinds: [counted], clock: clock, ids: IdentifierSource())
    }

    /// Lets engines work until a condition holds, at most 60 seconds.
    private func working(_ engines: [WorkflowEngine], until condition: @escaping @Sendable () async throws -> Bool) async throws -> Bool {
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            for engine in engines { group.addTask { await engine.work(atOnce: 8) } }
            for _ in 0..<1_200 {
                if try await condition() { return true }
                try await Task.sleep(for: .milliseconds(50))
            }
            return false
        }
    }

    @Test(arguments: TestedDatabase.available) func aRunTakesEffectOnceInEither(_ tested: TestedDatabase) async throws {
        let kept = try TestStore(tested), probe = EffectProbe()
        defer { kept.end() }
        let engine = engine(kept.store, probe)
        let run = try await engine.start(.chain(6, kind: "counted"), input: input, runID: "r")
        #expect(try await engine.advance(run) == .completed)
        #expect(try await engine.detail(run).outputs["s5"]?["text"] == "xs0s1s2s3s4s5")
        #expect(try await probe.all(in: kept.store).values.allSatisfy { $0 == 1 })
        let statistics = try await engine.statistics()
        #expect(statistics.stepsRun == 6 && statistics.stepsResumed == 0 && statistics.runs[.completed] == 1)
    }

    @Test(.enabled(if: TestedDatabase.server != nil, Comment(rawValue: TestedDatabase.absence)))
    func workersShareRunsAndNoneIsDoneTwice() async throws {
        let kept = try TestStore(.postgres), probe = EffectProbe(), stores = [kept.store, try kept.again(), try kept.again()]
        defer { kept.end() }
        let engines = stores.map { engine($0, probe, slow: .milliseconds(2)) }
        for number in 0..<30 { _ = try await engines[0].start(.chain(10, kind: "counted"), input: input, runID: "r\(number)") }
        #expect(try await working(engines) { try await engines[0].statistics().runs[.completed] == 30 })
        let (effects, statistics) = (try await probe.all(in: kept.store), try await engines[0].statistics())
        #expect(effects.count == 300 && effects.values.allSatisfy { $0 == 1 })
        // Claims kept them apart: no attempt was made twice.
        #expect(statistics.stepsRun == 300 && statistics.stepsResumed == 0)
        for store in stores.dropFirst() { try store.close() }
    }

    /// A worker ends in the middle of steps; another takes its runs up.
    @Test(.enabled(if: TestedDatabase.server != nil, Comment(rawValue: TestedDatabase.absence)))
    func whatAnEndedWorkerHeldOthersTakeUp() async throws {
        let kept = try TestStore(.postgres), probe = EffectProbe(), second = try kept.again()
        defer { kept.end() }
        let (stuck, other) = (engine(second, probe, slow: .seconds(3_600)), engine(kept.store, probe))
        for number in 0..<5 { _ = try await other.start(.chain(3, kind: "counted"), input: input, runID: "r\(number)") }
        #expect(try await working([stuck]) { try await other.statistics().stepsRun == 5 })
        try second.close()
        #expect(try await working([other]) { try await other.statistics().runs[.completed] == 5 })
        #expect(try await probe.all(in: kept.store).values.allSatisfy { $0 == 1 })
        #expect(try await other.statistics().stepsResumed == 5)
    }

    @Test(.enabled(if: TestedDatabase.server != nil, Comment(rawValue: TestedDatabase.absence)))
    func whatIsToldFromOutsideAndWhatSleepsGoesOnWithoutBeingAsked() async throws {
        let kept = try TestStore(.postgres), second = try kept.again(), probe = EffectProbe()
        defer { kept.end(); try? second.close() }
        let (worker, outside) = (engine(kept.store, probe), engine(second, probe))
        let waits = try WorkflowDefinition(yaml: "workflow: w\nsteps:\n  - {id: nap, kind: wait, with: {seconds: 0.3}}\n  - {id: paid, kind: await, with: {event: paid}, after: [nap]}\n")
        _ = try await outside.start(waits, input: Labeled([:], .bottom), runID: "r")
        let done = try await working([worker]) {
            let status = try await outside.runs().first?.status
            if status == .waiting { try await outside.signal("r", event: "paid", payload: Labeled([:], .bottom)) }
            return status == .completed
        }
        #expect(done)
        // What has ended stands in no line.
        #expect(try await second.line?.claim(due: .greatestFiniteMagnitude, limit: 10, except: []) == [])
    }

    @Test(.enabled(if: TestedDatabase.server != nil, Comment(rawValue: TestedDatabase.absence)))
    func aRunThatAnotherProcessCarriesOnIsLeftToIt() async throws {
        let kept = try TestStore(.postgres), second = try kept.again(), probe = EffectProbe()
        defer { kept.end(); try? second.close() }
        let (one, two) = (engine(kept.store, probe, slow: .milliseconds(300)), engine(second, probe))
        let run = try await one.start(.chain(3, kind: "counted"), input: input, runID: "r")
        async let first = one.advance(run)
        while try await two.statistics().stepsRun == 0 { try await Task.sleep(for: .milliseconds(20)) }
        #expect(try await two.advance(run) == .running)
        #expect(try await two.carry(run) == .completed)
        #expect(try await first == .completed)
        #expect(try await one.statistics().stepsResumed == 0)
    }

    /// Runs of kinds that this engine lacks must not keep others from their turn.
    @Test(.enabled(if: TestedDatabase.server != nil, Comment(rawValue: TestedDatabase.absence)))
    func runsOfOthersKindsAreNotInTheWay() async throws {
        let kept = try TestStore(.postgres), second = try kept.again(), probe = EffectProbe()
        defer { kept.end(); try? second.close() }
        let foreign = WorkflowEngine(store: second, kinds: [ScriptedStep("foreign")], clock: SystemWallClock(), ids: IdentifierSource())
        for number in 0..<20 { _ = try await foreign.start(.chain(1, kind: "foreign"), input: input, runID: "f\(number)") }
        let mine = engine(kept.store, probe)
        _ = try await mine.start(.chain(2, kind: "counted"), input: input, runID: "r")
        #expect(try await working([mine]) { try await mine.statistics().runs[.completed] == 1 })
        #expect(try await mine.statistics().runs[.running] == 20)
    }

    #if Postgres
    /// Connections are lost again and again, in the middle of transactions too: the run ends as if nothing had happened.
    @Test(.enabled(if: TestedDatabase.server != nil, Comment(rawValue: TestedDatabase.absence)))
    func aRunOutlivesItsConnections() async throws {
        let kept = try TestStore(.postgres), probe = EffectProbe(), store = kept.store
        defer { kept.end() }
        let engine = engine(store, probe, slow: .milliseconds(1))
        for number in 0..<6 { _ = try await engine.start(.chain(20, kind: "counted"), input: input, runID: "r\(number)") }
        let losing = Task {
            while !Task.isCancelled {
                store.loseConnections()
                try await Task.sleep(for: .milliseconds(15))
            }
        }
        #expect(try await working([engine]) { (try? await engine.statistics().runs[.completed]) == 6 })
        losing.cancel()
        let effects = try await probe.all(in: store)
        #expect(effects.count == 120 && effects.values.allSatisfy { $0 == 1 })
        for number in 0..<6 { #expect(try await engine.detail("r\(number)").outputs["s1"]?["text"] == "xs0s1") }
    }
    #endif
}
