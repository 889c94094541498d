import Core
import Labels
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

/// Runs that go on from a step of an earlier one.
@Suite struct ForkTests {
    let directory: TemporaryDirectory
    let store: Store
    let clock = ManualWallClock()
    let ids = IdentifierSource(random: SeededRandom(seed: 6))
    let probe = EffectProbe()
    private let input = Labeled<[String: JSONValue]>(["text": "榕"], Label(.level3, [.contact]))

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
    }

    private final class Switch: Sendable { let isOn = Mutex(true) }

    /// `copy` notes its effect; `flaky` does too, but fails while `failing` is on.
    private func engine(_ failing: Switch? = nil) -> WorkflowEngine {
        let probe = probe
        let note: @Sendable (StepInput, StepContext) async throws -> StepOutcome = { input, context in
            .done(output: ["text": .string((input.values["text"]?.string ?? "") + "+")], effect: probe.effect(context))
        }
        let flaky = ScriptedStep("flaky") { input, context in
            if let failing, failing.isOn.withLock({ $0 }) { throw Fault(.defect, "broken") }
            return try await note(input, context)
        }
        return WorkflowEngine(store: store, kinds: [ScriptedStep("copy", note), flaky, Kinds.open, Kinds.mask], clock: clock, ids: ids)
    }

    private static func definition(_ steps: String) throws -> WorkflowDefinition {
        try WorkflowDefinition(yaml: "workflow: w\ninputs: {text: {type: string, grade: L3}}\nsteps:\n" + steps)
    }

    private static let chain = """
          - {id: a, kind: copy, with: {text: "${input.text}"}}
          - {id: b, kind: flaky, with: {text: "${a.text}"}}
          - {id: c, kind: copy, with: {text: "${b.text}"}}
          - {id: d, kind: copy, with: {text: "${input.text}"}}
        """

    @Test func aFailedRunGoesOnFromTheStepThatFailed() async throws {
        let failing = Switch(), engine = engine(failing)
        // One after another, so that d has not run when b fails.
        let old = try await engine.start(try Self.definition(Self.chain.replacing("id: d, kind: copy,", with: "id: d, kind: copy, after: [b],")), input: input)
        #expect(try await engine.advance(old) == .failed)
        failing.isOn.withLock { $0 = false }
        let forked = try await engine.fork(old, from: "b")
        #expect(forked.kept == ["a"])
        #expect(try await engine.advance(forked.id) == .completed)
        let detail = try await engine.detail(forked.id), before = try await engine.detail(old)
        #expect(detail.summary.forkedFrom == old && before.summary.status == .failed)
        #expect(detail.outputs["c"]?["text"] == "榕+++" && detail.outputs["a"] == before.outputs["a"])
        #expect(detail.steps.map(\.status) == ["kept", "done", "done", "done"])
        #expect(detail.steps.first?.label == before.steps.first?.label && detail.steps.first?.label == Label(.level3, [.contact]))
        // What is kept takes no effect again.
        #expect(try await probe.all(in: store) == ["\(old)/a": 1, "\(forked.id)/b": 1, "\(forked.id)/c": 1, "\(forked.id)/d": 1])
        #expect(try await engine.steps(runPrefix: forked.id).done == 3)
        // A list of runs says where each came from.
        #expect(try await engine.runs().first { $0.id == forked.id }?.forkedFrom == old)
    }

    @Test func onlyWhatFollowsRunsAgain() async throws {
        let engine = engine()
        let old = try await engine.start(
            try Self.definition("\(Self.chain)\n  - {id: e, kind: copy, after: [b], with: {text: \"${d.text}\"}}\n  - {id: f, kind: copy, when: {value: \"${d.text}\", equals: x}, with: {text: \"${d.text}\"}}\n"), input: input)
        #expect(try await engine.advance(old) == .completed)
        let forked = try await engine.fork(old, from: "b")
        #expect(forked.kept == ["a", "d", "f"])
        #expect(try await engine.advance(forked.id) == .completed)
        #expect(try await engine.detail(forked.id).steps.map(\.status) == ["kept", "done", "done", "kept", "done", "skipped"])
        #expect(try await engine.fork(old, from: "a").kept == ["d", "f"])
    }

    @Test func anotherDefinitionIsCheckedAndRunsWhatChanged() async throws {
        let engine = engine()
        let old = try await engine.start(try Self.definition(Self.chain), input: input)
        _ = try await engine.advance(old)
        // d is written otherwise, so it runs again; c goes elsewhere.
        let changed = try Self.definition(
            """
              - {id: a, kind: copy, with: {text: "${input.text}"}}
              - {id: b, kind: flaky, with: {text: "${a.text}"}}
              - {id: d, kind: copy, with: {text: "${a.text}"}}
              - {id: m, kind: mask, with: {text: "${b.text}"}}
              - {id: p, kind: public, with: {text: "${m.text}"}}
            """)
        let forked = try await engine.fork(old, from: "m", definition: changed)
        #expect(forked.kept == ["a", "b"])
        #expect(try await engine.advance(forked.id) == .completed)
        #expect(try await engine.detail(forked.id).outputs["p"]?["text"] == "***")
        let leaking = try Self.definition("  - {id: a, kind: copy, with: {text: \"${input.text}\"}}\n  - {id: p, kind: public, with: {text: \"${a.text}\"}}\n")
        await #expect { try await engine.fork(old, from: "p", definition: leaking) } throws: { ($0 as? Fault)?.code == .workflowUnsound }
        await #expect { try await engine.fork(old, from: "nobody") } throws: { ($0 as? Fault)?.code == .workflowUnknown }
        await #expect { try await engine.fork("nothing", from: "a") } throws: { ($0 as? Fault)?.code == .workflowUnknown }
    }

    @Test func forkingTwiceUnderOneIdIsOnce() async throws {
        let engine = engine()
        let old = try await engine.start(try Self.definition(Self.chain), input: input)
        _ = try await engine.advance(old)
        for _ in 0..<3 { #expect(try await engine.fork(old, from: "c", newID: "again").id == "again") }
        #expect(try await engine.advance("again") == .completed)
        #expect(try await engine.runs().count == 2)
        // A fork of a fork keeps what was kept.
        #expect(try await engine.fork("again", from: "c").kept == ["a", "b", "d"])
    }

    /// On random graphs: kept is what had ended and does not need the step; all else runs once; outputs are those of a run that never stopped.
    @Test(arguments: 0..<20) func randomGraphs(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let engine = engine()
        var needs: [[Int]] = []
        var yaml = ""
        for step in 0..<9 {
            let sources = (0..<step).filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
            needs.append(sources)
            yaml += "  - {id: s\(step), kind: copy, after: [\(sources.dropFirst().map { "s\($0)" }.joined(separator: ", "))], with: {text: \"${\(sources.first.map { "s\($0)" } ?? "input").text}\"}}\n"
        }
        let old = try await engine.start(try Self.definition(yaml), input: input)
        #expect(try await engine.advance(old) == .completed)
        let from = Int.random(in: 0..<9, using: &random)
        var isAgain = [Bool](repeating: false, count: 9)
        for step in 0..<9 { isAgain[step] = step == from || needs[step].contains { isAgain[$0] } }
        let forked = try await engine.fork(old, from: "s\(from)")
        #expect(Set(forked.kept) == Set((0..<9).filter { !isAgain[$0] }.map { "s\($0)" }))
        #expect(try await engine.advance(forked.id) == .completed)
        let effects = try await probe.all(in: store).filter { $0.key.hasPrefix(forked.id + "/") }
        #expect(effects == Dictionary(uniqueKeysWithValues: (0..<9).filter { isAgain[$0] }.map { ("\(forked.id)/s\($0)", 1) }))
        #expect(try await engine.detail(forked.id).outputs == engine.detail(old).outputs)
    }
}

@Suite struct WorkflowGraphTests {
    @Test func everyStepAndEdgeIsDrawnOnce() throws {
        let definition = try WorkflowDefinition(
            yaml: """
                workflow: "a <b> & c"
                inputs: {text: {type: string, grade: L3}, size: {type: number}}
                steps:
                  - {id: a, kind: copy, with: {text: "${input.text}"}}
                  - {id: b, kind: copy, with: {text: "${a.text}"}, when: {value: "${input.size}", equals: 1}}
                  - {id: c, kind: copy, with: {text: "${a.text}"}, after: [b]}
                """)
        var record = StepRecord(id: "b", kind: "copy", status: "failed", startedAt: 0)
        record.label = Label(.level3)
        let svg = WorkflowGraph(definition, steps: [record]).svg()
        #expect(svg.ranges(of: "<rect").count == 4 && svg.ranges(of: "<path").count == 7)
        #expect(svg.contains("<title>a &lt;b&gt; &amp; c</title>") && svg.contains("copy · failed · L3") && !svg.contains("style"))
        // Edges that pass a layer have a lane there, dashed where only conditions pass.
        #expect(svg.ranges(of: "stroke-dasharray=\"5 4\"").count == 2 && svg.ranges(of: "stroke-dasharray=\"1 4\"").count == 1)
        #expect(WorkflowGraph(definition).mermaid().ranges(of: "-->").count == 3)
    }

    /// A graph whose edges would need more lanes than a picture has room for is drawn without, and a cycle is drawn as it is written.
    @Test func hostileGraphsAreDrawnToo() throws {
        func graph(_ count: Int) throws -> String {
            let steps = (0..<count).map { step in "  - {id: s\(step), kind: copy, with: {text: [\((0..<step).map { "\"${s\($0).text}\"" }.joined(separator: ", "))]}}" }.joined(separator: "\n")
            return WorkflowGraph(try WorkflowDefinition(yaml: "workflow: w\nsteps:\n\(steps)")).svg()
        }
        let (small, large) = (try graph(20), try graph(140))
        #expect(small.contains("V") && small.ranges(of: "<path").count == 20 * 19 / 2 + 18 * 19 / 2)
        #expect(!large.contains("V") && large.ranges(of: "<path").count == 140 * 139 / 2)
        let cycle = try WorkflowDefinition(yaml: "workflow: w\nsteps:\n  - {id: a, kind: copy, with: {text: \"${b.text}\"}}\n  - {id: b, kind: copy, with: {text: \"${a.text}\"}}")
        #expect(WorkflowGraph(cycle).svg().ranges(of: "<rect").count == 3)
    }

    /// An edge leads down: each step lies below all that it needs, also in a graph of as many steps as there may be.
    @Test func edgesLeadDown() throws {
        let count = 300
        let steps = (0..<count).map { "  - {id: s\($0), kind: copy, with: {text: \"${\($0 == 0 ? "input" : "s\(($0 - 1) / 2)").text}\"}}" }.joined(separator: "\n")
        let svg = WorkflowGraph(try WorkflowDefinition(yaml: "workflow: w\ninputs: {text: {type: string}}\nsteps:\n\(steps)")).svg()
        var edges = 0
        for path in svg.split(separator: "<path").dropFirst() {
            let numbers = path.split(separator: "d=\"M")[1].prefix { $0 != "\"" }.split { $0 == " " || $0 == "C" }.compactMap { Double($0) }
            #expect(numbers.count == 8 && numbers[1] < numbers[7])
            edges += 1
        }
        #expect(edges == count)
    }
}
