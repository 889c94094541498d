import Core
import Foundation
import Labels
import Support
import Testing

@testable import Workflows

/// Definitions built in Swift are those written in YAML, and back.
@Suite struct WorkflowBuilderTests {
    @Test func whatIsBuiltIsWhatIsWritten() throws {
        let built = try WorkflowDefinition("everything", version: 3, parallel: 8, priority: 2) {
            let letters = Input("letters", .array, upTo: .level4), kind = Input("kind", .string)
            letters
            kind
            let one = Workflow("clean-one") {
                let text = Input("text", .string, upTo: .level4)
                text
                let mask = Step("mask", kind: "protect", ["text": text.value])
                mask
                Output("text", mask.text)
            }
            one
            let each = Step.map("each", over: letters.value, parallel: 2) { each in
                let sub = Step.call("sub", one, ["text": each.item])
                sub
                Gives(sub.text)
            }
            each
            let refine = Step.loop("refine", from: "draft", max: 5, until: { _ in (StepValue("judge", "ok"), .equals(true)) }) { refine in
                let judge = Step("judge", kind: "judge", ["text": refine.value])
                judge
                let improve = Step("improve", kind: "improve", ["text": judge.text, "round": refine.index])
                improve
                Gives(improve.text)
            }
            refine
            let route = Step.choose("route", by: kind.value, cases: [
                Step.Case("complaint", "praise") { Step("answer", kind: "model", ["prompt": "Answer."]) },
            ]) { Gives("") }
            route
            Step.transform("numbers", ["rows": each.results], set: ["count": "length(rows)"])
            for place in 1...2 { Step("copy-\(place)", kind: "copy", ["a": ["x": each.results, "y": [1, 2.5, true]]]).when(each.count, .greaterThan(0)).retry(attempts: 3, delay: 0.5) }
            Step("pay", kind: "http", ["url": "https://x"]).timeout(30).undo(kind: "http", ["url": "https://y"]).after(refine, route)
            Output("all", each["results"])
        }
        let written = try WorkflowDefinition(yaml: """
            workflow: everything
            version: 3
            parallel: 8
            priority: 2
            inputs: {letters: {type: array, grade: L4}, kind: string}
            outputs: {all: "${each.results}"}
            workflows:
              clean-one:
                inputs: {text: {type: string, grade: L4}}
                steps: [{id: mask, kind: protect, with: {text: "${input.text}"}}]
                outputs: {text: "${mask.text}"}
            steps:
              - {id: each, kind: map, with: {items: "${input.letters}"}, parallel: 2, steps: [{id: sub, kind: call, workflow: clean-one, with: {text: "${each.item}"}}], gives: "${sub.text}"}
              - id: refine
                kind: loop
                with: {value: draft}
                max: 5
                until: {value: "${judge.ok}", equals: true}
                steps: [{id: judge, kind: judge, with: {text: "${refine.value}"}}, {id: improve, kind: improve, with: {text: "${judge.text}", round: "${refine.index}"}}]
                gives: "${improve.text}"
              - {id: route, kind: switch, with: {value: "${input.kind}"}, cases: [{in: [complaint, praise], steps: [{id: answer, kind: model, with: {prompt: "Answer."}}]}], otherwise: {gives: ""}}
              - {id: numbers, kind: transform, with: {rows: "${each.results}"}, set: {count: "length(rows)"}}
              - {id: copy-1, kind: copy, with: {a: {x: "${each.results}", y: [1, 2.5, true]}}, when: {value: "${each.count}", greaterThan: 0}, retry: {attempts: 3, delay: 0.5}}
              - {id: copy-2, kind: copy, with: {a: {x: "${each.results}", y: [1, 2.5, true]}}, when: {value: "${each.count}", greaterThan: 0}, retry: {attempts: 3, delay: 0.5}}
              - {id: pay, kind: http, with: {url: "https://x"}, timeout: 30, undo: {kind: http, with: {url: "https://y"}}, after: [refine, route]}
            """)
        #expect(built.says(sameAs: written))
        for definition in [built, written] { #expect(try WorkflowDefinition(yaml: definition.rewritten).says(sameAs: definition)) }
    }

    /// The checker finds in a built definition what it finds in a written one.
    @Test func theSameChecksHold() throws {
        let leaking = try WorkflowDefinition("leak") {
            let name = Input("name", .string, upTo: .level4)
            name
            Step("shout", kind: "public-copy", ["text": name.value])
        }
        let kinds: [any StepKind] = [ScriptedStep("public-copy", inputs: ["text": .init(.string)], outputs: [:], clearance: Clearance(upTo: .level1))]
        let findings = WorkflowChecker(kinds: kinds).check(leaking)
        #expect(findings.contains { $0.severity == .error && $0.message.contains("input.name (L4)") })
    }

    @Test func mistakesAreNamed() throws {
        func fails(_ message: String, @WorkflowBuilder _ parts: () throws -> [any WorkflowPart]) {
            do {
                _ = try WorkflowDefinition("x", parts)
                Issue.record("taken: \(message)")
            } catch { #expect((error as? Fault)?.message.contains(message) == true, "\((error as? Fault)?.message ?? "")") }
        }
        fails("there twice") { Input("a", .string); Input("a", .number); Step("s", kind: "copy") }
        fails("outputs") { Step("s", kind: "copy"); Gives("x") }
        fails("stand outside") { Step.map("m", over: []) { _ in Input("a", .string); Step("s", kind: "copy") } }
        fails("steps") { Input("a", .string) }
        fails("one value") { Step.map("m", over: []) { _ in Step("s", kind: "copy"); Gives("x"); Gives("y") } }
    }

    /// Texts that YAML would read as something else, and the definitions of the demonstrations, come back as they were.
    @Test func rewritingKeepsEveryValue() throws {
        let values: [JSONValue] = [
            "yes", "no", "on", "null", "~", "1", "1.0", "0x1F", "1e3", "", " ", "a: b", "# x", "- x", "${", "line\nbreak", "tab\t", "\u{85}\u{2028}\u{7F}\u{FEFF}", "中文 \"quoted\" \\ 😀", "2024-01-01", "!tag", "&a", "*a", "{", "]", "%", "@", "`", 0, -1, 1.5, 1e-7, 1e30, -2.5e-12, 100_000_000, true, nil, [],
            [[], [1, ["a"]]],
        ]
        for value in values where value.string?.hasPrefix("${") != true {
            let definition = try WorkflowDefinition("v") { Step("s", kind: "copy", ["a": StepValue(value), "b": StepValue(["k: x": value, "yes": [value]])]) }
            #expect(definition.steps[0].with["a"]?.json == value, "\(value.text)")
            #expect(definition.steps[0].with["b"]?.json == ["k: x": value, "yes": [value]], "\(value.text)")
            #expect(try WorkflowDefinition(yaml: definition.rewritten).says(sameAs: definition))
        }
        var count = 0
        for folder in ["Demos", "Sources/House/Demonstrations", "Benchmarks/workflows"] {
            for file in FileManager.default.enumerator(atPath: Repository.path(folder))?.compactMap({ $0 as? String }) ?? [] where file.hasSuffix(".yaml") {
                guard let text = FileManager.default.contents(atPath: Repository.path("\(folder)/\(file)")).map({ String(decoding: $0, as: UTF8.self) }), text.contains("\nsteps:") || text.contains("workflow:"),
                    let definition = try? WorkflowDefinition(yaml: text)
                else { continue }
                count += 1
                #expect(try WorkflowDefinition(yaml: definition.rewritten).says(sameAs: definition), "\(file)")
            }
        }
        #expect(count >= 5)
    }

    @Test func boundsOutliveARewriting() throws {
        let definition = try WorkflowDefinition(yaml: "workflow: b\nbudget: {tokens: 9, attempts: 3}\nsteps: [{id: s, kind: copy, heartbeat: 5}]")
        let again = try WorkflowDefinition(yaml: definition.rewritten)
        #expect(again.budget == definition.budget && again.steps == definition.steps && again.says(sameAs: definition))
    }
}
