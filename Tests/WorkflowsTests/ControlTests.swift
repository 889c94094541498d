import Core
import Labels
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

/// What people and systems outside tell a run, and what a run takes back.
@Suite struct ControlTests {
    private let directory: TemporaryDirectory
    private let store: Store
    private let clock = ManualWallClock(now: 1_764_000_000)
    private let log = Log()

    /// What steps did, in order.
    final class Log: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    struct Foreign: Error {}

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
    }

    private func engine(_ more: [any StepKind] = [], limits: [String: Int] = [:]) -> WorkflowEngine {
        let log = log
        let note = ScriptedStep("note") { input, context in
            log.add(context.stepID)
            return .done(output: ["text": input.values["text"] ?? ""])
        }
        let broken = ScriptedStep("broken") { _, _ in throw Fault(.workflowUnsound, "broken", remedy: "none") }
        return WorkflowEngine(store: store, kinds: [note, broken] + more + Kinds.all, clock: clock, ids: IdentifierSource(), resourceLimits: limits)
    }

    private func start(_ engine: WorkflowEngine, _ steps: String) async throws -> String {
        try await engine.start(try WorkflowDefinition(yaml: "workflow: w\nsteps:\n" + steps), input: Labeled([:], .bottom))
    }

    @Test func whatWasDoneIsUndoneNewestFirstWhenTheRunFails() async throws {
        let engine = engine()
        let run = try await start(
            engine, """
              - {id: a, kind: note, with: {text: x}, undo: {kind: note, with: {text: "${a.text}"}}}
              - {id: b, kind: note, with: {text: "${a.text}"}}
              - id: each
                kind: map
                with: {items: [1, 2]}
                parallel: 1
                steps: [{id: c, kind: note, with: {text: "${b.text}"}, undo: {kind: note, with: {text: "${c.text}"}}}]
              - {id: d, kind: broken, with: {text: x}, after: [each]}
            """)
        #expect(try await engine.advance(run) == .failed)
        #expect(log.all == ["a", "b", "each[0].c", "each[1].c", "each[1].c/undo", "each[0].c/undo", "a/undo"])
        let detail = try await engine.detail(run)
        #expect(detail.summary.failure?.contains("step d") == true)
        #expect(detail.steps.filter { $0.status == "undone" }.map(\.id) == ["a", "each[0].c", "each[1].c"])
    }

    @Test func anUndoThatFailsIsNamedAndTheOthersGoOn() async throws {
        let engine = engine()
        let run = try await start(
            engine, """
              - {id: a, kind: note, with: {text: x}, undo: {kind: note, with: {text: y}}}
              - {id: b, kind: note, with: {text: "${a.text}"}, undo: {kind: broken, with: {text: y}}}
              - {id: c, kind: broken, with: {text: "${b.text}"}}
            """)
        #expect(try await engine.advance(run) == .failed)
        #expect(log.all == ["a", "b", "a/undo"])
        #expect(try await engine.detail(run).summary.failure?.contains("not undone: b") == true)
    }

    @Test func aPausedRunStartsNothingUntilItGoesOn() async throws {
        let engine = engine()
        let run = try await start(engine, "  - {id: a, kind: note, with: {text: x}}")
        try await engine.pause(run)
        #expect(try await engine.advance(run) == .paused)
        #expect(log.all.isEmpty)
        try await engine.unpause(run)
        #expect(try await engine.advance(run) == .completed)
        #expect(log.all == ["a"])
    }

    @Test func anEventIsDeliveredBeforeAndAfterItIsAwaited() async throws {
        let engine = engine()
        let run = try await start(
            engine, """
              - {id: first, kind: await, with: {event: paid}}
              - {id: second, kind: await, with: {event: paid, seconds: 60}, after: [first]}
              - {id: third, kind: await, with: {event: paid, seconds: 60}, after: [second]}
            """)
        #expect(try await engine.advance(run) == .waiting)
        for amount in [1, 2] { try await engine.signal(run, event: "paid", payload: Labeled(["amount": .int(amount)], Label(.level2, [.finance]))) }
        #expect(try await engine.advance(run) == .waiting)
        let detail = try await engine.detail(run)
        #expect(detail.outputs["first"]?["payload"] == ["amount": 1] && detail.outputs["second"]?["payload"] == ["amount": 2])
        // What comes from outside counts as L4, whoever brought it.
        #expect(detail.steps[0].label == Label(.level4, [.finance]))
        clock.advance(by: 61)
        #expect(try await engine.advance(run) == .completed)
        #expect(try await engine.detail(run).outputs["third"]?["arrived"] == false)
        await #expect { try await engine.signal(run, event: "paid", payload: Labeled([:], .bottom)) } throws: { ($0 as? Fault)?.code == .workflowSignals }
    }

    @Test func eventsThatNobodyTakesHaveABoundAndAGrade() async throws {
        let engine = engine()
        let run = try await start(engine, "  - {id: a, kind: await, with: {event: other}}")
        for _ in 0..<WorkflowEngine.signalCountMax { try await engine.signal(run, event: "e", payload: Labeled([:], .bottom)) }
        await #expect { try await engine.signal(run, event: "e", payload: Labeled([:], .bottom)) } throws: { ($0 as? Fault)?.code == .workflowSignals }
        await #expect { try await engine.signal(run, event: "f", payload: Labeled([:], Label(.core))) } throws: { ($0 as? Fault)?.code == .workflowLabel }
    }

    private static let before = "workflow: w\nsteps:\n  - {id: a, kind: note, with: {text: x}}\n  - {id: b, kind: await, with: {event: go}, after: [a]}\n  - {id: c, kind: note, with: {text: old}, after: [b]}"

    @Test func aRunningRunGoesOnUnderAnotherDefinition() async throws {
        let engine = engine()
        let run = try await engine.start(try WorkflowDefinition(yaml: Self.before), input: Labeled([:], .bottom))
        #expect(try await engine.advance(run) == .waiting)
        // One step inserted, one replaced, one added.
        let new = Self.before.replacing("with: {text: old}, after: [b]}", with: "with: {text: new}, after: [between]}\n  - {id: between, kind: note, with: {text: y}, after: [b]}")
        let migration = try await engine.migrate(to: try WorkflowDefinition(yaml: new))
        #expect(migration.changed == [run] && migration.refused.isEmpty)
        try await engine.signal(run, event: "go", payload: Labeled([:], .bottom))
        // The journal alone says so: another engine goes on with it.
        #expect(try await self.engine().advance(run) == .completed)
        #expect(log.all == ["a", "between", "c"])
        #expect(try await engine.detail(run).outputs["c"]?["text"] == "new")
    }

    @Test func whatWasReachedCannotChange() async throws {
        let engine = engine()
        let run = try await engine.start(try WorkflowDefinition(yaml: Self.before), input: Labeled([:], .bottom))
        _ = try await engine.advance(run)
        for (old, new, code) in [
            ("text: x", "text: y", Fault.Code.workflowChange), ("event: go", "event: other", .workflowChange), ("workflow: w", "workflow: v", .workflowChange), ("kind: note, with: {text: old}", "kind: nothing, with: {text: old}", .workflowUnsound),
        ] {
            let definition = try WorkflowDefinition(yaml: Self.before.replacing(old, with: new))
            await #expect { try await engine.change(run, to: definition) } throws: { ($0 as? Fault)?.code == code }
        }
        let left = try WorkflowDefinition(yaml: Self.before.replacing("text: x", with: "text: y"))
        #expect(try await engine.migrate(to: left).refused.keys.sorted() == [run])
    }

    @Test func aStepThatTakesTooLongFails() async throws {
        let slow = ScriptedStep("slow") { _, _ in
            try await Task.sleep(for: .seconds(600))
            return .done(output: ["text": ""])
        }
        let engine = engine([slow])
        let run = try await start(engine, "  - {id: a, kind: slow, with: {text: x}, timeout: 0.05}")
        #expect(try await engine.advance(run) == .failed)
        #expect(try await engine.detail(run).summary.failure?.contains("longer than 0.05 seconds") == true)
    }

    @Test func anEffectThatFailsWithAnythingIsAFailedAttempt() async throws {
        for error in [Foreign(), Fault(.defect, "wrong"), Fault(.workflowUnsound, "no", remedy: "none")] as [any Error] {
            let poison = ScriptedStep("poison") { _, _ in .done(output: ["text": ""], effect: { _ in throw error }) }
            let engine = engine([poison])
            let run = try await start(engine, "  - {id: a, kind: poison, with: {text: x}, retry: {attempts: 2, delay: 0}}")
            #expect(try await engine.advance(run) == .failed)
        }
    }

    @Test func aRunOfKindsThatAreElsewhereIsLeftAsItIs() async throws {
        let own = ScriptedStep("own-kind")
        let theirs = engine([own])
        let run = try await start(theirs, "  - {id: a, kind: own-kind, with: {text: x}}")
        #expect(try await engine().resumeAll() == 1)
        #expect(try await engine().detail(run).summary.status == .running)
        #expect(try await theirs.advance(run) == .completed)
    }

    @Test func sleepersOfBeforeGetTheirOwnTimes() async throws {
        let engine = engine()
        var runs: [String] = []
        for seconds in [100, 5_000] {
            runs.append(try await start(engine, "  - {id: nap, kind: wait, with: {seconds: \(seconds)}}"))
            #expect(try await engine.advance(runs.last ?? "") == .sleeping)
        }
        let (timers, all) = (engine.timers, runs)
        try await store.write { for run in all { try $0.remove(run, in: timers) } }
        clock.advance(by: 200)
        #expect(try await engine.resumeAll() == 1)
        #expect(try await engine.detail(runs[0]).summary.status == .completed)
        #expect(try await engine.dueRuns().isEmpty)
        #expect(try await store.read { try $0.list(timers).map(\.key) } == [runs[1]])
    }

    @Test func aRunThatIsAskedForWhileItIsResumedHasTheLineThatItIsIn() async throws {
        let (reached, go) = (Gate(), Gate())
        let held = ScriptedStep("held") { _, _ in
            await reached.open()
            await go.pass()
            return .done(output: ["text": ""])
        }
        let engine = engine([held])
        let run = try await start(engine, "  - {id: a, kind: held, with: {text: x}}\n  - {id: b, kind: await, with: {event: e}, after: [a]}")
        let resuming = Task { try await engine.resumeAll() }
        await reached.pass()
        // Asked for while it is at work: it is looked at once more.
        #expect(try await engine.advance(run) == .running)
        await go.open()
        _ = try await resuming.value
        #expect(try await engine.runs().first?.status == .waiting)
        try await engine.signal(run, event: "e", payload: Labeled([:], .bottom))
        #expect(try await engine.resumeAll() == 1)
        #expect(try await engine.runs().first?.status == .completed)
    }

    /// Opens once; who passes waits until then.
    actor Gate {
        private var isOpen = false
        private var waiting: [CheckedContinuation<Void, Never>] = []
        func open() {
            isOpen = true
            for one in waiting { one.resume() }
            waiting = []
        }
        func pass() async { if !isOpen { await withCheckedContinuation { waiting.append($0) } } }
    }

    @Test func noMoreAttemptsHoldAResourceThanItHas() async throws {
        struct Heavy: StepKind {
            let id = "heavy", resource: String? = "training"
            let signature = StepSignature(inputs: ["text": .init(.string)], outputs: ["text": .string], clearance: .all, labelRule: .joinsInputs)
            let body: @Sendable () async throws -> Void
            func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
                try await body()
                return .done(output: ["text": ""])
            }
        }
        let counts = Mutex((now: 0, most: 0))
        let engine = engine(
            [Heavy {
                counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                try await Task.sleep(for: .milliseconds(5))
                counts.withLock { $0.now -= 1 }
            }], limits: ["training": 2])
        var runs: [String] = []
        for _ in 0..<4 { runs.append(try await start(engine, (0..<3).map { "  - {id: s\($0), kind: heavy, with: {text: x}}" }.joined(separator: "\n"))) }
        let all = runs
        #expect(try await mapBounded(all, width: 4) { try await engine.advance($0) }.allSatisfy { $0 == .completed })
        #expect(counts.withLock { $0.most } == 2)
    }

    @Test func whoWaitsForAResourceIsServedByPriorityAndCanGiveUp() async throws {
        let gate = ResourceGate(limits: [:]), log = log
        let held = Mutex<CheckedContinuation<Void, Never>?>(nil)
        let first = Task { try await gate.holding("r", priority: 5) { await withCheckedContinuation { continuation in held.withLock { $0 = continuation } } } }
        while held.withLock({ $0 == nil }) { try await Task.sleep(for: .milliseconds(1)) }
        let low = Task { try await gate.holding("r", priority: 1) { log.add("low") } }
        while gate.waiting("r") < 1 { try await Task.sleep(for: .milliseconds(1)) }
        let gone = Task { try await gate.holding("r", priority: 9) { log.add("gone") } }
        while gate.waiting("r") < 2 { try await Task.sleep(for: .milliseconds(1)) }
        let high = Task { try await gate.holding("r", priority: 7) { log.add("high") } }
        while gate.waiting("r") < 3 { try await Task.sleep(for: .milliseconds(1)) }
        gone.cancel()
        await #expect(throws: CancellationError.self) { try await gone.value }
        held.withLock { $0?.resume() }
        try await first.value
        try await high.value
        try await low.value
        #expect(log.all == ["high", "low"])
    }
}
