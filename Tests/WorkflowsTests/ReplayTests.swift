import Core
import Labels
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

/// Runs whose steps are run again beside what the journal says.
@Suite struct ReplayTests {
    let directory: TemporaryDirectory
    let store: Store
    private let probe = EffectProbe()

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
    }

    /// Says its text with a suffix that somebody can change, as a model can be replaced; fails its first attempt when asked to.
    private final class Speaker: StepKind {
        let id = "speak"
        let signature = StepSignature(inputs: ["text": .init(.string), "shaky": .init(.boolean, isRequired: false)], outputs: ["text": .string, "length": .number], clearance: .all, labelRule: .joinsInputs)
        let isRepeatable = true
        let suffix = Mutex("!")
        let probe: EffectProbe
        let runs = Mutex(0)
        init(_ probe: EffectProbe) { self.probe = probe }

        func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
            runs.withLock { $0 += 1 }
            if input.values["shaky"] == true, context.attempt == 1 { throw Fault(.defect, "shaky") }
            let text = (input.values["text"]?.string ?? "") + suffix.withLock { $0 }
            return .done(output: ["text": .string(text), "length": .int(text.count)], effect: probe.effect(context))
        }
    }

    private func engine(_ speaker: Speaker) -> WorkflowEngine { WorkflowEngine(store: store, kinds: [speaker, Kinds.copy], clock: SystemWallClock(), ids: IdentifierSource()) }

    private static let yaml = """
        workflow: w
        inputs: {list: {type: array, grade: L3}}
        steps:
          - {id: first, kind: speak, with: {text: a, shaky: true}, retry: {attempts: 2, delay: 0}}
          - {id: each, kind: map, with: {items: "${input.list}"}, steps: [{id: say, kind: speak, with: {text: "${each.item}"}}, {id: pass, kind: copy, with: {text: "${say.text}"}}], gives: "${pass.text}"}
          - {id: nap, kind: wait, with: {seconds: 0}}
        """

    private func finished(_ engine: WorkflowEngine) async throws -> String {
        let run = try await engine.start(try WorkflowDefinition(yaml: Self.yaml), input: Labeled(["list": ["x", "y", "z"]], Label(.level3)))
        var status = try await engine.advance(run)
        for _ in 0..<100 where status == .sleeping { status = try await engine.advance(run) }
        #expect(status == .completed)
        return run
    }

    @Test func theSameInputsGiveTheSameAgainAndNoEffectIsRepeated() async throws {
        let speaker = Speaker(probe), engine = engine(speaker), run = try await finished(engine)
        let effects = try await probe.all(in: store), events = try await store.read { try $0.events(of: "run/" + run).count }
        let judged = try await engine.replay(run)
        #expect(judged.filter { $0.kind == "speak" }.map(\.step).sorted() == ["each[0].say", "each[1].say", "each[2].say", "first"])
        #expect(judged.allSatisfy { $0.verdict == ($0.kind == "speak" ? .same : .notRepeatable) })
        #expect(judged.count == 8)
        #expect(speaker.runs.withLock { $0 } == 5 + 4)
        #expect(try await probe.all(in: store) == effects)
        #expect(try await store.read { try $0.events(of: "run/" + run).count } == events)
    }

    @Test func whatDiffersIsNamedByOutput() async throws {
        let speaker = Speaker(probe), engine = engine(speaker), run = try await finished(engine)
        speaker.suffix.withLock { $0 = "?" }
        #expect(try await engine.replay(run, step: "each").filter { $0.kind == "speak" }.allSatisfy { $0.verdict == .different(["text"]) })
        speaker.suffix.withLock { $0 = "!!" }
        #expect(try await engine.replay(run, step: "each[1].say") == [ReplayedStep(step: "each[1].say", kind: "speak", verdict: .different(["length", "text"]))])
    }

    @Test func anEngineWithoutTheKindRepeatsNothing() async throws {
        let run = try await finished(engine(Speaker(probe)))
        let bare = WorkflowEngine(store: store, kinds: [], clock: SystemWallClock(), ids: IdentifierSource())
        #expect(try await bare.replay(run).allSatisfy { $0.verdict == .notRepeatable })
    }

    @Test func noSuchStepIsSaid() async throws {
        let engine = engine(Speaker(probe)), run = try await finished(engine)
        await #expect(throws: Fault.self) { _ = try await engine.replay(run, step: "nothing") }
        await #expect(throws: Fault.self) { _ = try await engine.replay("run-of-nobody") }
    }
}
