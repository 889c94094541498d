import Core
import Labels
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

/// What holds when the process ends anywhere. The end of a step commits together with the start of the next, so the journal can stop in two kinds
/// of places only: while a step's body runs, and before the very first step. Each test stops there, opens the directory anew and goes on.
@Suite struct DurabilityTests {
    /// Ends the engine's work as a crash does, once in each step of a set: nothing more is written.
    final class CrashPoint: Sendable {
        private let remaining: Mutex<Set<String>>
        init(_ steps: Set<String>) { remaining = Mutex(steps) }
        func pass(_ step: String) throws { if remaining.withLock({ $0.remove(step) != nil }) { throw CancellationError() } }
    }

    private let input = Labeled<[String: JSONValue]>(["text": "x"], Label(.level3))

    private func kind(_ crash: CrashPoint, _ probe: EffectProbe) -> ScriptedStep {
        ScriptedStep("counted") { input, context in
            try crash.pass(context.stepID)
            return .done(output: ["text": .string((input.values["text"]?.string ?? "") + context.stepID)], effect: probe.effect(context))
        }
    }

    private func runToTheEnd(_ steps: Set<String>, count: Int) async throws -> (output: JSONValue?, effects: [String: Int], resumed: Int) {
        let directory = try TemporaryDirectory()
        let crash = CrashPoint(steps)
        let probe = EffectProbe()
        for _ in 0...steps.count {
            let store = try Store.open(at: directory.path)
            let engine = WorkflowEngine(store: store, kinds: [kind(crash, probe)], clock: SystemWallClock(), ids: IdentifierSource())
            let run = try await engine.start(try .chain(count, kind: "counted"), input: input, runID: "r")
            do {
                if try await engine.advance(run) == .completed {
                    let output = try await engine.detail(run).outputs["s\(count - 1)"]?["text"]
                    let (effects, statistics) = (try await probe.all(in: store), try await engine.statistics())
                    try store.close()
                    return (output, effects, statistics.stepsResumed)
                }
            } catch is CancellationError {}
            try store.close()
        }
        return (nil, [:], 0)
    }

    @Test func aCrashInEachSingleStepChangesNothing() async throws {
        let reference = try await runToTheEnd([], count: 6)
        #expect(reference.effects.count == 6)
        for step in 0..<6 {
            let crashed = try await runToTheEnd(["s\(step)"], count: 6)
            #expect(crashed.output == reference.output)
            #expect(crashed.effects == reference.effects)
            #expect(crashed.resumed == 1)
        }
    }

    @Test func aCrashInEveryStepOfOneRunChangesNothing() async throws {
        let reference = try await runToTheEnd([], count: 6)
        let crashed = try await runToTheEnd(Set((0..<6).map { "s\($0)" }), count: 6)
        #expect(crashed.output == reference.output)
        #expect(crashed.effects == reference.effects)
        #expect(crashed.effects.values.allSatisfy { $0 == 1 })
        #expect(crashed.resumed == 6)
    }

    @Test func twoEnginesOnOneStoreTakeEachStepsEffectOnce() async throws {
        let directory = try TemporaryDirectory()
        let store = try Store.open(at: directory.path)
        let probe = EffectProbe()
        let kind = kind(CrashPoint([]), probe)
        let engines = (0..<3).map { _ in WorkflowEngine(store: store, kinds: [kind], clock: SystemWallClock(), ids: IdentifierSource()) }
        let runs = (0..<20).map { "r\($0)" }
        for run in runs { _ = try await engines[0].start(try .chain(5, kind: "counted"), input: input, runID: run) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for engine in engines { for run in runs { group.addTask { _ = try await engine.advance(run) } } }
            try await group.waitForAll()
        }
        for run in runs { while try await engines[0].advance(run) != .completed {} }
        let effects = try await probe.all(in: store)
        #expect(effects.count == 100)
        #expect(effects.values.allSatisfy { $0 == 1 })
    }

    @Test func anAnswerGivenBeforeACrashIsNotAskedAgain() async throws {
        let directory = try TemporaryDirectory()
        let asked = Mutex(0)
        let asking = ScriptedStep("ask", outputs: ["choice": .string, "comment": .string]) { input, _ in
            asked.withLock { $0 += 1 }
            return .person(HumanTaskRequest(title: "t", body: [:], choices: ["yes"], label: input.label))
        }
        let definition = try WorkflowDefinition(
            yaml: "workflow: w\ninputs: {text: {type: string, grade: L3}}\nsteps:\n  - {id: a, kind: ask, with: {text: \"${input.text}\"}}\n  - {id: b, kind: copy, with: {text: \"${a.choice}\"}}")
        var store = try Store.open(at: directory.path)
        var engine = WorkflowEngine(store: store, kinds: [asking, Kinds.copy], clock: SystemWallClock(), ids: IdentifierSource())
        _ = try await engine.start(definition, input: input, runID: "r")
        _ = try await engine.advance("r")
        try await engine.answer(try #require(try await engine.tasks().first).id, WorkflowEngineTests.yes)
        try store.close()
        store = try Store.open(at: directory.path)
        engine = WorkflowEngine(store: store, kinds: [asking, Kinds.copy], clock: SystemWallClock(), ids: IdentifierSource())
        #expect(try await engine.resumeAll() == 1)
        #expect(try await engine.detail("r").outputs["b"]?["text"] == "yes")
        #expect(asked.withLock { $0 } == 1)
    }
}
