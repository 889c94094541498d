import Core
import Labels

/// A workflow as a picture: steps in layers from what they need, the steps inside a step in a box of their own, edges for values and for order.
///
/// ```swift
/// let svg = WorkflowGraph(run.definition, steps: run.steps, tallies: run.tallies).svg()
/// ```
/// How steps are placed is ``GraphLayout``'s. Of a run each step has the color of where it stands; one that runs many times says how many times it stands where.
public struct WorkflowGraph: Sendable {
    let name: String
    let body: GraphBody
    private let layout: GraphLayout

    /// - Parameters:
    ///   - steps: Where the steps of a run stand; none shows the definition alone.
    ///   - tallies: How often each step stands where; without it only steps that are in `steps` by their own names have a state.
    public init(_ definition: WorkflowDefinition, steps: [StepRecord] = [], tallies: [String: StepTally] = [:]) {
        var (tallies, grades) = (tallies, [String: Grade]())
        for record in steps {
            let shape = RunState.shape(of: record.id)
            if tallies[shape] == nil { tallies[shape] = StepTally(counts: [record.status: 1]) }
            if let grade = record.label?.grade { grades[shape] = max(grades[shape] ?? grade, grade) }
        }
        let input = GraphBody.Node(id: Reference.input, kind: definition.inputs.keys.sorted().joined(separator: ", "), grade: definition.inputs.values.map(\.grade).max()?.description)
        var left = GraphBody.nodeCountMax
        body = GraphBody(definition.steps, input: input, in: definition, prefix: "", tallies: tallies, grades: grades, left: &left)
        name = definition.name
        layout = GraphLayout(body)
    }

    /// The picture: one `svg` element that stands alone or in a page, whose text color it takes.
    /// - Parameter statusName: What a status of a step is called; itself by default.
    public func svg(statusName: (String) -> String = { $0 }) -> String {
        let margin = GraphLayout.margin, width = margin * 2 + layout.width, height = margin * 2 + layout.height
        var out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" width=\"\(Self.number(width))\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">"
        out += "<title>\(Self.escaped(name))</title>"
        draw(layout, x: margin - layout.left, y: margin, statusName: statusName, to: &out)
        return out + "</svg>"
    }

    /// - Parameters x, y: where the middle and the top of the body are.
    private func draw(_ layout: GraphLayout, x originX: Double, y originY: Double, statusName: (String) -> String, to out: inout String) {
        func x(_ item: GraphLayout.Item) -> Double { originX + (layout.places[item] ?? 0) }
        func top(_ layer: Int) -> Double { originY + layout.tops[layer] }
        /// The lower edge of a box, or of the layer that a lane passes.
        func bottom(_ item: GraphLayout.Item, _ layer: Int) -> Double { if case .node(let node) = item { top(layer) + layout.height(of: node) } else { top(layer) + layout.heights[layer] } }
        func line(_ from: GraphLayout.Item, _ fromLayer: Int, _ to: GraphLayout.Item, _ toLayer: Int, _ how: GraphBody.Edge, _ tail: String = "") {
            let (x1, y1, x2, y2) = (x(from), bottom(from, fromLayer), x(to), top(toLayer)), bend = max(GraphLayout.gapY / 2, (y2 - y1) / 2)
            out += "<path fill=\"none\" stroke=\"#8a93a3\" stroke-width=\"1.4\"\(Self.dashes(of: how)) d=\"M\(Self.number(x1)) \(Self.number(y1))C\(Self.number(x1)) \(Self.number(y1 + bend)) \(Self.number(x2)) \(Self.number(y2 - bend)) \(Self.number(x2)) \(Self.number(y2))\(tail)\"/>"
        }
        for (lane, how) in layout.lanes.sorted(by: { $0.key.rank < $1.key.rank }) {
            let (layer, from) = lane.rank
            line(layout.above(from, layer), layer - 1, lane, layer, how, "V\(Self.number(top(layer) + layout.heights[layer]))")
        }
        for edge in layout.body.edges {
            let from = layout.above(edge.from, layout.layers[edge.to])
            line(from, from == .node(edge.from) ? layout.layers[edge.from] : layout.layers[edge.to] - 1, .node(edge.to), layout.layers[edge.to], edge.how)
        }
        for (number, node) in layout.body.nodes.enumerated() {
            let (width, height) = (layout.width(of: number), layout.height(of: number)), left = x(.node(number)) - width / 2, top = top(layout.layers[number])
            let note = [node.kind, Self.state(of: node.tally, statusName), node.grade].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
            out += "<g><title>\(Self.escaped(node.id + (note.isEmpty ? "" : ": " + note)))</title><rect fill=\"none\" \(Self.stroke(of: node.tally?.status)) x=\"\(Self.number(left))\" y=\"\(Self.number(top))\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" rx=\"8\"/>"
            let room = Int((width - 20) / 6.7)
            out += "<text fill=\"currentColor\" x=\"\(Self.number(left + 12))\" y=\"\(Self.number(top + 19))\">\(Self.escaped(Self.short(node.id, room)))</text>"
            out += "<text fill=\"currentColor\" font-size=\"11\" opacity=\"0.7\" x=\"\(Self.number(left + 12))\" y=\"\(Self.number(top + 36))\">\(Self.escaped(Self.short(note, room * 7 / 6)))</text></g>"
            var place = left + GraphLayout.padding
            // Bodies stand side by side, in the middle of their box when it is wider than they need.
            let used = layout.inner[number].reduce(GraphLayout.padding) { $0 + max($1.width, 60) + GraphLayout.padding }
            place += max(0, (width - used) / 2)
            for (group, inner) in zip(node.groups, layout.inner[number]) {
                let room = max(inner.width, 60), y = top + GraphLayout.boxHeight
                out += "<text fill=\"currentColor\" font-size=\"11\" opacity=\"0.7\" x=\"\(Self.number(place))\" y=\"\(Self.number(y + 8))\">\(Self.escaped(Self.short(group.title, Int(room / 6))))</text>"
                draw(inner, x: place - inner.left + (room - inner.width) / 2, y: y + GraphLayout.titleHeight, statusName: statusName, to: &out)
                place += room + GraphLayout.padding
            }
        }
    }

    /// `done`, or of a step that runs many times `980 done, 20 failed`: what is most to be seen first.
    static func state(of tally: StepTally?, _ statusName: (String) -> String) -> String? {
        guard let tally, let first = tally.status else { return nil }
        guard tally.total > 1 else { return statusName(first) }
        let counts = tally.counts.filter { $0.value > 0 }.sorted { ($0.key == first ? 0 : 1, -$0.value, $0.key) < ($1.key == first ? 0 : 1, -$1.value, $1.key) }
        return counts.prefix(3).map { "\($0.value) \(statusName($0.key))" }.joined(separator: ", ")
    }

    private static func dashes(of edge: GraphBody.Edge) -> String {
        switch edge {
        case .value: ""
        case .condition: " stroke-dasharray=\"5 4\""
        case .order: " stroke-dasharray=\"1 4\""
        }
    }

    /// Attributes and no style sheet: pages that embed the picture forbid styles from within, and two pictures on one page would share them.
    private static func stroke(of status: String?) -> String {
        switch status {
        case "done": "stroke=\"#2f9e6e\" stroke-width=\"2\""
        case "kept": "stroke=\"#5b7fb8\" stroke-width=\"2\""
        case "failed", "undo-failed": "stroke=\"#cc4b4b\" stroke-width=\"2.4\""
        case "waiting", "sleeping", "started": "stroke=\"#c98a1b\" stroke-width=\"2.4\""
        case "opened": "stroke=\"#c98a1b\" stroke-width=\"1.4\""
        case "skipped": "stroke=\"#8a93a3\" stroke-dasharray=\"4 3\" opacity=\"0.6\""
        default: "stroke=\"#8a93a3\""
        }
    }

    private static func number(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\((value * 10).rounded() / 10)" }

    /// What fits into a box: ideographs are twice as wide.
    private static func short(_ text: String, _ room: Int) -> String {
        var (width, kept) = (0, "")
        for character in text {
            width += (character.unicodeScalars.first?.value ?? 0) < 0x2E80 ? 1 : 2
            if width > room { return kept + "…" }
            kept.append(character)
        }
        return kept
    }

    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { out, character in
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.append(character)
            }
        }
    }
}
