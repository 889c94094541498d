import Core
import Labels
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

@Suite struct WorkflowEngineTests {
    let directory: TemporaryDirectory
    let store: Store
    let clock = ManualWallClock()
    let ids = IdentifierSource(random: SeededRandom(seed: 5))

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
    }

    private func engine(_ kinds: [any StepKind] = Kinds.all) -> WorkflowEngine { WorkflowEngine(store: store, kinds: kinds, clock: clock, ids: ids) }

    private let input = Labeled<[String: JSONValue]>(["text": "榕"], Label(.level3, [.contact]))

    @Test func valuesAndLabelsFlowThroughTheSteps() async throws {
        let engine = engine()
        let run = try await engine.start(
            try WorkflowDefinition(
                yaml: """
                    workflow: w
                    inputs: {text: {type: string, grade: L3}}
                    steps:
                      - {id: a, kind: copy, with: {text: "${input.text}"}}
                      - {id: m, kind: mask, with: {text: "${a.text}"}}
                      - {id: p, kind: public, with: {text: "${m.text}"}}
                    """), input: input)
        #expect(try await engine.advance(run) == .completed)
        let detail = try await engine.detail(run)
        #expect(detail.outputs["a"]?["text"] == "榕")
        #expect(detail.outputs["p"]?["text"] == "***")
        #expect(detail.steps.map { $0.label?.grade } == [.level3, .level2, .level2])
        #expect(detail.summary.stepsDone == 3)
        #expect(try await engine.statistics().runs[.completed] == 1)
    }

    @Test func startingTwiceUnderOneIdIsOnce() async throws {
        let engine = engine()
        for _ in 0..<3 { #expect(try await engine.start(try .chain(1), input: input, runID: "r") == "r") }
        #expect(try await engine.runs().count == 1)
        #expect(try await engine.advance("r") == .completed)
        #expect(try await engine.advance("r") == .completed)
        #expect(try await engine.statistics().stepsRun == 1)
    }

    @Test func aLeakingDefinitionNeverStarts() async throws {
        let engine = engine()
        let leaking = try WorkflowDefinition(
            yaml: "workflow: w\ninputs: {text: {type: string, grade: L3}}\nsteps:\n  - {id: p, kind: public, with: {text: \"${input.text}\"}}")
        await #expect { try await engine.start(leaking, input: self.input) } throws: { ($0 as? Fault)?.code == .workflowUnsound }
        #expect(try await engine.runs().isEmpty)
    }

    @Test func anInputAboveItsDeclaredGradeIsRefused() async throws {
        let engine = engine()
        await #expect { try await engine.start(try .chain(1), input: Labeled(["text": "x"], Label(.level4))) } throws: { ($0 as? Fault)?.code == .workflowLabel }
        await #expect { try await engine.start(try .chain(1), input: Labeled(["text": 5], .bottom)) } throws: { ($0 as? Fault)?.code == .workflowDefinition }
        await #expect { try await engine.start(try .chain(1), input: Labeled([:], .bottom)) } throws: { ($0 as? Fault)?.code == .workflowDefinition }
    }

    /// Categories are known at run time only: the engine's own check is what stops them.
    @Test func anExcludedCategoryStopsTheRunAtTheStep() async throws {
        let ran = Mutex(false)
        let picky = ScriptedStep("picky", clearance: Clearance(upTo: .core, excluding: [.contact])) { _, _ in
            ran.withLock { $0 = true }
            return .done(output: ["text": ""])
        }
        let engine = engine(Kinds.all + [picky])
        let run = try await engine.start(try .chain(1, kind: "picky"), input: input)
        #expect(try await engine.advance(run) == .failed)
        #expect(ran.withLock { $0 } == false)
        #expect(try await engine.detail(run).summary.failure?.contains("clearance") == true)
    }

    @Test func aStepCannotTalkItsLabelDown() async throws {
        let probe = EffectProbe()
        let sly = ScriptedStep("sly") { _, context in .done(output: ["text": "x"], label: .bottom, effect: probe.effect(context)) }
        let engine = engine(Kinds.all + [sly])
        let run = try await engine.start(try .chain(1, kind: "sly"), input: input)
        #expect(try await engine.advance(run) == .failed)
        #expect(try await probe.all(in: store).isEmpty)
    }

    @Test func aTransformThatLowersLessThanItPromisedIsRefused() async throws {
        let lazy = ScriptedStep("lazy", rule: .lowers(to: .level1)) { _, _ in .done(output: ["text": "x"], label: Label(.level2)) }
        let engine = engine(Kinds.all + [lazy])
        let run = try await engine.start(try .chain(1, kind: "lazy"), input: input)
        #expect(try await engine.advance(run) == .failed)
    }

    @Test func failuresAreRetriedAsOftenAsTheDefinitionSays() async throws {
        let attempts = Mutex<[Int]>([])
        let shaky = ScriptedStep("shaky") { _, context in
            attempts.withLock { $0.append(context.attempt) }
            guard context.attempt >= 3 else { throw Fault(.file, "not yet") }
            return .done(output: ["text": "ok"])
        }
        let engine = WorkflowEngine(store: store, kinds: [shaky], clock: SystemWallClock(), ids: ids)
        let yaml = "workflow: w\ninputs: {text: string}\nsteps:\n  - {id: a, kind: shaky, with: {text: \"${input.text}\"}, retry: {attempts: N, delay: 0.001}}"
        let enough = try await engine.start(try WorkflowDefinition(yaml: yaml.replacing("N", with: "3")), input: Labeled(["text": ""], .bottom))
        #expect(try await engine.advance(enough) == .completed)
        #expect(attempts.withLock { $0 } == [1, 2, 3])
        let few = try await engine.start(try WorkflowDefinition(yaml: yaml.replacing("N", with: "2")), input: Labeled(["text": ""], .bottom))
        #expect(try await engine.advance(few) == .failed)
        #expect(try await engine.detail(few).summary.failure?.contains("not yet") == true)
    }

    /// A foreign error's text may hold what it was about.
    @Test func foreignErrorsAreNotQuoted() async throws {
        struct Leaky: Error, CustomStringConvertible { let description = "phone 13800138000" }
        let engine = engine([ScriptedStep("bad") { _, _ in throw Leaky() }])
        let run = try await engine.start(try .chain(1, kind: "bad"), input: input)
        #expect(try await engine.advance(run) == .failed)
        let failure = try await engine.detail(run).summary.failure
        #expect(failure?.contains("13800138000") == false)
        #expect(failure?.contains("Leaky") == true)
    }

    @Test func anOutputsEffectAndItsEndAreOneTransaction() async throws {
        struct Refused: Error {}
        let probe = EffectProbe()
        let torn = ScriptedStep("torn") { _, context in
            .done(output: ["text": "x"], effect: { transaction in
                try probe.effect(context)(transaction)
                throw Fault(.json, "the effect failed at its end")
            })
        }
        let engine = engine([torn])
        let run = try await engine.start(try .chain(1, kind: "torn"), input: input)
        #expect(try await engine.advance(run) == .failed)
        #expect(try await probe.all(in: store).isEmpty)
        #expect(try await engine.detail(run).outputs.isEmpty)
    }

    @Test func sleepSurvivesARestartAndEndsOnTime() async throws {
        let yaml = "workflow: w\ninputs: {text: string}\nsteps:\n  - {id: w, kind: wait, with: {seconds: 100}}\n  - {id: a, kind: copy, with: {text: \"${input.text}\"}, after: w}"
        let run = try await engine().start(try WorkflowDefinition(yaml: yaml), input: Labeled(["text": "x"], .bottom))
        #expect(try await engine().advance(run) == .sleeping)
        clock.advance(by: 99)
        #expect(try await engine().advance(run) == .sleeping)
        clock.advance(by: 2)
        #expect(try await engine().resumeAll() == 1)
        #expect(try await engine().detail(run).summary.status == .completed)
    }

    @Test func cancelledRunsStayCancelled() async throws {
        let asking = ScriptedStep("ask", outputs: ["choice": .string]) { input, _ in
            .person(HumanTaskRequest(title: "t", body: [:], choices: ["yes"], label: input.label))
        }
        let engine = engine([asking])
        let run = try await engine.start(
            try WorkflowDefinition(yaml: "workflow: w\ninputs: {text: string}\nsteps:\n  - {id: a, kind: ask, with: {text: \"${input.text}\"}}"),
            input: Labeled(["text": ""], .bottom))
        #expect(try await engine.advance(run) == .waiting)
        let task = try #require(try await engine.tasks().first)
        try await engine.cancel(run)
        #expect(try await engine.advance(run) == .cancelled)
        #expect(try await engine.task(task.id).status == .cancelled)
        await #expect { try await engine.answer(task.id, Self.yes) } throws: { ($0 as? Fault)?.code == .taskClosed }
    }

    static let yes = TaskAnswer(choice: "yes", comment: "fine", by: "li", at: 1, attachments: [])

    @Test func aPersonsAnswerIsTheStepsOutputAndCountsOnce() async throws {
        let asking = ScriptedStep("ask", outputs: ["choice": .string, "comment": .string]) { input, _ in
            .person(HumanTaskRequest(title: "t", body: [:], choices: ["yes", "no"], label: .bottom))
        }
        let engine = engine([asking] + Kinds.all)
        let run = try await engine.start(
            try WorkflowDefinition(
                yaml: "workflow: w\ninputs: {text: {type: string, grade: L3}}\nsteps:\n  - {id: a, kind: ask, with: {text: \"${input.text}\"}}\n  - {id: b, kind: copy, with: {text: \"${a.comment}\"}}"),
            input: input)
        #expect(try await engine.advance(run) == .waiting)
        let task = try #require(try await engine.tasks().first)
        // What a person is shown carries the label of what led to it, whatever the step says.
        #expect(task.label == Label(.level3, [.contact]))
        let wrong = TaskAnswer(choice: "maybe", comment: nil, by: "li", at: 1, attachments: [])
        await #expect { try await engine.answer(task.id, wrong) } throws: { ($0 as? Fault)?.code == .taskChoice }
        try await engine.answer(task.id, Self.yes)
        await #expect { try await engine.answer(task.id, Self.yes) } throws: { ($0 as? Fault)?.code == .taskClosed }
        #expect(try await engine.advance(run) == .completed)
        #expect(try await engine.detail(run).outputs["b"]?["text"] == "fine")
        #expect(try await engine.tasks(status: .answered).map(\.answer?.by) == ["li"])
    }

    @Test func unknownRunsAndTasksAreNamed() async throws {
        await #expect { try await self.engine().detail("run-x") } throws: { ($0 as? Fault)?.message.contains("run-x") == true }
        await #expect { try await self.engine().task("task-x") } throws: { ($0 as? Fault)?.code == .workflowUnknown }
    }

    /// The engine's labels are no higher than the checker's: what a map runs over is one output of a transform, not the gravest.
    @Test func aMapOverAnOpenOutputBesideAGraveOneMayTell() async throws {
        let yaml = """
            workflow: w
            inputs: {open: {type: number, grade: L1}, grave: {type: string, grade: L4}}
            steps:
              - {id: t, kind: transform, with: {n: "${input.open}", s: "${input.grave}"}, set: {a: "[n, n]", b: "s"}}
              - {id: each, kind: map, with: {items: "${t.a}"}, steps: [{id: tell, kind: public, with: {text: "hit"}}]}
            """
        let engine = engine(), run = try await engine.start(try WorkflowDefinition(yaml: yaml), input: Labeled(["open": 1, "grave": "x"], Label(.level4)))
        let status = try await engine.advance(run), failure = try await engine.detail(run).summary.failure
        // The run's input has one label: each value has at most what was declared for it.
        #expect(status == .completed, "\(failure ?? "")")
        // A fork from the map keeps what is known apart.
        let forked = try await engine.fork(run, from: "each")
        #expect(try await engine.advance(forked.id) == .completed)
    }

    /// A list that is full is the step's trouble, not the store's: its retries decide, and the run does not go round for ever.
    @Test func aFullListFailsTheStep() async throws {
        let full = ScriptedStep("full") { _, _ in .done(output: ["text": "x"], effect: { _ in throw Fault(.readingsFull, "full", remedy: "none") }) }
        let engine = engine([full]), run = try await engine.start(try .chain(1, kind: "full"), input: Labeled(["text": "x"], .bottom))
        #expect(try await engine.advance(run) == .failed)
    }

    /// A failed step of a kind that this engine does not have is left to the one that has it.
    @Test(.timeLimit(.minutes(2))) func aFailedStepOfAnothersKindIsLeftToIt() async throws {
        let theirs = WorkflowEngine(store: store, kinds: [ScriptedStep("theirs") { _, _ in throw Fault(.defect, "once more") }], clock: SystemWallClock(), ids: IdentifierSource())
        let run = try await theirs.start(try WorkflowDefinition(yaml: "workflow: w\nsteps: [{id: a, kind: theirs, with: {text: x}, retry: {attempts: 5, delay: 1}}]"), input: Labeled([:], .bottom))
        let work = Task { try await theirs.advance(run) }
        while try await theirs.detail(run).steps.first?.status != "failed" { try await Task.sleep(for: .milliseconds(10)) }
        work.cancel()
        _ = try? await work.value
        try await Task.sleep(for: .seconds(1.2))
        #expect(try await WorkflowEngine(store: store, kinds: [Kinds.copy], clock: SystemWallClock(), ids: IdentifierSource()).advance(run) == .running)
    }
}
