import Labels

/// A workflow as a picture: steps in layers from what they need, edges for values and for order.
///
/// ```swift
/// let svg = WorkflowGraph(definition, steps: run.steps).svg()
/// ```
/// Layers are longest paths, edges that pass a layer have a place in it, and within a layer all stand by the mean place of what they need, the definition's order deciding between equals (after Sugiyama, Tagawa and Toda 1981, with one sweep). Rejected:
/// sweeps until nothing crosses, which for the few branches of real definitions changes little and moves everything when a step is added.
public struct WorkflowGraph: Sendable {
    /// How two steps hang together.
    enum Edge: String, Sendable { case value, condition, order }

    private struct Node {
        let id: String
        let kind: String
        var status: String?
        var grade: String?
        var layer = 0
    }

    private let name: String
    private var nodes: [Node]
    private let edges: [(from: Int, to: Int, how: Edge)]
    /// Middles of what stands in layers, from the picture's middle; and the lanes, by what leads through them.
    private var places: [Item: Double] = [:]
    private var lanes: [Item: Edge] = [:]

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

    /// Lanes of a picture; with more, edges go straight.
    static let laneCountMax = 4_096

    /// What stands in a layer: a step, or an edge that passes on its way from a step to one further down.
    private enum Item: Hashable {
        case node(Int)
        case lane(from: Int, layer: Int)
    }

    /// Steps by layers, a cycle's where the definition has them; edges that pass a layer have lanes in it, one for all that come from one step, so that none crosses a box.
    private mutating func layOut(_ order: [Int]) {
        var needs = [[Int]](repeating: [], count: nodes.count)
        for edge in edges { needs[edge.to].append(edge.from) }
        for step in order { nodes[step + 1].layer = (needs[step + 1].map { nodes[$0].layer }.max() ?? 0) + 1 }
        for edge in edges where nodes[edge.to].layer > nodes[edge.from].layer + 1 {
            for layer in nodes[edge.from].layer + 1..<nodes[edge.to].layer where lanes.count <= Self.laneCountMax { lanes[.lane(from: edge.from, layer: layer)] = stronger(lanes[.lane(from: edge.from, layer: layer)], edge.how) }
        }
        // So many would show nothing, and a graph is drawn for a page.
        if lanes.count > Self.laneCountMax { lanes = [:] }
        var members = [[Item]](repeating: [], count: (nodes.map(\.layer).max() ?? 0) + 1)
        for (number, node) in nodes.enumerated() { members[node.layer].append(.node(number)) }
        for case .lane(let from, let layer) in lanes.keys.sorted(by: { Self.rank($0) < Self.rank($1) }) { members[layer].append(.lane(from: from, layer: layer)) }
        for layer in members.indices {
            let wanted = members[layer].map { item -> Double in
                let above: [Item] = if case .node(let number) = item { needs[number].map { self.above($0, layer) } } else { [self.above(Self.rank(item).from, layer)] }
                return above.isEmpty ? 0 : above.reduce(0) { $0 + (places[$1] ?? 0) } / Double(above.count)
            }
            let sorted = zip(members[layer], wanted).enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
            let width = sorted.reduce(-Self.gapX) { $0 + Self.width(of: $1) + Self.gapX }
            // Centered, so that branches lie on both sides of what they come from.
            var place = -width / 2
            for item in sorted {
                places[item] = place + Self.width(of: item) / 2
                place += Self.width(of: item) + Self.gapX
            }
        }
    }

    /// Where an edge from a step leaves the layer above another.
    private func above(_ from: Int, _ layer: Int) -> Item { nodes[from].layer >= layer - 1 || lanes.isEmpty ? .node(from) : .lane(from: from, layer: layer - 1) }
    private func stronger(_ known: Edge?, _ other: Edge) -> Edge { known == .value || other == .value ? .value : known == .condition || other == .condition ? .condition : .order }
    private static func rank(_ item: Item) -> (layer: Int, from: Int) { if case .lane(let from, let layer) = item { (layer, from) } else { (0, 0) } }
    private static func width(of item: Item) -> Double { if case .node = item { boxWidth } else { 4 } }

    private static let (boxWidth, boxHeight, gapX, gapY, margin) = (168.0, 46.0, 24.0, 40.0, 20.0)

    /// The picture: one `svg` element that stands alone or in a page, whose text color it takes.
    /// - Parameter statusName: What a status of a step is called; itself by default.
    public func svg(statusName: (String) -> String = { $0 }) -> String {
        let least = places.map { $0.value - Self.width(of: $0.key) / 2 }.min() ?? 0, most = places.map { $0.value + Self.width(of: $0.key) / 2 }.max() ?? 0, layers = (nodes.map(\.layer).max() ?? 0) + 1
        let width = Self.margin * 2 + most - least, height = Self.margin * 2 + Double(layers) * Self.boxHeight + Double(layers - 1) * Self.gapY
        func x(_ item: Item) -> Double { Self.margin + (places[item] ?? 0) - least }
        func y(_ layer: Int) -> Double { Self.margin + Double(layer) * (Self.boxHeight + Self.gapY) }
        func line(_ from: Item, _ fromLayer: Int, _ to: Item, _ toLayer: Int, _ how: Edge, _ tail: String = "") -> String {
            let (x1, y1, x2, y2) = (x(from), y(fromLayer) + Self.boxHeight, x(to), y(toLayer)), bend = max(Self.gapY / 2, (y2 - y1) / 2)
            return "<path fill=\"none\" stroke=\"#8a93a3\" stroke-width=\"1.4\"\(Self.dashes(of: how)) d=\"M\(Self.number(x1)) \(Self.number(y1))C\(Self.number(x1)) \(Self.number(y1 + bend)) \(Self.number(x2)) \(Self.number(y2 - bend)) \(Self.number(x2)) \(Self.number(y2))\(tail)\"/>"
        }
        var out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" width=\"\(Self.number(width))\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">"
        out += "<title>\(Self.escaped(name))</title>"
        for (lane, how) in lanes.sorted(by: { Self.rank($0.key) < Self.rank($1.key) }) {
            let (layer, from) = Self.rank(lane)
            out += line(above(from, layer), layer - 1, lane, layer, how, "V\(Self.number(y(layer) + Self.boxHeight))")
        }
        for edge in edges {
            let from = above(edge.from, nodes[edge.to].layer)
            out += line(from, from == .node(edge.from) ? nodes[edge.from].layer : nodes[edge.to].layer - 1, .node(edge.to), nodes[edge.to].layer, edge.how)
        }
        for (number, node) in nodes.enumerated() {
            let note = [node.kind, node.status.map(statusName), node.grade].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · "), left = x(.node(number)) - Self.boxWidth / 2, top = y(node.layer)
            out += "<g><title>\(Self.escaped(node.id + (note.isEmpty ? "" : ": " + note)))</title><rect fill=\"none\" \(Self.stroke(of: node.status)) x=\"\(Self.number(left))\" y=\"\(Self.number(top))\" width=\"\(Self.number(Self.boxWidth))\" height=\"\(Self.number(Self.boxHeight))\" rx=\"8\"/>"
            out += "<text fill=\"currentColor\" x=\"\(Self.number(left + 12))\" y=\"\(Self.number(top + 19))\">\(Self.escaped(Self.short(node.id)))</text>"
            out += "<text fill=\"currentColor\" font-size=\"11\" opacity=\"0.7\" x=\"\(Self.number(left + 12))\" y=\"\(Self.number(top + 36))\">\(Self.escaped(Self.short(note)))</text></g>"
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
