import Core
import Labels
import Testing

@testable import Workflows

@Suite struct WorkflowCheckerTests {
    private func check(_ steps: String, inputs: String = "text: {type: string, grade: L3}") throws -> [Diagnostic] {
        let yaml = "workflow: w\ninputs:\n  \(inputs)\nsteps:\n" + steps.split(separator: "\n").map { "  - {\($0)}\n" }.joined()
        return WorkflowChecker(kinds: Kinds.all).check(try WorkflowDefinition(yaml: yaml))
    }

    @Test func aSoundWorkflowHasNothingToReport() throws {
        #expect(try check("id: m, kind: mask, with: {text: \"${input.text}\"}\nid: p, kind: public, with: {text: \"${m.text}\"}").isEmpty)
    }

    @Test func aDirectLeakIsRefusedWithItsPathAndRemedy() throws {
        let found = try check("id: p, kind: public, with: {text: \"${input.text}\"}")
        #expect(found.map(\.code) == ["workflow.leak"])
        #expect(found[0].message.contains("input.text (L3) -> p (public, clearance up to L2)"))
        #expect(found[0].message.contains("mask"))
    }

    @Test func aLeakThroughOtherStepsShowsThemAll() throws {
        let found = try check("id: a, kind: copy, with: {text: \"${input.text}\"}\nid: b, kind: copy, with: {text: \"${a.text}\"}\nid: p, kind: public, with: {text: \"${b.text}\"}")
        #expect(found.map(\.code) == ["workflow.leak"])
        #expect(found[0].message.contains("input.text (L3) -> a (L3) -> b (L3) -> p"))
    }

    @Test func aRaisedGradeLeaksEvenFromHarmlessInput() throws {
        let found = try check("id: e, kind: enrich, with: {text: \"${input.text}\"}\nid: p, kind: public, with: {text: \"${e.text}\"}", inputs: "text: {type: string, grade: L1}")
        #expect(found.map(\.code) == ["workflow.leak"])
    }

    /// Whether a step ran tells something of the value that decided it.
    @Test func aConditionIsAFlow() throws {
        let found = try check(
            "id: m, kind: mask, with: {text: \"${input.text}\"}\nid: p, kind: public, with: {text: \"${m.text}\"}, when: {value: \"${input.text}\", equals: x}")
        #expect(found.map(\.code) == ["workflow.leak"])
    }

    @Test func aReferenceDeepInsideAnObjectIsAFlow() throws {
        let kind = ScriptedStep("open", inputs: ["body": .init(.object)], clearance: Clearance(upTo: .level1))
        let definition = try WorkflowDefinition(
            yaml: "workflow: w\ninputs: {text: {type: string, grade: L2}}\nsteps:\n  - {id: o, kind: open, with: {body: {a: [{b: \"${input.text}\"}]}}}")
        #expect(WorkflowChecker(kinds: [kind]).check(definition).map(\.code) == ["workflow.leak"])
    }

    @Test(arguments: [
        ("id: a, kind: nothing, with: {text: x}", "workflow.kind"), ("id: a, kind: copy, with: {text: \"${b.text}\"}", "workflow.reference"),
        ("id: a, kind: copy, with: {text: \"${input.other}\"}", "workflow.reference"), ("id: a, kind: copy, with: {text: x}, after: [zzz]", "workflow.reference"),
        ("id: a, kind: copy, with: {text: x}\nid: a, kind: copy, with: {text: x}", "workflow.duplicate"), ("id: a, kind: copy, with: {text: 5}", "workflow.type"),
        ("id: a, kind: copy", "workflow.type"), ("id: a, kind: copy, with: {text: x, more: y}", "workflow.type"),
        ("id: n, kind: number, with: {text: x}\nid: a, kind: copy, with: {text: \"${n.value}\"}", "workflow.type"),
        ("id: a, kind: copy, with: {text: \"${b.text}\"}\nid: b, kind: copy, with: {text: \"${a.text}\"}", "workflow.cycle"),
        ("id: a, kind: copy, with: {text: \"${a.text}\"}", "workflow.cycle"),
    ])
    func structuralErrorsAreFound(steps: String, code: String) throws {
        let errors = try check(steps).filter { $0.severity == .error }
        #expect(!errors.isEmpty && errors.allSatisfy { $0.code == code })
    }

    @Test func aCycleIsNamedStepByStep() throws {
        let found = try check("id: a, kind: copy, with: {text: \"${c.text}\"}\nid: b, kind: copy, with: {text: \"${a.text}\"}\nid: c, kind: copy, with: {text: \"${b.text}\"}")
        #expect(found.map(\.message) == ["steps need each other: a -> c -> b -> a"])
    }

    @Test func anUnusedInputIsAWarningOnly() throws {
        #expect(try check("id: a, kind: copy, with: {text: x}").map(\.severity) == [.warning])
    }

    /// Soundness against brute force: along random graphs, the checker refuses exactly when pushing the declared grades through reaches a step too high.
    @Test(arguments: 0..<300)
    func agreesWithBruteForceOnRandomGraphs(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let kinds = ["copy", "public", "mask", "enrich"]
        var yaml = "workflow: w\ninputs:\n  text: {type: string, grade: L\(Int.random(in: 1...4, using: &random))}\nsteps:\n"
        var chosen: [(kind: String, source: Int?)] = []
        for index in 0..<Int.random(in: 1...8, using: &random) {
            let kind = kinds.randomElement(using: &random) ?? "copy"
            let source = index == 0 ? nil : Int.random(in: -1..<index, using: &random)
            let from = source.flatMap { $0 < 0 ? nil : $0 }
            chosen.append((kind, from))
            yaml += "  - {id: s\(index), kind: \(kind), with: {text: \"${\(from.map { "s\($0).text" } ?? "input.text")}\"}}\n"
        }
        let definition = try WorkflowDefinition(yaml: yaml)
        let declared = try #require(definition.inputs["text"]?.grade)
        func grade(_ index: Int) -> Grade {
            let incoming = chosen[index].source.map(grade) ?? declared
            return chosen[index].kind == "mask" ? min(incoming, .level2) : chosen[index].kind == "enrich" ? max(incoming, .level4) : incoming
        }
        let leaking = chosen.indices.filter { chosen[$0].kind == "public" && (chosen[$0].source.map(grade) ?? declared) > .level2 }
        let found = WorkflowChecker(kinds: Kinds.all).check(definition).filter { $0.code == "workflow.leak" }.compactMap(\.place)
        #expect(Set(found) == Set(leaking.map { "step s\($0)" }))
    }

    @Test func howManyElementsAnArrayInAnArrayHasIsAFlow() throws {
        let t = "id: t, kind: transform, with: {x: \"${input.text}\"}, set: {rows: \"x == 'a' ? [1] : []\"}"
        for items in ["[\"${t.rows}\"]", "[{rows: \"${t.rows}\"}]"] {
            let found = try check(t + "\nid: outer, kind: map, with: {items: \(items)}, steps: [{id: inner, kind: map, with: {items: \"${outer.item}\"}, steps: [{id: tell, kind: public, with: {text: hit}}]}]")
            #expect(found.map(\.code) == ["workflow.leak"])
        }
    }
}
