import Labels

/// A workflow as a picture: steps in layers from what they need, edges for values and for order.
///
/// ```swift
/// let svg = WorkflowGraph(definition, steps: run.steps).svg()
/// ```
/// Layers are longest paths (Sugiyama, Tagawa and Toda 1981, step one); within a layer steps stand by the mean place of what they need, the definition's order deciding between equals. Rejected: a layout that minimizes crossings, which for the few
/// branches of real definitions changes nothing and moves everything when a step is added.
public struct WorkflowGraph: Sendable {
    /// How two steps hang together.
    enum Edge: String, Sendable { case value, condition, order }

    private struct Node {
        let id: String
        let kind: String
        var status: String?
        var grade: String?
        var layer = 0
        var place = 0.0
    }

    private let name: String
    private var nodes: [Node]
    private let edges: [(from: Int, to: Int, how: Edge)]

    /// - Parameter steps: Where the steps of a run stand; none shows the definition alone.
    public init(_ definition: WorkflowDefinition, steps: [StepRecord] = []) {
        let records = Dictionary(steps.map { ($0.id, $0) }) { first, _ in first }
        var nodes = [Node(id: Reference.input, kind: definition.inputs.keys.sorted().joined(separator: ", "), grade: definition.inputs.values.map(\.grade).max()?.description)]
        nodes += definition.steps.map { Node(id: $0.id, kind: $0.kind, status: records[$0.id]?.status, grade: records[$0.id]?.label?.grade.description) }
        let index = Dictionary(nodes.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var edges: [(from: Int, to: Int, how: Edge)] = []
        for (place, step) in definition.steps.enumerated() {
            let values = Set(step.with.values.flatMap(\.references).map(\.source)), conditions = Set(step.condition?.value.references.map(\.source) ?? []).subtracting(values)
            for (sources, how) in [(values, Edge.value), (conditions, .condition), (Set(step.after).subtracting(values).subtracting(conditions), .order)] {
                for source in sources.sorted() { if let from = index[source] { edges.append((from, place + 1, how)) } }
            }
        }
        name = definition.name
        self.nodes = nodes
        self.edges = edges
        layOut(definition.order ?? Array(definition.steps.indices))
    }

    /// Gives each step its layer and its place in it; a cycle's steps stand where the definition has them.
    private mutating func layOut(_ order: [Int]) {
        var needs = [[Int]](repeating: [], count: nodes.count)
        for edge in edges { needs[edge.to].append(edge.from) }
        for step in order { nodes[step + 1].layer = (needs[step + 1].map { nodes[$0].layer }.max() ?? 0) + 1 }
        for layer in Set(nodes.map(\.layer)).sorted() {
            let members = nodes.indices.filter { nodes[$0].layer == layer }
            let wanted = members.map { member in needs[member].isEmpty ? 0 : needs[member].reduce(0) { $0 + nodes[$1].place } / Double(needs[member].count) }
            let sorted = zip(members, wanted).sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
            // Centered, so that branches lie on both sides of what they come from.
            for (number, member) in sorted.enumerated() { nodes[member].place = Double(number) - Double(sorted.count - 1) / 2 }
        }
    }

    private static let (boxWidth, boxHeight, gapX, gapY, margin) = (168.0, 46.0, 24.0, 40.0, 20.0)

    /// The picture: one `svg` element that stands alone or in a page, whose text color it takes.
    public func svg() -> String {
        let least = nodes.map(\.place).min() ?? 0, most = nodes.map(\.place).max() ?? 0, layers = (nodes.map(\.layer).max() ?? 0) + 1
        let width = Self.margin * 2 + Self.boxWidth + (most - least) * (Self.boxWidth + Self.gapX)
        let height = Self.margin * 2 + Double(layers) * Self.boxHeight + Double(layers - 1) * Self.gapY
        func x(_ node: Node) -> Double { Self.margin + (node.place - least) * (Self.boxWidth + Self.gapX) }
        func y(_ node: Node) -> Double { Self.margin + Double(node.layer) * (Self.boxHeight + Self.gapY) }
        var out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" width=\"\(Self.number(width))\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">"
        out += "<title>\(Self.escaped(name))</title>"
        for edge in edges {
            let (from, to) = (nodes[edge.from], nodes[edge.to])
            let (x1, y1, x2, y2) = (x(from) + Self.boxWidth / 2, y(from) + Self.boxHeight, x(to) + Self.boxWidth / 2, y(to))
            let bend = max(Self.gapY / 2, (y2 - y1) / 2)
            out += "<path fill=\"none\" stroke=\"#8a93a3\" stroke-width=\"1.4\"\(Self.dashes(of: edge.how)) d=\"M\(Self.number(x1)) \(Self.number(y1))C\(Self.number(x1)) \(Self.number(y1 + bend)) \(Self.number(x2)) \(Self.number(y2 - bend)) \(Self.number(x2)) \(Self.number(y2))\"/>"
        }
        for node in nodes {
            let note = [node.kind, node.status, node.grade].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
            out += "<g><title>\(Self.escaped(node.id + (note.isEmpty ? "" : ": " + note)))</title><rect fill=\"none\" \(Self.stroke(of: node.status)) x=\"\(Self.number(x(node)))\" y=\"\(Self.number(y(node)))\" width=\"\(Self.number(Self.boxWidth))\" height=\"\(Self.number(Self.boxHeight))\" rx=\"8\"/>"
            out += "<text fill=\"currentColor\" x=\"\(Self.number(x(node) + 12))\" y=\"\(Self.number(y(node) + 19))\">\(Self.escaped(Self.short(node.id)))</text>"
            out += "<text fill=\"currentColor\" font-size=\"11\" opacity=\"0.7\" x=\"\(Self.number(x(node) + 12))\" y=\"\(Self.number(y(node) + 36))\">\(Self.escaped(Self.short(note)))</text></g>"
        }
        return out + "</svg>"
    }

    /// The same as a flowchart of Mermaid, for documents.
    public func mermaid() -> String {
        var lines = ["flowchart TD"]
        for (number, node) in nodes.enumerated() { lines.append("  n\(number)[\"\(Self.escaped(node.id))<br/>\(Self.escaped(node.kind))\"]") }
        for edge in edges { lines.append("  n\(edge.from) \(edge.how == .value ? "-->" : edge.how == .condition ? "-. if .->" : "-. after .->") n\(edge.to)") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func dashes(of edge: Edge) -> String {
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
        case "failed": "stroke=\"#cc4b4b\" stroke-width=\"2.4\""
        case "waiting", "sleeping", "started": "stroke=\"#c98a1b\" stroke-width=\"2.4\""
        case "skipped": "stroke=\"#8a93a3\" stroke-dasharray=\"4 3\" opacity=\"0.6\""
        default: "stroke=\"#8a93a3\""
        }
    }

    private static func number(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\((value * 10).rounded() / 10)" }

    /// What fits into a box: ideographs are twice as wide.
    private static func short(_ text: String) -> String {
        var (width, kept) = (0, "")
        for character in text {
            width += (character.unicodeScalars.first?.value ?? 0) < 0x2E80 ? 1 : 2
            if width > 22 { return kept + "…" }
            kept.append(character)
        }
        return kept
    }

    private static func escaped(_ text: String) -> String {
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
