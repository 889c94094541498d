import Core
import Labels
import Store
import Support
import Testing

@testable import Workflows

/// Asks a model for at most so many tokens.
private struct Asking: StepKind {
    let id = "ask"
    let signature = StepSignature(inputs: ["text": .init(.string), "most": .init(.number, isRequired: false)], outputs: ["text": .string], clearance: .all, labelRule: .joinsInputs)
    func tokenCountMax(_ literals: [String: JSONValue]) -> Int { literals["most"]?.int ?? 1_000 }
    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome { .done(output: ["text": "x"]) }
}

/// Tells how long the key is that it was given.
private struct Keyed: StepKind {
    let id = "keyed"
    let signature = StepSignature(inputs: ["key": .init(.string, isRequired: false, isSecret: true), "text": .init(.string, isRequired: false)], outputs: ["length": .number], clearance: .all, labelRule: .joinsInputs)
    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome { .done(output: ["length": .int(input.values["key"]?.string?.count ?? 0)]) }
}

@Suite struct WorkflowBoundsTests {
    private let checker = WorkflowChecker(kinds: [Asking(), Keyed()] + Kinds.all, secrets: ["known"])

    private func check(_ steps: String, head: String = "") throws -> [Diagnostic] {
        checker.check(try WorkflowDefinition(yaml: "workflow: w\n\(head)\ninputs: {list: {type: array, grade: L3}, text: {type: string, grade: L3}}\nsteps:\n\(steps)\n")).filter { $0.code != "workflow.unused" }
    }

    // MARK: - Cost

    @Test func boundsMultiply() throws {
        let definition = try WorkflowDefinition(
            yaml: """
                workflow: w
                workflows:
                  twice: {inputs: {text: string}, steps: [{id: p, kind: ask, with: {text: "${input.text}", most: 10}}, {id: q, kind: ask, with: {text: "${input.text}"}}]}
                inputs: {list: array, text: string}
                steps:
                  - {id: one, kind: ask, with: {text: "${input.text}", most: 5}, retry: {attempts: 3}, undo: {kind: ask, with: {text: "${input.text}", most: 1}}}
                  - id: each
                    kind: map
                    max: 7
                    with: {items: "${input.list}"}
                    steps:
                      - id: again
                        kind: loop
                        max: 2
                        with: {value: "${each.item}"}
                        until: {value: "${again.index}", equals: 1}
                        steps: [{id: sub, kind: call, workflow: twice, with: {text: "${input.text}"}}]
                  - id: way
                    kind: switch
                    with: {value: "${input.text}"}
                    cases: [{equals: a, steps: [{id: cheap, kind: ask, with: {text: x, most: 1}}, {id: copied, kind: copy, with: {text: x}}]}, {equals: b, steps: [{id: dear, kind: ask, with: {text: x}}]}]
                """)
        #expect(checker.cost(of: definition) == WorkflowCost(attempts: 6 + 7 * 2 * 2 + 2, tokens: 3 * 6 + 7 * 2 * 1_010 + 1_000))
    }

    @Test func moreThanTheBudgetIsRefusedAndTheDearestStepNamed() throws {
        let steps = "  - {id: a, kind: ask, with: {text: x, most: 10}}\n  - {id: each, kind: map, max: 100, with: {items: \"${input.list}\"}, steps: [{id: b, kind: ask, with: {text: x}}]}"
        let found = try check(steps, head: "budget: {tokens: 100000, attempts: 200}")
        #expect(found.map(\.code) == ["workflow.cost"] && found.first?.place == "step each")
        #expect(found.first?.message.contains("100010") == true)
        #expect(try check(steps, head: "budget: {tokens: 100010, attempts: 101}").isEmpty)
        #expect(try check(steps, head: "budget: {attempts: 100}").map(\.code) == ["workflow.cost"])
    }

    @Test func productsThatNobodyCanCountStayNumbers() throws {
        var steps = "[{id: leaf, kind: ask, with: {text: x}}]"
        for depth in 0..<7 { steps = "[{id: m\(depth), kind: map, with: {items: \"${input.list}\"}, steps: \(steps)}]" }
        let definition = try WorkflowDefinition(yaml: "workflow: w\ninputs: {list: array}\nsteps: \(steps)")
        #expect(checker.cost(of: definition).attempts == WorkflowCost.countMax)
    }

    // MARK: - Reach

    @Test(arguments: [
        "  - {id: a, kind: copy, with: {text: x}, when: {value: 1, equals: 2}}",
        "  - {id: a, kind: copy, with: {text: x}, when: {value: \"${input.text}\", equals: 2}}",
        "  - {id: a, kind: copy, with: {text: x}, when: {value: \"${input.text}\", greaterThan: 2}}",
        "  - {id: b, kind: copy, with: {text: x}, when: {value: \"${input.text}\", equals: p}}\n  - {id: a, kind: copy, with: {text: \"${b.text}\"}, when: {value: \"${input.text}\", equals: q}}",
        "  - {id: n, kind: number, with: {text: x}}\n  - {id: b, kind: copy, with: {text: x}, when: {value: \"${n.value}\", greaterThan: 5}}\n  - {id: a, kind: copy, with: {text: \"${b.text}\"}, when: {value: \"${n.value}\", lessThan: 5}}",
        "  - id: a\n    kind: switch\n    with: {value: \"${input.text}\"}\n    cases: [{in: [p, q], steps: []}, {equals: q, steps: []}]",
        "  - id: s\n    kind: switch\n    with: {value: \"${input.text}\"}\n    cases: [{equals: p, steps: [{id: a, kind: copy, with: {text: x}, when: {value: \"${input.text}\", equals: q}}]}]",
    ])
    func whatCanNeverRunIsAWarning(steps: String) throws {
        let found = try check(steps)
        #expect(found.map(\.code) == ["workflow.unreachable"] && found.first?.severity == .warning && found.first?.place == "step a")
    }

    @Test func aStepBehindADeadOneIsDeadToo() throws {
        #expect(try check("  - {id: a, kind: copy, with: {text: x}, when: {value: 1, equals: 2}}\n  - {id: b, kind: copy, with: {text: \"${a.text}\"}}").compactMap(\.place) == ["step a", "step b"])
    }

    @Test func whatMayRunIsNoWarning() throws {
        #expect(
            try check(
                "  - {id: a, kind: copy, with: {text: x}, when: {value: \"${input.text}\", notEquals: p}}\n  - {id: b, kind: copy, with: {text: \"${a.text}\"}, when: {value: \"${input.text}\", in: [p, q]}}\n  - {id: c, kind: copy, with: {text: x}, after: [b], when: {value: \"${input.text}\", equals: z}}"
            ).isEmpty)
    }

    // MARK: - Secrets

    @Test(arguments: [
        "{id: a, kind: keyed, with: {key: \"${secret.unknown}\"}}", "{id: a, kind: keyed, with: {key: plain}}", "{id: a, kind: keyed, with: {key: \"${input.text}\"}}", "{id: a, kind: keyed, with: {text: \"${secret.known}\"}}",
        "{id: a, kind: copy, with: {text: x}, undo: {kind: copy, with: {text: \"${secret.known}\"}}}", "{id: a, kind: transform, with: {t: \"${secret.known}\"}, set: {u: t}}", "{id: a, kind: keyed, with: {key: [\"${secret.known}\"]}}",
    ])
    func secretsGoWhereTheyMayOnly(step: String) throws {
        let found = try check("  - \(step)")
        #expect(found.map(\.code) == ["workflow.secret"] && found.first?.severity == .error)
    }

    @Test(arguments: ["when: {value: \"${secret.known}\", equals: x}"])
    func aSecretDecidesNothing(condition: String) throws {
        #expect(try check("  - {id: a, kind: copy, with: {text: x}, \(condition)}").map(\.code) == ["workflow.reference"])
    }

    @Test func aSecretReachesTheStepAndNoEvent() async throws {
        let directory = try TemporaryDirectory(), store = try Store.open(at: directory.path)
        let secrets = try WorkflowSecrets(text: "# keys\nknown = abc=def \n\n")
        let engine = WorkflowEngine(store: store, kinds: [Keyed()], clock: SystemWallClock(), ids: IdentifierSource(), secrets: secrets)
        let definition = try WorkflowDefinition(yaml: "workflow: w\noutputs: {n: \"${a.length}\"}\nsteps: [{id: a, kind: keyed, with: {key: \"${secret.known}\"}}]")
        let run = try await engine.start(definition, input: Labeled([:], .bottom))
        #expect(try await engine.advance(run) == .completed)
        let events = try await store.read { try $0.events(of: "run/" + run) }
        #expect(events.last { $0.kind == "step-done" }?.body["output"]?["length"] == 7)
        #expect(!events.contains { $0.body.text.contains("abc") })
        #expect(!"\(secrets) \(String(reflecting: secrets))".contains("abc"))
        await #expect(throws: Fault.self) { _ = try await WorkflowEngine(store: store, kinds: [Keyed()], clock: SystemWallClock(), ids: IdentifierSource()).start(definition, input: Labeled([:], .bottom)) }
        try store.close()
    }

    @Test(arguments: ["noequals", "=x", "a b=c", "a=1\na=2", "a="])
    func aBadFileOfSecretsIsRefusedByLine(text: String) {
        #expect { try WorkflowSecrets(text: text) } throws: { "\($0)".contains("line \(text.split(separator: "\n").count)") && !"\($0)".contains("a b") }
    }
}
