import Core
import Labels
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

/// Steps of several turns: what a turn kept is never done again, whatever is cut off in between.
@Suite struct StepTurnTests {
    static let yaml = """
        workflow: turns
        inputs: {text: {type: string, grade: L2}}
        steps:
          - {id: long, kind: turns, with: {text: "${input.text}"}}
          - {id: after, kind: copy, with: {text: "${long.text}"}}
        """

    /// Takes `count` turns, each with an effect, then ends with what all of them kept.
    static func kind(
        _ count: Int, probe: EffectProbe = EffectProbe(), rule: LabelRule = .joinsInputs, label: Label = .bottom, at: @escaping @Sendable (Int, StepContext) throws -> Void = { _, _ in }
    ) -> ScriptedStep {
        ScriptedStep("turns", rule: rule) { input, context in
            let turn = context.notes.count
            try at(turn, context)
            guard turn < count else { return .done(output: ["text": .string(context.notes.map { "\($0.value.int ?? -1)" }.joined(separator: ","))]) }
            return .again(StepTurn(note: .int(turn), label: input.label.joined(label), effect: { transaction in
                try transaction.add(1, to: "turn-\(turn)", in: probe.counts)
            }))
        }
    }

    private func run(_ kind: ScriptedStep, in store: Store, id: String = "r", definition: String = yaml, label: Label = .bottom) async throws -> (status: RunStatus, engine: WorkflowEngine) {
        let engine = WorkflowEngine(store: store, kinds: [kind, Kinds.copy], clock: SystemWallClock(), ids: IdentifierSource())
        _ = try await engine.start(try WorkflowDefinition(yaml: definition), input: Labeled(["text": "x"], label), runID: id)
        return (try await engine.advance(id), engine)
    }

    @Test func aCrashInEachTurnRepeatsNoneOfThoseBefore() async throws {
        for crash in 0...7 {
            let directory = try TemporaryDirectory(), probe = EffectProbe(), bodies = Mutex<[Int]>([]), isDown = Mutex(true)
            let kind = Self.kind(7, probe: probe) { turn, _ in
                bodies.withLock { $0.append(turn) }
                if turn == crash, isDown.withLock({ let was = $0; $0 = false; return was }) { throw CancellationError() }
            }
            var output: JSONValue?
            for _ in 0..<2 {
                let store = try Store.open(at: directory.path)
                if let (status, engine) = try? await run(kind, in: store) {
                    #expect(status == .completed)
                    output = try await engine.detail("r").outputs["after"]?["text"]
                    #expect(try await probe.all(in: store) == Dictionary((0..<7).map { ("turn-\($0)", 1) }) { $1 })
                    #expect(try await engine.notes(of: "r", step: "long").map(\.note.value) == (0..<7).map { .int($0) })
                }
                try store.close()
            }
            #expect(output == "0,1,2,3,4,5,6")
            // Only the turn that was cut off ran twice.
            #expect(bodies.withLock { $0 } == (0...7).flatMap { $0 == crash ? [$0, $0] : [$0] })
        }
    }

    @Test func aPersonsAnswerIsAnotherNoteAndTheStepGoesOn() async throws {
        let directory = try TemporaryDirectory(), store = try Store.open(at: directory.path)
        let kind = ScriptedStep("turns") { input, context in
            guard let answer = context.notes.last, answer.isAnswer else {
                return .again(StepTurn(note: "asked", label: input.label, request: HumanTaskRequest(title: "t", body: [:], choices: ["yes", "no"], label: Label(.level2, [.contact]))))
            }
            return .done(output: ["text": answer.value["choice"] ?? ""])
        }
        let (status, engine) = try await run(kind, in: store)
        #expect(status == .waiting)
        let task = try #require(try await engine.tasks().first)
        #expect(task.stepID == "long")
        // Another engine takes it up: what is waited for is in the journal.
        let other = WorkflowEngine(store: store, kinds: [kind, Kinds.copy], clock: SystemWallClock(), ids: IdentifierSource())
        try await other.answer(task.id, TaskAnswer(choice: "yes", comment: "", by: "li", at: 0, attachments: []))
        #expect(try await other.advance("r") == .completed)
        let detail = try await other.detail("r")
        #expect(detail.outputs["after"]?["text"] == "yes")
        #expect(detail.steps.first { $0.id == "long" }?.label == Label(.level2, [.contact]))
        try store.close()
    }

    @Test func cancellingARunClosesWhatATurnAsked() async throws {
        let directory = try TemporaryDirectory(), store = try Store.open(at: directory.path)
        let kind = ScriptedStep("turns") { input, _ in .again(StepTurn(note: "asked", label: input.label, request: HumanTaskRequest(title: "t", body: [:], choices: ["yes"], label: .bottom))) }
        let (_, engine) = try await run(kind, in: store)
        try await engine.cancel("r")
        #expect(try await engine.tasks().isEmpty)
        try store.close()
    }

    @Test func anOutputHasTheLabelOfAllThatEntered() async throws {
        let directory = try TemporaryDirectory(), store = try Store.open(at: directory.path)
        let (status, engine) = try await run(Self.kind(3, rule: .raises(.level3), label: Label(.level3, [.health])), in: store)
        #expect(status == .completed)
        #expect(try await engine.detail("r").steps.allSatisfy { $0.label == Label(.level3, [.health]) })
        try store.close()
    }

    /// The static check was made with what the rule promises.
    @Test func aNoteAboveThePromiseIsRefusedWithItsEffect() async throws {
        let directory = try TemporaryDirectory(), store = try Store.open(at: directory.path), probe = EffectProbe()
        let (status, engine) = try await run(Self.kind(3, probe: probe, label: Label(.level4)), in: store)
        #expect(status == .failed)
        #expect(try await engine.detail("r").summary.failure?.contains("promises at most L1") == true)
        #expect(try await probe.all(in: store).isEmpty)
        try store.close()
    }

    @Test func eachTurnHasTheRetriesOfAStep() async throws {
        let directory = try TemporaryDirectory(), store = try Store.open(at: directory.path), attempts = Mutex<[Int: Int]>([:])
        let kind = Self.kind(4) { turn, context in
            let attempt = attempts.withLock { $0[turn, default: 0] += 1; return $0[turn, default: 0] }
            #expect(context.attempt == attempt)
            if attempt == 1 { throw Fault(.defect, "once more") }
        }
        let retried = Self.yaml.replacing("with: {text: \"${input.text}\"}}", with: "with: {text: \"${input.text}\"}, retry: {attempts: 2, delay: 0}}")
        #expect(try await run(kind, in: store, definition: retried).status == .completed)
        #expect(attempts.withLock { $0 } == [0: 2, 1: 2, 2: 2, 3: 2, 4: 2])
        let always = Self.kind(4) { turn, _ in if turn == 2 { throw Fault(.defect, "never") } }
        #expect(try await run(always, in: store, id: "other", definition: retried).status == .failed)
        try store.close()
    }

    @Test func notesAreBounded() async throws {
        let directory = try TemporaryDirectory(), store = try Store.open(at: directory.path)
        let (status, engine) = try await run(Self.kind(2_000), in: store)
        #expect(status == .failed)
        #expect(try await engine.notes(of: "r", step: "long").count < StepTurn.countMax)
        let large = ScriptedStep("turns") { input, _ in .again(StepTurn(note: .string(String(repeating: "x", count: 3 << 20)), label: input.label)) }
        let (second, other) = try await run(large, in: store, id: "large")
        #expect(second == .failed)
        #expect(try await other.notes(of: "large", step: "long").count == 2)
        try store.close()
    }

    /// Twenty runs, three engines that all want every run: each turn's effect once.
    @Test func enginesThatShareRunsTakeEachTurnOnce() async throws {
        let directory = try TemporaryDirectory(), store = try Store.open(at: directory.path), probe = EffectProbe()
        let kind = ScriptedStep("turns") { input, context in
            let turn = context.notes.count
            guard turn < 5 else { return .done(output: ["text": "end"]) }
            return .again(StepTurn(note: .int(turn), label: input.label, effect: { try $0.add(1, to: "\(context.runID)-\(turn)", in: probe.counts) }))
        }
        let engines = (0..<3).map { _ in WorkflowEngine(store: store, kinds: [kind, Kinds.copy], clock: SystemWallClock(), ids: IdentifierSource()) }
        let definition = try WorkflowDefinition(yaml: Self.yaml)
        for run in 0..<20 { _ = try await engines[0].start(definition, input: Labeled(["text": "x"], .bottom), runID: "r\(run)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for engine in engines { for run in 0..<20 { group.addTask { _ = try await engine.advance("r\(run)") } } }
            try await group.waitForAll()
        }
        for _ in 0..<20 where try await engines[0].statistics().runs[.completed] != 20 { _ = try await engines[0].resumeAll() }
        let effects = try await probe.all(in: store)
        #expect(effects.count == 100 && effects.values.allSatisfy { $0 == 1 })
        try store.close()
    }

    /// What a step's settings say decides what may enter it.
    @Test func theCheckerAsksForTheSignatureOfTheStep() throws {
        struct Gate: StepKind {
            let id = "gate"
            let signature = StepSignature(inputs: ["text": .init(.string), "upTo": .init(.string)], outputs: ["text": .string], clearance: .all, labelRule: .joinsInputs)
            func signature(of settings: [String: JSONValue]) throws -> StepSignature {
                guard let grade = settings["upTo"]?.string.flatMap({ Grade($0) }) else { throw Fault(.workflowDefinition, "upTo must stand in the definition") }
                return StepSignature(inputs: signature.inputs, outputs: ["text": .string], clearance: Clearance(upTo: grade), labelRule: .joinsInputs)
            }
            func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome { .done(output: ["text": "x"]) }
        }
        func check(_ upTo: String) throws -> [Diagnostic] {
            let text = "workflow: w\ninputs: {text: {type: string, grade: L3}}\nsteps: [{id: a, kind: gate, with: {text: \"${input.text}\", upTo: \(upTo)}}]"
            return WorkflowChecker(kinds: [Gate()]).check(try WorkflowDefinition(yaml: text))
        }
        #expect(try check("L4").isEmpty)
        #expect(try check("L2").first?.message.contains("input.text (L3) -> a (gate, clearance up to L2)") == true)
        #expect(try check("\"${input.text}\"").first?.code == "workflow.settings")
    }
}
