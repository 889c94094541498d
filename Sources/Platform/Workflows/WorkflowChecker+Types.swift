import Core
import Labels

// The types of values between steps.
extension WorkflowChecker {
    /// What a step gives.
    func outputs(of step: Step, _ names: Names) -> [String: FieldType] {
        switch step.nested {
        case .map: ["results": .array, "count": .number]
        case .loop: ["value": .any, "rounds": .number, "met": .boolean]
        case .choose: ["value": .any, "case": .number]
        case .call(let name):
            names.workflows[name].map { called in
                let unit = Unit(name: name, inputs: called.inputs, steps: called.steps, outputs: called.outputs)
                let inner = Names(unit: unit, workflows: names.workflows).beside(called.steps)
                return called.outputs.mapValues { type(of: $0, inner) ?? .any }
            } ?? [:]
        case nil: step.kind == RunState.transform ? step.set.mapValues { _ in .any } : signature(of: step)?.outputs ?? [:]
        }
    }

    func type(of reference: Reference, _ names: Names) -> FieldType? {
        if reference.source == Reference.input { return names.unit.inputs[reference.field]?.type }
        if let around = names.around[reference.source] {
            return switch (around.nested, reference.field) {
            case (.map, "item"), (.loop, "value"): .any
            case (.map, "index"), (.loop, "index"): .number
            default: nil
            }
        }
        return names.steps[reference.source].flatMap { outputs(of: $0, names)[reference.field] }
    }

    private func type(of binding: Binding, _ names: Names) -> FieldType? {
        switch binding {
        case .reference(let reference): type(of: reference, names)
        case .array: .array
        case .object: .object
        case .literal(let value): FieldType.allCases.first { $0 != .any && $0.matches(value) }
        }
    }

    /// What a step takes; nil takes anything.
    private func inputs(of step: Step, _ names: Names) -> [String: StepSignature.Field]? {
        switch step.nested {
        case .map: ["items": .init(.array)]
        case .loop: ["value": .init(.any, isRequired: false)]
        case .choose: ["value": .init(.any)]
        case .call(let name): names.workflows[name]?.inputs.mapValues { .init($0.type) }
        case nil: step.kind == RunState.transform ? nil : signature(of: step)?.inputs
        }
    }

    func types(in unit: Unit, _ definition: WorkflowDefinition) -> [Diagnostic] { types(in: unit.steps, Names(unit: unit, workflows: definition.workflows)) }

    private func types(in steps: [Step], _ outer: Names) -> [Diagnostic] {
        let names = outer.beside(steps)
        return steps.flatMap { step -> [Diagnostic] in
            var found = inputs(of: step, names).map { types(of: step.with, as: $0, kind: step.kind, step: step.id, names) } ?? []
            if let undo = step.undo, let fields = kinds[undo.kind]?.signature.inputs { found += types(of: undo.with, as: fields, kind: undo.kind, step: step.id, names) }
            guard step.nested != nil else { return found }
            let inside = names.inside(step)
            for body in step.nested?.bodies ?? [] { found += types(in: body.steps, inside) }
            return found
        }
    }

    private func types(of with: [String: Binding], as fields: [String: StepSignature.Field], kind: String, step: String, _ names: Names) -> [Diagnostic] {
        let missing = fields.filter { $0.value.isRequired && with[$0.key] == nil }.keys.sorted().map {
            Self.error("type", "the input \($0) is required", step)
        }
        let given = with.sorted { $0.key < $1.key }.compactMap { name, binding -> Diagnostic? in
            guard let field = fields[name] else {
                return Self.error("type", "\(kind) has no input \(name); it takes \(fields.keys.sorted().joined(separator: ", "))", step)
            }
            guard !field.isSecret, let actual = type(of: binding, names), !field.type.accepts(actual) else { return nil }
            return Self.error("type", "the input \(name) is \(actual.rawValue), but \(field.type.rawValue) is expected", step)
        }
        return missing + given
    }
}
