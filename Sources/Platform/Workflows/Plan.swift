import Core

/// A definition made ready for running: every body numbered, every step with the steps beside it that it waits for and that wait for it.
struct Plan: Sendable {
    /// A step of a body.
    struct Step: Sendable {
        let definition: WorkflowDefinition.StepDefinition
        /// How many steps of the body must end before.
        let needCount: Int
        /// Those of them whose values it takes.
        let sources: [Int]
        /// Steps of the body that wait for this one.
        var dependents: [Int] = []
        /// The bodies inside: of a `switch` one each case, then `otherwise`.
        var bodies: [Int] = []
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
        var planned = steps.map { step in
            let sources = step.sources.compactMap { index[$0] }.sorted()
            return Step(definition: step, needCount: Set(sources + step.after.compactMap { index[$0] }).count, sources: sources)
        }
        for (place, step) in steps.enumerated() {
            for need in Set(planned[place].sources + step.after.compactMap { index[$0] }) { planned[need].dependents.append(place) }
        }
        let number = bodies.count
        bodies.append(Body(steps: planned, index: index, gives: gives, owner: owner, inputs: inputs))
        for (place, step) in steps.enumerated() {
            for body in step.nested?.bodies ?? [] {
                let inner = try add(body.steps, gives: body.gives.map { .value($0) } ?? .nothing, owner: step.id)
                bodies[number].steps[place].bodies.append(inner)
            }
        }
        return number
    }
}
