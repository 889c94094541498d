import Core
import Labels
import Store
import Support
import Synchronization
import Testing

@testable import Workflows

/// Maps, loops, switches, calls and transforms, run for real.
@Suite struct NestedStepsTests {
    static let add = ScriptedStep("add", inputs: ["a": .init(.number), "b": .init(.number)], outputs: ["sum": .number]) { input, _ in
        .done(output: ["sum": .int((input.values["a"]?.int ?? 0) + (input.values["b"]?.int ?? 0))])
    }

    static func run(
        _ yaml: String, input: [String: JSONValue] = [:], label: Label = .bottom, kinds: [any StepKind] = Kinds.all + [add], clock: any WallClock = SystemWallClock()
    ) async throws -> RunDetail {
        let directory = try TemporaryDirectory()
        let store = try Store.open(at: directory.path)
        let engine = WorkflowEngine(store: store, kinds: kinds, clock: clock, ids: IdentifierSource())
        let id = try await engine.start(try WorkflowDefinition(yaml: yaml), input: Labeled(input, label))
        _ = try await engine.advance(id)
        let detail = try await engine.detail(id)
        try store.close()
        return detail
    }

    @Test func aMapGivesOneResultForEachItemInOrder() async throws {
        let detail = try await Self.run(
            """
            workflow: w
            inputs: {numbers: array, plus: number}
            outputs: {all: "${each.results}", count: "${each.count}"}
            steps:
              - id: base
                kind: add
                with: {a: "${input.plus}", b: 100}
              - id: each
                kind: map
                with: {items: "${input.numbers}"}
                parallel: 3
                steps:
                  - {id: first, kind: add, with: {a: "${each.item}", b: "${base.sum}"}}
                  - {id: second, kind: add, with: {a: "${first.sum}", b: "${each.index}"}}
                gives: "${second.sum}"
            """, input: ["numbers": .array((0..<20).map { .int($0 * 10) }), "plus": 1])
        #expect(detail.summary.status == .completed)
        #expect(detail.result?.value["all"] == .array((0..<20).map { .int($0 * 10 + 101 + $0) }))
        #expect(detail.result?.value["count"] == 20)
        #expect(detail.steps.first { $0.id == "each[13].first" }?.status == "done")
        #expect(detail.summary.stepsDone == 41)
        // Items by number, and what is in them in the order in which it began.
        #expect(detail.steps.map(\.id) == ["base", "each"] + (0..<20).flatMap { ["each[\($0)].first", "each[\($0)].second"] })
    }

    /// What a body gives may be grave; the next item is no graver for it.
    @Test func anItemIsAsGraveAsTheItemsAndNotAsWhatEarlierBodiesGave() async throws {
        let detail = try await Self.run(
            """
            workflow: w
            inputs: {texts: array}
            outputs: {all: "${each.results}"}
            steps:
              - id: each
                kind: map
                with: {items: "${input.texts}"}
                parallel: 1
                steps:
                  - {id: shown, kind: public, with: {text: "${each.item}"}}
                  - {id: grave, kind: enrich, with: {text: "${each.item}"}}
                gives: "${grave.text}"
            """, input: ["texts": ["a", "b", "c"]])
        #expect(detail.summary.status == .completed && detail.result?.label.grade == .level4)
    }

    @Test func anEmptyMapGivesNothingAndAllGoesOn() async throws {
        let detail = try await Self.run(
            """
            workflow: w
            inputs: {numbers: array}
            outputs: {all: "${each.results}", sum: "${after.sum}"}
            steps:
              - {id: each, kind: map, with: {items: "${input.numbers}"}, steps: [{id: one, kind: add, with: {a: "${each.item}", b: 1}}], gives: "${one.sum}"}
              - {id: after, kind: add, with: {a: "${each.count}", b: 7}}
            """, input: ["numbers": []])
        #expect(detail.result?.value == ["all": [], "sum": 7])
    }

    @Test func aLoopRunsUntilItsConditionHoldsOrItsBoundIsMet() async throws {
        func yaml(_ most: Int) -> String {
            """
            workflow: w
            outputs: {value: "${grow.value}", rounds: "${grow.rounds}", met: "${grow.met}"}
            steps:
              - id: grow
                kind: loop
                with: {value: 1}
                max: \(most)
                until: {value: "${twice.sum}", greaterThan: 60}
                steps: [{id: twice, kind: add, with: {a: "${grow.value}", b: "${grow.value}"}}]
                gives: "${twice.sum}"
            """
        }
        #expect(try await Self.run(yaml(50)).result?.value == ["value": 64, "rounds": 6, "met": true])
        #expect(try await Self.run(yaml(3)).result?.value == ["value": 8, "rounds": 3, "met": false])
    }

    @Test(arguments: [("a", 11, 0), ("b", 11, 0), ("c", 22, 1), ("z", 0, 2)])
    func aSwitchTakesOneWay(_ value: String, _ sum: Int, _ way: Int) async throws {
        let detail = try await Self.run(
            """
            workflow: w
            inputs: {kind: string}
            outputs: {value: "${route.value}", case: "${route.case}"}
            steps:
              - id: route
                kind: switch
                with: {value: "${input.kind}"}
                cases:
                  - {in: [a, b], steps: [{id: one, kind: add, with: {a: 10, b: 1}}], gives: "${one.sum}"}
                  - {equals: c, steps: [{id: two, kind: add, with: {a: 20, b: 2}}], gives: "${two.sum}"}
                otherwise: {gives: 0}
            """, input: ["kind": .string(value)])
        #expect(detail.result?.value == ["value": .int(sum), "case": .int(way)])
    }

    @Test func calledWorkflowsSeeTheirInputsOnly() async throws {
        let detail = try await Self.run(
            """
            workflow: w
            outputs: {x: "${first.total}", y: "${second.total}"}
            workflows:
              three:
                inputs: {n: number}
                outputs: {total: "${b.sum}"}
                steps:
                  - {id: a, kind: add, with: {a: "${input.n}", b: "${input.n}"}}
                  - {id: b, kind: call, workflow: plus, with: {n: "${a.sum}"}}
              plus:
                inputs: {n: number}
                outputs: {sum: "${a.sum}"}
                steps: [{id: a, kind: add, with: {a: "${input.n}", b: 1}}]
            steps:
              - {id: first, kind: call, workflow: three, with: {n: 5}}
              - {id: second, kind: call, workflow: three, with: {n: "${first.total}"}}
            """)
        #expect(detail.result?.value == ["x": 11, "y": 23])
        #expect(detail.steps.contains { $0.id == "second[0].b[0].a" })
    }

    @Test func transformsComputeWithoutAnEventOfTheirOwn() async throws {
        let detail = try await Self.run(
            """
            workflow: w
            inputs: {rows: array}
            outputs: {names: "${t.names}", mean: "${t.mean}"}
            steps:
              - id: t
                kind: transform
                with: {rows: "${input.rows}"}
                set:
                  names: "join(map(filter(rows, r => r.age >= 18), r => upper(r.name)), '、')"
                  mean: "round(sum(map(rows, r => r.age)) / length(rows), 1)"
            """, input: ["rows": [["name": "ada", "age": 36], ["name": "kid", "age": 7], ["name": "alan", "age": 41]]])
        #expect(detail.result?.value == ["names": "ADA、ALAN", "mean": 28])
    }

    @Test func whatAMapCannotTakeFailsTheRunWithItsPlace() async throws {
        let detail = try await Self.run(
            """
            workflow: w
            inputs: {rows: any}
            steps:
              - {id: each, kind: map, with: {items: "${input.rows}"}, max: 2, steps: [{id: one, kind: number, with: {text: x}}]}
            """, input: ["rows": [1, 2, 3]])
        #expect(detail.summary.status == .failed)
        #expect(detail.summary.failure?.contains("step each: 3 items; at most 2") == true)
    }

    @Test func branchesRunBesideOneAnother() async throws {
        // Each waits for the other: one after another they would wait for ever.
        let arrived = Mutex(0)
        let meet = ScriptedStep("meet") { input, _ in
            arrived.withLock { $0 += 1 }
            for _ in 0..<2_000 where arrived.withLock({ $0 }) < 2 { try await Task.sleep(for: .milliseconds(5)) }
            guard arrived.withLock({ $0 }) == 2 else { throw Fault(.workflowTimeout, "alone", remedy: "") }
            return .done(output: ["text": "met"])
        }
        let yaml = "workflow: w\nsteps:\n  - {id: a, kind: meet, with: {text: x}}\n  - {id: b, kind: meet, with: {text: y}}"
        #expect(try await Self.run(yaml, kinds: [meet]).summary.status == .completed)
    }

    @Test func noMoreStepsRunAtOnceThanTheDefinitionSays() async throws {
        let now = Mutex(0), most = Mutex(0)
        let busy = ScriptedStep("busy") { input, _ in
            let count = now.withLock { $0 += 1; return $0 }
            most.withLock { $0 = max($0, count) }
            try await Task.sleep(for: .milliseconds(3))
            now.withLock { $0 -= 1 }
            return .done(output: ["text": ""])
        }
        let detail = try await Self.run(
            """
            workflow: w
            parallel: 3
            steps:
              - {id: each, kind: map, with: {items: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}, parallel: 10, steps: [{id: one, kind: busy, with: {text: x}}]}
            """, kinds: [busy])
        #expect(detail.summary.status == .completed)
        #expect(most.withLock { $0 } <= 3 && most.withLock { $0 } > 1)
    }
}
