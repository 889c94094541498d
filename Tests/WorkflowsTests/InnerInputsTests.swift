import Core
import Labels
import Store
import Support
import Testing

@testable import Workflows

/// What people see of steps inside steps.
@Suite struct InnerInputsTests {
    /// Maps in a map, loops, switches, calls and transforms, after their bodies have ended: people see what each step took, with its label. The engine keeps none of it.
    @Test func whatStepsInsideStepsTookIsSeenAfterTheirBodiesEnded() async throws {
        let directory = try TemporaryDirectory(), store = try Store.open(at: directory.path)
        let engine = WorkflowEngine(store: store, kinds: Kinds.all + [NestedStepsTests.add], clock: SystemWallClock(), ids: IdentifierSource())
        let yaml = """
            workflow: w
            inputs: {rows: array, secret: {type: string, grade: L3}}
            workflows:
              sub:
                inputs: {n: {type: number, grade: L3}}
                steps: [{id: plus, kind: add, with: {a: "${input.n}", b: 1}}]
                outputs: {sum: "${plus.sum}"}
            steps:
              - id: outer
                kind: map
                with: {items: "${input.rows}"}
                steps:
                  - id: inner
                    kind: map
                    with: {items: "${outer.item}"}
                    steps: [{id: one, kind: add, with: {a: "${inner.item}", b: "${outer.index}"}}]
                    gives: "${one.sum}"
                  - {id: more, kind: transform, with: {all: "${inner.results}"}, set: {total: "sum(all)"}}
              - id: rounds
                kind: loop
                with: {value: 1}
                max: 2
                until: {value: "${step.sum}", greaterThan: 100}
                steps: [{id: step, kind: add, with: {a: "${rounds.value}", b: 10}}]
                gives: "${step.sum}"
              - {id: called, kind: call, workflow: sub, with: {n: 5}}
              - id: route
                kind: switch
                with: {value: "${input.secret}"}
                cases: [{in: [x], steps: [{id: tell, kind: copy, with: {text: "${input.secret}"}}]}]
                otherwise: {steps: [{id: leave, kind: copy, with: {text: "no"}}]}
            """
        let run = try await engine.start(try WorkflowDefinition(yaml: yaml), input: Labeled(["rows": [[1, 2], [3]], "secret": "x"], Label(.level3)))
        #expect(try await engine.advance(run) == .completed)
        let view = try await engine.view(run), taken = view.inputs.mapValues(\.value)
        #expect(taken["outer[0].inner[1].one"] == ["a": 2, "b": 0] && taken["outer[1].inner[0].one"] == ["a": 3, "b": 1])
        #expect(taken["outer[0].inner"] == ["items": [1, 2]] && taken["outer[0].more"] == ["all": [1, 2]])
        #expect(taken["rounds[0].step"] == ["a": 1, "b": 10] && taken["rounds[1].step"] == ["a": 11, "b": 10])
        #expect(taken["called[0].plus"] == ["a": 5, "b": 1])
        #expect(view.inputs["route[0].tell"] == Labeled(["text": "x"], Label(.level3)) && taken["route[1].leave"] == nil)
        #expect(view.detail.outputs["rounds[1].step"] == ["sum": 21])
        // All that ended and was shown has its input.
        #expect(view.detail.steps.filter { $0.status == "done" }.allSatisfy { view.inputs[$0.id] != nil })
        #expect(try await engine.load(run).takenInside == nil)
        // Of more than people look at, the first.
        let many = try await engine.start(
            try WorkflowDefinition(yaml: "workflow: w\ninputs: {n: array}\nsteps:\n  - {id: e, kind: map, with: {items: \"${input.n}\"}, max: 10000, steps: [{id: t, kind: transform, with: {x: \"${e.item}\"}, set: {y: x}}]}\n"),
            input: Labeled(["n": .array((0..<6_000).map { .int($0) })], .bottom))
        #expect(try await engine.advance(many) == .completed)
        let large = try await engine.view(many)
        #expect(large.inputs.count == RunState.shownCountMax && large.inputs["e[4998].t"]?.value == ["x": 4_998])
        try store.close()
    }
}
