import Core
import Labels
import Testing

@testable import Workflows

@Suite struct WorkflowDefinitionTests {
    @Test func readsWhatTheExampleSays() throws {
        let definition = try WorkflowDefinition(
            yaml: """
                workflow: greeting
                version: 2
                inputs:
                  name: {type: string, grade: L3}
                  loud: boolean
                steps:
                  - id: shout
                    kind: copy
                    with: {text: "${input.name}", list: [1, "${input.loud}", {deep: "${input.name}"}]}
                    when: {value: "${input.loud}", equals: true}
                    retry: {attempts: 3, delay: 0.5}
                  - id: after
                    kind: copy
                    after: shout
                    with: {text: fixed}
                """)
        #expect(definition.name == "greeting" && definition.version == 2)
        #expect(definition.inputs["name"]?.grade == .level3)
        #expect(definition.inputs["loud"] == .init(type: .boolean, grade: .level1))
        #expect(definition.steps[0].with["list"]?.references.map(\.description) == ["input.loud", "input.name"])
        #expect(definition.steps[0].retry == .init(attempts: 3, delay: 0.5))
        #expect(definition.steps[1].after == ["shout"])
    }

    /// Each malformed text with a word that its refusal must hold, so that a person finds the place.
    @Test(arguments: [
        ("", "empty"), ("- a", "\"workflow\""), ("workflow: w", "\"steps\""), ("workflow: w\nsteps: []", "\"steps\""),
        ("workflow: w\nsteps:\n  - {id: a}", "no kind"), ("workflow: w\nsteps:\n  - {id: \"a b\", kind: k}", "needs an id"),
        ("workflow: w\nsteps:\n  - {id: input, kind: k}", "needs an id"), ("workflow: w\nsteps:\n  - {id: a, kind: k, wiht: {}}", "unknown key \"wiht\""),
        ("workflow: w\nsteps:\n  - {id: a, kind: k, with: {t: \"${x}\"}}", "malformed"), ("workflow: w\nsteps:\n  - {id: a, kind: k, with: {t: \"hi ${x.y}\"}}", "inside other text"),
        ("workflow: w\nsteps:\n  - {id: a, kind: k, retry: {attempts: 21}}", "1 to 20"), ("workflow: w\nsteps:\n  - {id: a, kind: k, retry: {delay: -1}}", "0 to 60"),
        ("workflow: w\nsteps:\n  - {id: a, kind: k, when: {value: 1}}", "exactly one"), ("workflow: w\nsteps:\n  - {id: a, kind: k, when: {value: 1, equals: 1, in: [1]}}", "exactly one"),
        ("workflow: w\ninputs: {x: text}\nsteps:\n  - {id: a, kind: k}", "unknown type"), ("workflow: w\ninputs: {x: {type: string, grade: L9}}\nsteps:\n  - {id: a, kind: k}", "unknown grade"),
        ("workflow: [w\n", "not YAML"),
    ])
    func malformedDefinitionsAreRefusedWithThePlace(yaml: String, word: String) {
        #expect { try WorkflowDefinition(yaml: yaml) } throws: { error in
            let fault = error as? Fault
            return fault?.code == .workflowDefinition && fault?.message.contains(word) == true && fault?.remedy != nil
        }
    }

    @Test func sizeAndStepsAreBounded() {
        let steps = (0...WorkflowDefinition.stepCountMax).map { "  - {id: s\($0), kind: k}\n" }.joined()
        #expect { try WorkflowDefinition(yaml: "workflow: w\nsteps:\n" + steps) } throws: { ($0 as? Fault)?.message.contains("limit is 1000") == true }
        let long = "workflow: w\n#" + String(repeating: "x", count: WorkflowDefinition.byteCountMax)
        #expect { try WorkflowDefinition(yaml: long) } throws: { ($0 as? Fault)?.message.contains("bytes") == true }
    }

    /// The "billion laughs": 9 levels of 9 aliases each would be 3.9 × 10^8 nodes.
    @Test func aliasesCannotExplode() {
        var yaml = "workflow: w\na0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        for level in 1..<9 { yaml += "a\(level): &a\(level) [\((0..<9).map { _ in "*a\(level - 1)" }.joined(separator: ","))]\n" }
        yaml += "steps:\n  - {id: a, kind: k}\n"
        #expect { try WorkflowDefinition(yaml: yaml) } throws: { ($0 as? Fault)?.code == .workflowDefinition }
    }

    @Test func pausesDoubleUpToAMinute() {
        let retry = WorkflowDefinition.RetryPolicy(attempts: 20, delay: 2)
        #expect((1...7).map(retry.pause) == [2, 4, 8, 16, 32, 60, 60])
    }

    @Test(arguments: 0..<100)
    func stepsAreOrderedByWhatTheyNeed(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let ids = (0..<8).map { "s\($0)" }.shuffled(using: &random)
        // Needs point to steps earlier in `ids`, so there is an order; the definition lists them shuffled.
        var lines: [String] = []
        for (index, id) in ids.enumerated() {
            let needs = ids[..<index].filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
            lines.append("  - {id: \(id), kind: k, after: [\(needs.joined(separator: ", "))]}\n")
        }
        let definition = try WorkflowDefinition(yaml: "workflow: w\nsteps:\n" + lines.shuffled(using: &random).joined())
        let order = try #require(definition.order).map { definition.steps[$0] }
        for (position, step) in order.enumerated() {
            #expect(step.after.allSatisfy { need in order[..<position].contains { $0.id == need } })
        }
    }
}
