import Core

/// A definition made ready for running: every body numbered, every step with the steps beside it that it waits for and that wait for it.
struct CompiledDefinition: Sendable {
    /// A step of a body. A reference, as it is passed about for every event.
    final class Step: Sendable {
        let definition: WorkflowDefinition.StepDefinition
        /// How many steps of the body must end before.
        let needCount: Int
        /// Those of them whose values it takes.
        let sources: [Int]
        /// Steps of the body that wait for this one.
        let dependents: [Int]
        /// The bodies inside: of a `switch` one each case, then `otherwise`.
        let bodies: [Int]

        init(definition: WorkflowDefinition.StepDefinition, needCount: Int, sources: [Int], dependents: [Int], bodies: [Int]) {
            (self.definition, self.needCount, self.sources, self.dependents, self.bodies) = (definition, needCount, sources, dependents, bodies)
        }
    }

    /// Steps that run in one scope.
    struct Body: Sendable {
        var steps: [Step]
        let index: [String: Int]
        let gives: Gives
        /// The step around it, whose name its variables have; nil for the root and for workflows that are called, which see nothing around them.
        let owner: String?
        /// What a called workflow takes.
        let inputs: [String: WorkflowDefinition.InputField]
    }

    /// What a body is worth.
    enum Gives: Sendable {
        case nothing
        case value(Binding)
        case outputs([String: Binding])

        var references: [Reference] {
            switch self {
            case .nothing: []
            case .value(let binding): binding.references
            case .outputs(let bindings): bindings.values.flatMap(\.references)
            }
        }
    }

    /// The first is the root.
    private(set) var bodies: [Body] = []
    /// The bodies of workflows that are called.
    private(set) var calls: [String: Int] = [:]

    /// - Throws: `core.defect` for a cycle, which ``WorkflowChecker`` refuses before.
    init(_ definition: WorkflowDefinition) throws {
        _ = try add(definition.steps, gives: .outputs(definition.outputs), owner: nil, inputs: definition.inputs)
        for (name, workflow) in definition.workflows.sorted(by: { $0.key < $1.key }) {
            calls[name] = try add(workflow.steps, gives: .outputs(workflow.outputs), owner: nil, inputs: workflow.inputs)
        }
    }

    private mutating func add(_ steps: [WorkflowDefinition.StepDefinition], gives: Gives, owner: String?, inputs: [String: WorkflowDefinition.InputField] = [:]) throws -> Int {
        guard WorkflowDefinition.order(of: steps) != nil else { throw Fault(.defect, "a run was started with a cyclic definition") }
        let index = Dictionary(steps.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let sources = steps.map { $0.sources.compactMap { index[$0] }.sorted() }
        let needs = zip(steps, sources).map { step, sources in Set(sources + step.after.compactMap { index[$0] }) }
        var dependents = [[Int]](repeating: [], count: steps.count)
        for (place, needs) in needs.enumerated() { for need in needs { dependents[need].append(place) } }
        let number = bodies.count
        bodies.append(Body(steps: [], index: index, gives: gives, owner: owner, inputs: inputs))
        for (place, step) in steps.enumerated() {
            let inner = try (step.nested?.bodies ?? []).map { try add($0.steps, gives: $0.gives.map { .value($0) } ?? .nothing, owner: step.id) }
            bodies[number].steps.append(Step(definition: step, needCount: needs[place].count, sources: sources[place], dependents: dependents[place], bodies: inner))
        }
        return number
    }
}
