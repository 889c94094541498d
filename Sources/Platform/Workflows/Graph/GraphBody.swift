import Core
import Labels

/// Steps of one body and what holds them together, before it is known where they stand.
struct GraphBody: Sendable {
    /// How two steps hang together.
    enum Edge: String, Sendable { case value, condition, order }

    /// A step, with the bodies inside it.
    struct Node: Sendable {
        let id: String
        let kind: String
        /// Its path without numbers; see ``RunState/shape(of:)``.
        var shape = ""
        var tally: StepTally?
        var grade: String?
        var groups: [Group] = []
    }

    /// A body inside a step, with what stands above it: of a case its values, of a call the workflow's name.
    struct Group: Sendable {
        let title: String
        let body: GraphBody
    }

    var nodes: [Node] = []
    var edges: [(from: Int, to: Int, how: Edge)] = []
    /// Each node after those that it needs, the definition's order otherwise.
    var order: [Int] = []

    /// Boxes of a picture; calls beyond are drawn closed.
    static let nodeCountMax = 1_200

    /// - Parameters:
    ///   - input: what the first box says, of a definition's own steps.
    ///   - left: how many boxes more there may be.
    init(
        _ steps: [WorkflowDefinition.StepDefinition], input: Node?, in definition: WorkflowDefinition, prefix: String, tallies: [String: StepTally], grades: [String: Grade], left: inout Int, depth: Int = 0
    ) {
        if let input { nodes.append(input) }
        let offset = nodes.count
        for step in steps {
            left -= 1
            var node = Node(id: step.id, kind: step.kind, shape: prefix + step.id)
            (node.tally, node.grade) = (tallies[node.shape], grades[node.shape]?.description)
            func body(_ steps: [WorkflowDefinition.StepDefinition]) -> GraphBody {
                GraphBody(steps, input: nil, in: definition, prefix: node.shape + "[].", tallies: tallies, grades: grades, left: &left, depth: depth + 1)
            }
            switch step.nested {
            case .map(let inner, _, let most): node.groups = [Group(title: most < StepReader.itemCountMax ? "× ≤ \(most)" : "× n", body: body(inner.steps))]
            case .loop(let inner, let most, _): node.groups = [Group(title: "↻ ≤ \(most)", body: body(inner.steps))]
            case .choose(let cases, let otherwise):
                node.groups = cases.map { Group(title: "= " + $0.values.map { $0.string ?? $0.text }.joined(separator: " | "), body: body($0.body.steps)) } + (otherwise.map { [Group(title: "≠", body: body($0.steps))] } ?? [])
            case .call(let name):
                // A workflow that calls itself is refused elsewhere, and drawn to a depth.
                if let called = definition.workflows[name], left >= called.steps.count, depth < 2 * StepReader.depthMax { node.groups = [Group(title: name, body: body(called.steps))] }
            case nil: break
            }
            nodes.append(node)
        }
        let index = Dictionary(nodes.enumerated().map { ($1.id, $0) }) { first, _ in first }
        for (place, step) in steps.enumerated() {
            // A step of several takes what its inner steps take.
            let own = Set(step.with.values.flatMap(\.references).map(\.source)), told = Set(step.condition?.value.references.map(\.source) ?? [])
            let inputs = own.union(told).contains(Reference.input) ? [] : Self.inputs(inside: step)
            let values = own.union(step.sources.subtracting(told)).union(inputs), conditions = told.subtracting(values)
            for (sources, how) in [(values, Edge.value), (conditions, .condition), (Set(step.after).subtracting(values).subtracting(conditions), .order)] {
                for source in sources.sorted() { if let from = index[source] { edges.append((from, place + offset, how)) } }
            }
        }
        order = Array(0..<offset) + (WorkflowDefinition.order(of: steps) ?? Array(steps.indices)).map { $0 + offset }
    }

    /// Whether inner steps take the workflow's inputs.
    private static func inputs(inside step: WorkflowDefinition.StepDefinition) -> Set<String> {
        for body in step.nested?.bodies ?? [] {
            if body.steps.contains(where: { $0.references.contains { $0.source == Reference.input } || !inputs(inside: $0).isEmpty }) { return [Reference.input] }
        }
        return []
    }
}
