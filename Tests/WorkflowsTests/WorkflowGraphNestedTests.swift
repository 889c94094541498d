import Core
import Labels
import Store
import Support
import Testing

@testable import Workflows

/// Boxes in boxes.
@Suite struct WorkflowGraphNestedTests {
    static let yaml = """
        workflow: nested
        inputs: {rows: {type: array}, how: {type: string}}
        workflows:
          clean: {inputs: {x: {type: string, grade: L4}}, steps: [{id: mask, kind: mask, with: {text: "${input.x}"}}], outputs: {text: "${mask.text}"}}
        steps:
          - id: each
            kind: map
            with: {items: "${input.rows}"}
            steps:
              - {id: one, kind: copy, with: {text: "${each.item}"}}
              - {id: two, kind: call, workflow: clean, with: {x: "${one.text}"}}
            gives: "${two.text}"
          - id: route
            kind: switch
            with: {value: "${input.how}"}
            cases:
              - {equals: short, steps: [{id: brief, kind: copy, with: {text: x}}]}
              - {in: [long, longer], steps: [{id: whole, kind: copy, with: {text: x}}, {id: proof, kind: copy, with: {text: "${whole.text}"}}]}
            otherwise: {steps: [{id: none, kind: copy, with: {text: x}}]}
          - {id: end, kind: copy, with: {text: x}, after: [each, route]}
        """

    /// A rectangle of a picture.
    struct Box {
        let x, y, width, height: Double
        func contains(_ other: Box) -> Bool { x <= other.x && y <= other.y && x + width >= other.x + other.width && y + height >= other.y + other.height }
        func touches(_ other: Box) -> Bool { x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height }
    }

    static func boxes(of svg: String) -> [String: Box] {
        var boxes: [String: Box] = [:]
        for group in svg.split(separator: "<g><title>").dropFirst() {
            let name = group.prefix { $0 != ":" && $0 != "<" }
            func number(_ attribute: String) -> Double { group.split(separator: " \(attribute)=\"", maxSplits: 1).dropFirst().first.flatMap { Double($0.prefix { $0 != "\"" }) } ?? -1 }
            boxes[String(name)] = Box(x: number("x"), y: number("y"), width: number("width"), height: number("height"))
        }
        return boxes
    }

    @Test func innerStepsStandInTheirStepsAndNoTwoBoxesOverlap() throws {
        let svg = WorkflowGraph(try WorkflowDefinition(yaml: Self.yaml)).svg(), boxes = Self.boxes(of: svg)
        #expect(boxes.count == 11)
        let inside = ["one": "each", "two": "each", "mask": "two", "brief": "route", "whole": "route", "proof": "route", "none": "route"]
        for (inner, outer) in inside { #expect(try #require(boxes[outer]).contains(try #require(boxes[inner])), "\(inner) in \(outer)") }
        func isAround(_ outer: String, _ inner: String) -> Bool { inside[inner].map { $0 == outer || isAround(outer, $0) } ?? false }
        for (first, one) in boxes { for (second, two) in boxes where first != second && !isAround(first, second) && !isAround(second, first) { #expect(!one.touches(two), "\(first) and \(second)") } }
        #expect(svg.contains("= long | longer") && svg.contains("≠") && svg.contains(">clean<"))
        // What inner steps take from outside leads to the box around them.
        #expect(try #require(boxes["proof"]).y > #require(boxes["whole"]).y)
    }

    @Test func randomGraphsKeepTheirBoxesApart() throws {
        var random = SeededRandom(seed: 3)
        for round in 1...60 {
            var (count, lines) = (0, ["workflow: w", "steps:"])
            func steps(_ depth: Int, _ indent: String) {
                for _ in 0..<(1 + Int(random.next() % 4)) {
                    count += 1
                    let id = "s\(count)", after = count > 1 && depth == 0 ? "" : ""
                    if depth < 3, random.next() % 3 == 0 {
                        lines.append("\(indent)- id: \(id)\n\(indent)  kind: map\n\(indent)  with: {items: [1, 2]}\(after)\n\(indent)  steps:")
                        steps(depth + 1, indent + "    ")
                    } else {
                        lines.append("\(indent)- {id: \(id), kind: copy, with: {text: x}}")
                    }
                }
            }
            steps(0, "  ")
            let boxes = Self.boxes(of: WorkflowGraph(try WorkflowDefinition(yaml: lines.joined(separator: "\n"))).svg()).sorted { $0.key < $1.key }
            #expect(boxes.count == count + 1)
            for (index, one) in boxes.enumerated() {
                for two in boxes[(index + 1)...] { #expect(!one.value.touches(two.value) || one.value.contains(two.value) || two.value.contains(one.value), "round \(round): \(one.key), \(two.key)") }
            }
        }
    }

    @Test func aStepThatRunsManyTimesSaysHowOften() async throws {
        let directory = try TemporaryDirectory()
        let store = try Store.open(at: directory.path)
        let odd = ScriptedStep("copy") { input, context in
            guard input.values["text"]?.string != "bad" else { throw Fault(.workflowTimeout, "bad") }
            return .done(output: ["text": input.values["text"] ?? ""])
        }
        let engine = WorkflowEngine(store: store, kinds: Kinds.all + [odd], clock: ManualWallClock(), ids: IdentifierSource())
        let rows = (0..<40).map { JSONValue.string("r\($0)") }
        let run = try await engine.start(try WorkflowDefinition(yaml: Self.yaml), input: Labeled(["rows": .array(rows), "how": "short"], .bottom))
        #expect(try await engine.advance(run) == .completed)
        let detail = try await engine.detail(run), graph = WorkflowGraph(detail.definition, steps: detail.steps, tallies: detail.tallies)
        let svg = graph.svg(statusName: { $0 == "done" ? "完成" : $0 })
        #expect(svg.contains("one: copy · 40 完成") && svg.contains("mask: mask · 40 完成") && svg.contains("brief: copy · 完成"))
        #expect(svg.contains("whole: copy<"), "the case that was not taken has no state")
        let text = graph.text()
        #expect(text.contains("each  map  [done]  L1  <- input") && text.contains("one  copy  [40 done]") && text.contains("end  copy  [done]  L1  <- after each, after route"))
    }

    /// Names of a definition are data: whatever they hold, they stay inside their quotes.
    @Test func textsOfTheGraphAreWhole() throws {
        let graph = WorkflowGraph(try WorkflowDefinition(yaml: Self.yaml.replacing("workflow: nested", with: "workflow: 'a \"quoted\" <name>'").replacing("equals: short", with: "equals: '\"] ; end --> x'")))
        let mermaid = graph.mermaid(), dot = graph.dot()
        #expect(mermaid.ranges(of: "subgraph").count == mermaid.split(separator: "\n").count { $0.trimmingPrefix { $0 == " " } == "end" })
        #expect(!mermaid.contains("\"] ; end"))
        #expect(dot.ranges(of: "{").count == dot.ranges(of: "}").count && dot.contains("digraph \"a \\\"quoted\\\" <name>\"") && dot.contains("lhead=cluster_n1"))
    }
}
