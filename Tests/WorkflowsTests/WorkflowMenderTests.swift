import Core
import Labels
import Support
import Testing

@testable import Workflows

@Suite struct WorkflowMenderTests {
    /// Masks texts and lists of objects.
    static let protect = ScriptedStep("protect", inputs: ["text": .init(.string, isRequired: false), "records": .init(.array, isRequired: false)], outputs: ["text": .string, "records": .array], rule: .lowers(to: .level2))
    static let send = ScriptedStep("send", inputs: ["text": .init(.any), "more": .init(.any, isRequired: false)], clearance: Clearance(upTo: .level2))
    static let kinds: [any StepKind] = [protect, send] + Kinds.all
    private let mender = WorkflowMender(checker: WorkflowChecker(kinds: kinds))

    private func patch(_ steps: String, inputs: String = "text: {type: string, grade: L3}") throws -> WorkflowPatch {
        try mender.patch("workflow: w\ninputs:\n  \(inputs)\nsteps:\n\(steps)\n")
    }

    @Test func aTextIsProtectedRightBeforeTheStepThatTakesIt() throws {
        let patch = try patch("  # The news of the day.\n  - id: out # to everybody\n    kind: public\n    with:\n      text: \"${input.text}\"   # as it is")
        #expect(patch.remaining.isEmpty)
        #expect(patch.yaml.hasSuffix(
            "steps:\n  - {id: mask-input-text, kind: mask, with: {text: \"${input.text}\"}}\n  # The news of the day.\n  - id: out # to everybody\n    kind: public\n    with:\n      text: \"${mask-input-text.text}\"   # as it is\n"))
    }

    @Test func stepsThatTakeTheSameValueShareOneProtection() throws {
        let patch = try patch("  - {id: a, kind: public, with: {text: '${input.text}'}}\n  - {id: b, kind: public, with: {text: '${input.text}'}}")
        #expect(patch.remaining.isEmpty && patch.changes.map(\.step) == ["a", "b"])
        #expect(patch.yaml.split(separator: "kind: mask", omittingEmptySubsequences: false).count == 2)
    }

    @Test func whatIsNoTextIsCarriedInARecord() throws {
        let patch = try patch("  - {id: a, kind: send, with: {text: \"${input.text}\"}}", inputs: "text: {type: object, grade: L4}")
        #expect(patch.remaining.isEmpty)
        #expect(patch.yaml.contains("with: {records: [{value: \"${input.text}\"}]}") && patch.yaml.contains("first(protected).value"))
    }

    @Test func listsInBracketsAndStepsInsideStepsAreMendedWhereTheyStand() throws {
        let patch = try patch(
            "  - {id: each, kind: map, with: {items: \"${input.text}\"}, steps: [{id: a, kind: send, with: {text: [\"${each.item}\", \"${each.item}\"]}}], gives: \"${a.text}\"}", inputs: "text: {type: array, grade: L3}")
        #expect(patch.remaining.isEmpty)
        #expect(patch.yaml.contains("[\"${protect-each-item-value.value}\", \"${protect-each-item-value.value}\"]"))
    }

    @Test(arguments: ["equals: x", "notEquals: x", "in: [x, y]", "greaterThan: 3", "lessThan: -2.5"])
    func aConditionLooksAtItsProtectedVerdict(test: String) throws {
        let patch = try patch("  - {id: out, kind: public, with: {text: hello}, when: {value: \"${input.text}\", \(test)}}", inputs: "text: {type: any, grade: L3}")
        #expect(patch.remaining.isEmpty && patch.yaml.contains(test))
    }

    /// Against brute force: the value that stands in for the verdict passes the test exactly when the value itself does.
    @Test func theVerdictDecidesAsTheValueDid() throws {
        let values: [JSONValue] = ["x", "y", "", 3, 3.5, 4, -3, true, false, .null, [1], ["a": 1], "4"]
        let tests: [Condition.Test] = [.equals("x"), .equals(3), .equals(.null), .notEquals("x"), .notEquals(.null), .isOne(of: ["x", 4, false]), .greaterThan(3), .greaterThan(-3), .lessThan(3.5), .lessThan(0)]
        for test in tests {
            let verdict = try #require(Verdict(test)), (yes, no) = (verdict.yes, verdict.no)
            let expression = try Expression(verdict.holds, names: ["value"]), (word, back) = (try Expression(verdict.word, names: ["value"]), try Expression(verdict.value(of: "told"), names: ["told"]))
            func passes(_ value: JSONValue) -> Bool { Condition(value: .literal(value), test: test).holds { _ in nil } }
            #expect(passes(yes) && !passes(no))
            for value in values where !(value == "4" && verdict.holds.contains("number")) {
                #expect(try expression.value(["value": value]) == .bool(passes(value)), "\(test) of \(value.text)")
                // Through the word and back, as definitions are mended; and by the word alone, as plans are.
                let told = try word.value(["value": value])
                #expect(passes(try back.value(["told": told])) == passes(value) && (told == .string(Verdict.yesWord)) == passes(value))
            }
        }
    }

    @Test func whatAChoiceAroundAStepTellsIsLeftToAPerson() throws {
        let patch = try patch("  - id: route\n    kind: switch\n    with: {value: \"${input.text}\"}\n    cases:\n      - equals: x\n        steps:\n          - {id: out, kind: public, with: {text: hello}}")
        #expect(patch.changes.isEmpty && patch.yaml == patch.original && patch.difference(name: "w").isEmpty)
        #expect(patch.remaining.map(\.code) == ["workflow.leak"])
    }

    @Test func anInputOfACalledWorkflowIsProtectedByItsCaller() throws {
        let patch = try mender.patch(
            """
            workflow: w
            inputs: {text: {type: string, grade: L3}}
            workflows:
              tell: {inputs: {text: {type: string, grade: L2}}, steps: [{id: out, kind: public, with: {text: "${input.text}"}}]}
            steps:
              - {id: sub, kind: call, workflow: tell, with: {text: "${input.text}"}}
            """)
        #expect(patch.remaining.isEmpty && patch.yaml.contains("with: {text: \"${mask-input-text.text}\"}}"))
    }

    @Test func anUndoIsMendedToo() throws {
        let patch = try patch("  - id: a\n    kind: copy\n    with: {text: x}\n    undo:\n      kind: public\n      with:\n        text: ${input.text}")
        #expect(patch.remaining.isEmpty && patch.yaml.contains("text: ${mask-input-text.text}"))
    }

    @Test func carriageReturnsAndOtherScriptsStayAsTheyAre() throws {
        let patch = try mender.patch("workflow: 通知\r\ninputs: {正文: {type: string, grade: L3}}\r\nsteps:\r\n  - id: out\r\n    kind: public\r\n    with: {text: \"${input.正文}\"} # 发出\r\n")
        #expect(patch.remaining.isEmpty && patch.yaml.hasSuffix("\r\n  - {id: mask-input---, kind: mask, with: {text: \"${input.正文}\"}}\r\n  - id: out\r\n    kind: public\r\n    with: {text: \"${mask-input---.text}\"} # 发出\r\n"))
    }

    /// On random graphs the proposal is never worse: no error that was not there, no more leaks; and what is left has a cause that is not the step itself.
    @Test(arguments: 0..<200)
    func aProposalIsNeverWorse(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var yaml = "workflow: w\ninputs:\n  text: {type: string, grade: L\(Int.random(in: 2...4, using: &random))}\nsteps:\n"
        for index in 0..<Int.random(in: 2...9, using: &random) {
            let source = index == 0 || Bool.random(using: &random) ? "input.text" : "s\(Int.random(in: 0..<index, using: &random)).text"
            let when = index > 0 && Int.random(in: 0..<5, using: &random) == 0 ? ", when: {value: \"${s\(Int.random(in: 0..<index, using: &random)).text}\", equals: x}" : ""
            yaml += "  - {id: s\(index), kind: \(["copy", "public", "enrich"].randomElement(using: &random) ?? "copy"), with: {text: \"${\(source)}\"}\(when)}\n"
        }
        let before = mender.checker.flows(in: try WorkflowDefinition(yaml: yaml)).leaks
        let patch = try mender.patch(yaml), after = mender.checker.flows(in: try WorkflowDefinition(yaml: patch.yaml)).leaks
        #expect(patch.remaining.allSatisfy { $0.code == "workflow.leak" })
        #expect(after.allSatisfy { $0.control == .elsewhere } && after.count <= before.count)
    }

    @Test func aDifferenceReadsAsDiffWritesIt() {
        let old = (1...20).map { "line \($0)" }.joined(separator: "\n"), new = old.replacing("line 10", with: "ten\neleven")
        #expect(LineDifference(old, new).unified(name: "f") == "--- f\n+++ f\n@@ -7,7 +7,8 @@\n line 7\n line 8\n line 9\n-line 10\n+ten\n+eleven\n line 11\n line 12\n line 13\n")
    }
}
