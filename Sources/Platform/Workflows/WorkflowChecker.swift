import Core
import Labels

/// Checks a definition before anything runs: kinds, references, cycles, types, and the flow of labels.
///
/// Label check: each input has its declared grade; each output has the grade that its kind's ``LabelRule`` gives for the highest grade among
/// the values that the step takes, joined with the grade of every condition, `switch` and `until` that decides whether it runs (an implicit flow: whether the step ran tells something of the value, and a protection
/// step does not change that). A step whose inputs exceed its clearance is an error with the whole path, through maps, loops, cases and called workflows. The check is sound for grades: the engine's actual
/// labels never exceed these. Categories are checked by the engine, as they are known at run time only. Not seen as flows: how many elements an input's arrays have (and those of kinds that say so), how long a step took, and that a run failed.
public struct WorkflowChecker: Sendable {
    let kinds: [String: any StepKind]
    /// Secrets that there are; nil when that is not known.
    let secrets: Set<String>?
    typealias Step = WorkflowDefinition.StepDefinition

    /// - Parameter secrets: the names of the secrets that the operator keeps. By default it is not known which there are.
    public init(kinds: [any StepKind], secrets: Set<String>? = nil) {
        self.kinds = Dictionary((WorkflowEngine.builtIn + kinds).map { ($0.id, $0) }) { $1 }
        self.secrets = secrets
    }

    /// What is wrong with a definition; empty when it is sound. Errors forbid a run, warnings do not.
    public func check(_ definition: WorkflowDefinition) -> [Diagnostic] {
        let calls = callCycle(in: definition)
        guard calls.isEmpty else { return calls }
        let broken = everyWorkflow(of: definition).flatMap { structure(of: $0, in: definition) }
        guard broken.isEmpty else { return broken }
        return everyWorkflow(of: definition).flatMap { types(in: $0, definition) } + leaks(in: definition) + costs(in: definition) + unreachable(in: definition) + unused(in: definition) + heartbeats(in: definition)
    }

    static func error(_ code: String, _ message: String, _ step: String?) -> Diagnostic {
        Diagnostic(.error, "workflow.\(code)", message, place: step.map { "step \($0)" })
    }

    // MARK: - Structure

    /// The definition itself, or a workflow inside it.
    struct Unit {
        let name: String?
        let inputs: [String: WorkflowDefinition.InputField]
        let steps: [Step]
        let outputs: [String: Binding]
    }

    func everyWorkflow(of definition: WorkflowDefinition) -> [Unit] {
        [Unit(name: nil, inputs: definition.inputs, steps: definition.steps, outputs: definition.outputs)]
            + definition.workflows.sorted { $0.key < $1.key }.map { Unit(name: $0.key, inputs: $0.value.inputs, steps: $0.value.steps, outputs: $0.value.outputs) }
    }

    /// The steps that names can mean in a body: beside it and around it.
    struct Names {
        let unit: Unit
        var steps: [String: Step] = [:]
        /// Steps whose inner steps these are: their names mean what they give to them.
        var around: [String: Step] = [:]
        let workflows: [String: WorkflowDefinition.Subworkflow]
    }

    private func callCycle(in definition: WorkflowDefinition) -> [Diagnostic] {
        let missing = everyWorkflow(of: definition).flatMap { allSteps($0.steps) }.compactMap { step -> Diagnostic? in
            guard case .call(let name) = step.nested, definition.workflows[name] == nil else { return nil }
            return Self.error("reference", "there is no workflow \(name); known are \(definition.workflows.keys.sorted().joined(separator: ", "))", step.id)
        }
        guard missing.isEmpty else { return missing }
        return definition.workflows.keys.sorted().filter { name in
            definition.workflows[name]?.steps.contains { $0.calledWorkflows(in: definition.workflows).contains(name) } ?? false
        }.map { Self.error("cycle", "the workflow \($0) calls itself; a loop needs a bound", nil) }
    }

    func allSteps(_ steps: [Step]) -> [Step] { steps.flatMap { [$0] + ($0.nested?.bodies ?? []).flatMap { allSteps($0.steps) } } }

    private func structure(of unit: Unit, in definition: WorkflowDefinition) -> [Diagnostic] {
        var seen = Set<String>()
        let all = allSteps(unit.steps)
        let duplicates = all.filter { !seen.insert($0.id).inserted }.map { Self.error("duplicate", "two steps have the id \($0.id)", $0.id) }
        let unknown = all.flatMap { step in
            ([step.nested == nil && step.kind != RunState.transform ? step.kind : nil, step.undo?.kind].compactMap { $0 }).filter { kinds[$0] == nil }.map { kind in
                Self.error("kind", "no step kind \"\(kind)\"; known are \((kinds.keys + ["call", "loop", "map", "switch", "transform"]).sorted().joined(separator: ", "))", step.id)
            }
        }
        let refused = all.flatMap { step in [step.kind, step.undo?.kind].compactMap { $0.flatMap { kinds[$0]?.refusal } }.map { Self.error("refused", "a step of kind \(step.kind) is refused: \($0)", step.id) } }
        guard duplicates.isEmpty, unknown.isEmpty, refused.isEmpty else { return duplicates + unknown + refused }
        let settings = all.flatMap(wrongSettings)
        guard settings.isEmpty else { return settings }
        let names = Names(unit: unit, workflows: definition.workflows)
        return structure(of: unit.steps, names) + badReferences(unit.outputs.values.flatMap(\.references), names.beside(unit.steps), nil)
    }

    /// References and cycles of a body and the bodies inside.
    private func structure(of steps: [Step], _ outer: Names) -> [Diagnostic] {
        let names = outer.beside(steps)
        if let cycle = cycle(in: steps) { return [Self.error("cycle", "steps need each other: \(cycle.joined(separator: " -> "))", nil)] }
        return steps.flatMap { step -> [Diagnostic] in
            let secret = badSecrets(step)
            guard secret.isEmpty else { return secret }
            var found = badReferences(step.with.values.flatMap(\.references).filter { $0.source != Reference.secret } + (step.condition?.value.references ?? []), names, step.id)
            found += step.after.filter { id in !steps.contains { $0.id == id } }.map { Self.error("reference", "after: there is no step \($0) beside it", step.id) }
            if let undo = step.undo { found += badReferences(undo.with.values.flatMap(\.references).filter { $0.source != Reference.secret }, names, step.id) }
            guard step.nested != nil else { return found }
            let inside = names.inside(step)
            for body in step.nested?.bodies ?? [] {
                found += structure(of: body.steps, inside)
                found += badReferences(body.gives?.references ?? [], inside.beside(body.steps), step.id)
            }
            if case .loop(let body, _, let until) = step.nested { found += badReferences(until.value.references, inside.beside(body.steps), step.id) }
            return found
        }
    }

    private func badReferences(_ references: [Reference], _ names: Names, _ step: String?) -> [Diagnostic] {
        Set(references).sorted { $0.description < $1.description }.filter { type(of: $0, names) == nil }.map {
            Self.error("reference", $0.source == Reference.secret ? "a secret may enter only inputs that take secrets" : "nothing gives the value \($0)", step)
        }
    }

    /// One cycle, first and last step equal; nil when there is none.
    private func cycle(in steps: [Step]) -> [String]? {
        guard WorkflowDefinition.order(of: steps) == nil else { return nil }
        let ids = Set(steps.map(\.id))
        let needs = Dictionary(steps.map { ($0.id, $0.sources.union($0.after).intersection(ids).sorted()) }) { first, _ in first }
        // Among the steps that cannot be ordered each needs another such step, so following any need must come back.
        var stuck = Set(needs.keys)
        while let free = stuck.first(where: { id in (needs[id] ?? []).allSatisfy { !stuck.contains($0) } }) { stuck.remove(free) }
        guard var current = stuck.min() else { return nil }
        var path: [String] = []
        while !path.contains(current) {
            path.append(current)
            current = (needs[current] ?? []).first { stuck.contains($0) } ?? current
        }
        let start = path.firstIndex(of: current) ?? 0
        return Array(path[start...]) + [current]
    }

    private func unused(in definition: WorkflowDefinition) -> [Diagnostic] {
        var used = Set(definition.outputs.values.flatMap(\.references))
        for step in allSteps(definition.steps) {
            used.formUnion(step.references)
            used.formUnion(step.undo?.with.values.flatMap(\.references) ?? [])
            for body in step.nested?.bodies ?? [] { used.formUnion(body.gives?.references ?? []) }
            if case .loop(_, _, let until) = step.nested { used.formUnion(until.value.references) }
        }
        return definition.inputs.keys.sorted().filter { !used.contains(Reference(source: Reference.input, field: $0)) }.map {
            Diagnostic(.warning, "workflow.unused", "no step uses the input \($0)", place: "inputs")
        }
    }
}

extension WorkflowChecker.Names {
    /// With the steps of a body.
    func beside(_ body: [WorkflowDefinition.StepDefinition]) -> Self {
        var names = self
        for step in body { names.steps[step.id] = step }
        return names
    }

    /// Inside a step, whose name now means what it gives to its steps.
    func inside(_ step: WorkflowDefinition.StepDefinition) -> Self {
        var names = self
        names.steps[step.id] = nil
        names.around[step.id] = step
        return names
    }
}
