import Core

// The same graph in languages of text.
extension WorkflowGraph {
    /// A flowchart of Mermaid, for documents.
    public func mermaid() -> String {
        var lines = ["flowchart TD"]
        write(body, prefix: "n", indent: "  ") { node, id, indent, inner in
            guard !node.groups.isEmpty else { return lines.append("\(indent)\(id)[\"\(Self.escaped(node.id))<br/>\(Self.escaped(node.kind))\"]") }
            lines.append("\(indent)subgraph \(id)[\"\(Self.escaped(node.id)) · \(Self.escaped(node.kind))\"]")
            inner { title, group, indent, body in
                lines.append("\(indent)subgraph \(group)[\"\(Self.escaped(title))\"]")
                body()
                lines.append("\(indent)end")
            }
            lines.append("\(indent)end")
        } edge: { from, to, how, indent in
            lines.append("\(indent)\(from) \(how == .value ? "-->" : how == .condition ? "-. if .->" : "-. after .->") \(to)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A graph of Graphviz. Edges from and to steps of several steps end at their boxes.
    public func dot() -> String {
        func quoted(_ text: String) -> String { "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: " ") + "\"" }
        var lines = ["digraph \(quoted(name)) {", "  compound=true;", "  node [shape=box, style=rounded];"]
        var clusters: Set<String> = []
        write(body, prefix: "n", indent: "  ") { node, id, indent, inner in
            guard !node.groups.isEmpty else { return lines.append("\(indent)\(id) [label=\(quoted("\(node.id) · \(node.kind)"))];") }
            clusters.insert(id)
            // A cluster has no place of its own for an edge: a point in it has.
            lines.append("\(indent)subgraph cluster_\(id) {\n\(indent)  label=\(quoted("\(node.id) · \(node.kind)"));\n\(indent)  \(id) [shape=point, style=invis];")
            inner { title, group, indent, body in
                lines.append("\(indent)subgraph cluster_\(group) {\n\(indent)  label=\(quoted(title));")
                body()
                lines.append("\(indent)}")
            }
            lines.append("\(indent)}")
        } edge: { from, to, how, indent in
            var attributes = how == .value ? [] : [how == .condition ? "style=dashed" : "style=dotted"]
            if clusters.contains(from) { attributes.append("ltail=cluster_\(from)") }
            if clusters.contains(to) { attributes.append("lhead=cluster_\(to)") }
            lines.append("\(indent)\(from) -> \(to)\(attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]");")
        }
        return (lines + ["}"]).joined(separator: "\n") + "\n"
    }

    /// An outline: a step a line, what it takes behind an arrow, inner steps below it.
    public func text(statusName: (String) -> String = { $0 }) -> String {
        var lines = [name]
        func outline(_ body: GraphBody, _ indent: String) {
            for (number, node) in body.nodes.enumerated() where !(node.shape.isEmpty && node.kind.isEmpty) {
                let needs = body.edges.filter { $0.to == number }.map { edge in
                    (edge.how == .value ? "" : edge.how == .condition ? "if " : "after ") + body.nodes[edge.from].id
                }
                let state = WorkflowGraph.state(of: node.tally, statusName)
                lines.append(indent + [node.id, node.shape.isEmpty ? "(\(node.kind))" : node.kind, state.map { "[\($0)]" }, node.grade, needs.isEmpty ? nil : "<- " + needs.joined(separator: ", ")].compactMap { $0 }.joined(separator: "  "))
                for group in node.groups {
                    lines.append(indent + "  " + group.title)
                    outline(group.body, indent + "    ")
                }
            }
        }
        outline(body, "  ")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Walks through the boxes; names are made of numbers, so that nothing in a definition can break out of them.
    private func write(
        _ body: GraphBody, prefix: String, indent: String,
        node: @escaping (GraphBody.Node, String, String, (_ group: @escaping (String, String, String, @escaping () -> Void) -> Void) -> Void) -> Void, edge: @escaping (String, String, GraphBody.Edge, String) -> Void
    ) {
        for (number, item) in body.nodes.enumerated() {
            let id = "\(prefix)\(number)"
            node(item, id, indent) { group in
                for (place, inner) in item.groups.enumerated() {
                    let name = "\(id)_\(place)"
                    group(inner.title, name, indent + "  ") { write(inner.body, prefix: name + "_", indent: indent + "    ", node: node, edge: edge) }
                }
            }
        }
        for item in body.edges { edge("\(prefix)\(item.from)", "\(prefix)\(item.to)", item.how, indent) }
    }
}
