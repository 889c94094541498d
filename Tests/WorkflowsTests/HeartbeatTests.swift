import Core
import Labels
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

/// A step that gives signs of life.
private struct BeatingStep: StepKind {
    let id: String
    let signature = StepSignature(inputs: [:], outputs: ["text": .string], clearance: .all, labelRule: .joinsInputs)
    let beats = true
    let body: @Sendable (StepContext) async throws -> String

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome { .done(output: ["text": .string(try await body(context))]) }
}

@Suite struct HeartbeatTests {
    let directory: TemporaryDirectory
    let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
    }

    private func engine(_ kinds: [any StepKind], checkpointSeconds: Double = 0) -> WorkflowEngine {
        WorkflowEngine(store: store, kinds: kinds + Kinds.all, clock: SystemWallClock(), ids: IdentifierSource(), checkpointSeconds: checkpointSeconds)
    }

    private func start(_ engine: WorkflowEngine, _ step: String) async throws -> String {
        try await engine.start(try WorkflowDefinition(yaml: "workflow: w\nsteps:\n  - \(step)\n"), input: Labeled([:], .bottom))
    }

    @Test func aStepThatLivesGoesOnAndASilentOneIsEndedAndTriedAgain() async throws {
        let lively = BeatingStep(id: "lively") { context in
            for round in 1...12 {
                try await Task.sleep(for: .milliseconds(4))
                context.progress(round, of: 12, "rounds")
            }
            return "lived"
        }
        let silent = BeatingStep(id: "silent") { context in
            if context.attempt == 1 { try await Task.sleep(for: .seconds(60)) }
            return "attempt \(context.attempt)"
        }
        let engine = engine([lively, silent])
        let first = try await start(engine, "{id: a, kind: lively, heartbeat: 600}")
        #expect(try await engine.advance(first) == .completed)
        let second = try await start(engine, "{id: a, kind: silent, heartbeat: 0.3, retry: {attempts: 20, delay: 0}}")
        #expect(try await engine.advance(second) == .completed)
        let step = try #require(try await engine.detail(second).steps.first)
        // On a machine that has no time for it a later attempt may seem silent too.
        #expect(step.attempts >= 2 && step.output?["text"] == .string("attempt \(step.attempts)"))
        let third = try await start(engine, "{id: a, kind: silent, heartbeat: 0.2}")
        #expect(try await engine.advance(third) == .failed)
        #expect(try await engine.detail(third).summary.failure?.contains("no sign of life for 0.2 seconds") == true)
    }

    /// It may hold a lock, or wait for a system that never answers: the run goes on without it.
    @Test func anAttemptThatHeedsNothingIsLeftBehind() async throws {
        let release = Mutex<CheckedContinuation<Void, Never>?>(nil)
        let engine = engine([])
        let life = AttemptLife(runID: "r", step: "s", kind: "k", attempt: 1, engine: engine)
        let watch = AttemptWatch(step: "s", timeout: 0.05, heartbeat: nil, life: life, grace: 0.05)
        do {
            _ = try await watch.watching {
                await withCheckedContinuation { continuation in release.withLock { $0 = continuation } }
                return .done(output: [:])
            }
            Issue.record("it was waited for")
        } catch let fault as Fault { #expect(fault.code == .workflowTimeout) }
        // It was there, and was not waited for.
        release.withLock { $0?.resume() }
    }

    @Test func silenceCountsFromTheLastSignAndWorkFromTheBeginning() throws {
        let watch = AttemptWatch(step: "s", timeout: 100, heartbeat: 30, life: AttemptLife(runID: "r", step: "s", kind: "k", attempt: 1, engine: engine([])))
        #expect(try watch.judge(worked: .seconds(10), silence: .seconds(4)).get() == .seconds(26))
        #expect(try watch.judge(worked: .seconds(99), silence: .seconds(29)).get() == .seconds(1))
        func code(_ worked: Int, _ silence: Int) -> Fault.Code? { if case .failure(let fault) = watch.judge(worked: .seconds(worked), silence: .seconds(silence)) { fault.code } else { nil } }
        #expect(code(40, 30) == .workflowHeartbeat && code(100, 0) == .workflowTimeout && code(100, 40) == .workflowTimeout && code(99, 0) == nil)
    }

    @Test func anAttemptTellsWhereItIsWhileItWorksAndNotAfter() async throws {
        let reached = Mutex(false), goes = Mutex(false)
        let step = BeatingStep(id: "tells") { context in
            context.progress(3, of: 4, "files")
            reached.withLock { $0 = true }
            while !goes.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
            return ""
        }
        let engine = engine([step])
        let run = try await start(engine, "{id: a, kind: tells}")
        async let status = engine.advance(run)
        while !reached.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
        let sign = try #require(engine.signs(of: run).first)
        #expect(sign.step == "a" && sign.fraction == 0.75 && sign.note == "files" && sign.attempt == 1)
        #expect(try await engine.metricsText().contains("banyan_workflow_steps_running{kind=\"tells\"} 1"))
        goes.withLock { $0 = true }
        #expect(try await status == .completed)
        #expect(engine.signs(of: run).isEmpty)
    }

    @Test func anAttemptGoesOnFromWhatTheLastOneKept() async throws {
        let seen = Mutex<[JSONValue?]>([])
        let step = BeatingStep(id: "counts") { context in
            seen.withLock { $0.append(context.checkpoint) }
            let from = context.checkpoint?["at"]?.int ?? 0
            for number in from..<(from + 3) { try await context.keep(["at": .int(number + 1)]) }
            if context.attempt < 3 { throw Fault(.workflowTimeout, "cut short") }
            return "\(from)"
        }
        let engine = engine([step])
        let run = try await start(engine, "{id: a, kind: counts, retry: {attempts: 3, delay: 0}}")
        #expect(try await engine.advance(run) == .completed)
        #expect(seen.withLock { $0 } == [nil, ["at": 3], ["at": 6]])
        // Nothing stays behind, of a run that failed neither.
        let failed = try await start(engine, "{id: a, kind: counts}")
        #expect(try await engine.advance(failed) == .failed)
        #expect(try await store.read { try $0.count(RecordCollection<KeptCheckpoint>("step-checkpoints")) } == 0)
    }

    @Test func checkpointsAreFewSmallAndNotOfThePast() async throws {
        let engine = engine([], checkpointSeconds: 3_600)
        func context(_ attempt: Int) -> StepContext {
            StepContext(runID: "r", stepID: "s", attempt: attempt, now: 0, checkpoint: nil, notes: [], life: AttemptLife(runID: "r", step: "s", kind: "k", attempt: attempt, engine: engine))
        }
        let second = context(2)
        #expect(try await second.keep(1))
        for number in 2...50 { #expect(try await second.keep(.int(number)) == false) }
        #expect(try await engine.checkpoint(of: "s", runID: "r") == 1)
        // An attempt that was given up and did not notice.
        #expect(try await context(1).keep(0) == false)
        #expect(try await engine.checkpoint(of: "s", runID: "r") == 1)
        await #expect(throws: Fault.self) { try await context(3).keep(.string(String(repeating: "x", count: StepContext.checkpointByteCountMax))) }
        #expect(try await StepContext(runID: "r", stepID: "s", attempt: 1, now: 0).keep(1) == false)
    }

    /// What a kind keeps beside the store for any other step is of use to nobody.
    @Test func stepsThatKeptSomethingAreNamedUntilTheyEnd() async throws {
        let step = BeatingStep(id: "keeps") { context in
            try await context.keep(["at": 1])
            if context.attempt < 2 { throw Fault(.workflowTimeout, "cut short") }
            return ""
        }
        let engine = engine([step])
        func named() async throws -> Set<String>? { try await store.read { try WorkflowEngine.stepsWithCheckpoint(in: $0) } }
        #expect(try await named() == [])
        let waiting = try await engine.start(
            try WorkflowDefinition(yaml: "workflow: w\nsteps:\n  - {id: each, kind: map, with: {items: [1, 2]}, steps: [{id: a, kind: keeps, retry: {attempts: 2, delay: 60}}]}\n"), input: Labeled([:], .bottom), runID: "a|b")
        let task = Task { try await engine.advance(waiting) }
        while try await named()?.count != 2 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await named() == ["a|b/each[0].a", "a|b/each[1].a"])
        task.cancel()
        _ = await task.result
        try await engine.cancel(waiting)
        #expect(try await named() == [])
    }

    @Test func aHeartbeatIsForKindsThatBeat() throws {
        func problems(_ step: String) throws -> [String] {
            WorkflowChecker(kinds: [BeatingStep(id: "beats") { _ in "" }] + Kinds.all).check(try WorkflowDefinition(yaml: "workflow: w\nsteps:\n  - \(step)\n")).filter { $0.severity == .error }.map(\.code)
        }
        #expect(try problems("{id: a, kind: beats, heartbeat: 30}") == [])
        #expect(try problems("{id: a, kind: copy, with: {text: x}, heartbeat: 30}") == ["workflow.heartbeat"])
        #expect(try problems("{id: a, kind: map, with: {items: [1]}, heartbeat: 30, steps: [{id: b, kind: beats, heartbeat: 30}]}") == ["workflow.heartbeat"])
        #expect(throws: Fault.self) { try WorkflowDefinition(yaml: "workflow: w\nsteps:\n  - {id: a, kind: beats, heartbeat: 0}\n") }
    }
}
