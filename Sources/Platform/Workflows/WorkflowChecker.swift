import Core
import Labels

/// Checks a definition before anything runs: kinds, references, cycles, types, and the flow of labels.
///
/// Label check: each input has its declared grade; each output has the grade that its kind's ``LabelRule`` gives for the highest grade among
/// the step's inputs. A condition counts as an input (an implicit flow: whether the step ran tells something of the value). A step whose inputs
/// exceed its clearance is an error with the whole path. The check is sound for grades: the engine's actual labels never exceed these.
/// Categories are checked by the engine, as they are known at run time only.
public struct WorkflowChecker: Sendable {
    private let kinds: [String: any StepKind]

    public init(kinds: [any StepKind]) {
        self.kinds = Dictionary(kinds.map { ($0.id, $0) }) { first, _ in first }
    }

    /// What is wrong with a definition; empty when it is sound. Errors forbid a run, warnings do not.
    public func check(_ definition: WorkflowDefinition) -> [Diagnostic] {
        let structure = duplicates(in: definition) + unknownKinds(in: definition) + badReferences(in: definition)
        guard structure.isEmpty else { return structure }
        if let cycle = cycle(in: definition) {
            return [Self.error("cycle", "steps need each other: \(cycle.joined(separator: " -> "))", nil)]
        }
        return types(in: definition) + leaks(in: definition) + unused(in: definition)
    }

    private static func error(_ code: String, _ message: String, _ step: String?) -> Diagnostic {
        Diagnostic(.error, "workflow.\(code)", message, place: step.map { "step \($0)" })
    }

    private func duplicates(in definition: WorkflowDefinition) -> [Diagnostic] {
        var seen = Set<String>()
        return definition.steps.filter { !seen.insert($0.id).inserted }.map { Self.error("duplicate", "two steps have the id \($0.id)", $0.id) }
    }

    private func unknownKinds(in definition: WorkflowDefinition) -> [Diagnostic] {
        definition.steps.filter { kinds[$0.kind] == nil }.map { step in
            Self.error("kind", "no step kind \"\(step.kind)\"; known are \(kinds.keys.sorted().joined(separator: ", "))", step.id)
        }
    }

    private func badReferences(in definition: WorkflowDefinition) -> [Diagnostic] {
        let ids = Set(definition.steps.map(\.id))
        return definition.steps.flatMap { step -> [Diagnostic] in
            let references = step.with.values.flatMap(\.references) + (step.condition?.value.references ?? [])
            let values = Set(references).sorted { $0.description < $1.description }.filter { type(of: $0, in: definition) == nil }.map {
                Self.error("reference", "nothing gives the value \($0)", step.id)
            }
            return values + step.after.filter { !ids.contains($0) }.map { Self.error("reference", "after: there is no step \($0)", step.id) }
        }
    }

    private func type(of reference: Reference, in definition: WorkflowDefinition) -> FieldType? {
        if reference.source == Reference.input { return definition.inputs[reference.field]?.type }
        guard let step = definition.steps.first(where: { $0.id == reference.source }) else { return nil }
        return kinds[step.kind]?.signature.outputs[reference.field]
    }

    /// One cycle, first and last step equal; nil when there is none.
    private func cycle(in definition: WorkflowDefinition) -> [String]? {
        guard definition.order == nil else { return nil }
        let needs = Dictionary(definition.steps.map { ($0.id, $0.sources.union($0.after).sorted()) }) { first, _ in first }
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

    private func types(in definition: WorkflowDefinition) -> [Diagnostic] {
        definition.steps.flatMap { step -> [Diagnostic] in
            guard let fields = kinds[step.kind]?.signature.inputs else { return [] }
            let missing = fields.filter { $0.value.isRequired && step.with[$0.key] == nil }.keys.sorted().map {
                Self.error("type", "the input \($0) is required", step.id)
            }
            let given = step.with.sorted { $0.key < $1.key }.compactMap { name, binding -> Diagnostic? in
                guard let field = fields[name] else {
                    return Self.error("type", "\(step.kind) has no input \(name); it takes \(fields.keys.sorted().joined(separator: ", "))", step.id)
                }
                guard let actual = type(of: binding, in: definition), !field.type.accepts(actual) else { return nil }
                return Self.error("type", "the input \(name) is \(actual.rawValue), but \(field.type.rawValue) is expected", step.id)
            }
            return missing + given
        }
    }

    private func type(of binding: Binding, in definition: WorkflowDefinition) -> FieldType? {
        switch binding {
        case .reference(let reference): type(of: reference, in: definition)
        case .array: .array
        case .object: .object
        case .literal(let value): FieldType.allCases.first { $0 != .any && $0.matches(value) }
        }
    }

    /// The highest grade that can reach a place, and the way it takes.
    private struct Flow {
        var grade: Grade
        var path: [String]
    }

    private func leaks(in definition: WorkflowDefinition) -> [Diagnostic] {
        guard let order = definition.order else { return [] }
        var outputs: [String: Flow] = [:]
        var found: [Diagnostic] = []
        for step in order.map({ definition.steps[$0] }) {
            guard let signature = kinds[step.kind]?.signature else { continue }
            let incoming = highest(into: step, outputs: outputs, definition: definition)
            if incoming.grade > signature.clearance.grade {
                let path = (incoming.path + ["\(step.id) (\(step.kind), clearance \(signature.clearance))"]).joined(separator: " -> ")
                found.append(Self.error("leak", "\(path): a value of grade \(incoming.grade) may not enter; \(remedy(for: signature.clearance.grade))", step.id))
            }
            let grade = signature.labelRule.grade(for: incoming.grade)
            outputs[step.id] = Flow(grade: grade, path: incoming.path + ["\(step.id) (\(grade))"])
        }
        return found
    }

    private func highest(into step: WorkflowDefinition.StepDefinition, outputs: [String: Flow], definition: WorkflowDefinition) -> Flow {
        let references = step.with.sorted { $0.key < $1.key }.flatMap(\.value.references) + (step.condition?.value.references ?? [])
        // Having been skipped is inherited from every source, so a source's own inputs count through its output's grade.
        let flows = references.compactMap { reference -> Flow? in
            if reference.source == Reference.input {
                return definition.inputs[reference.field].map { Flow(grade: $0.grade, path: ["\(reference) (\($0.grade))"]) }
            }
            return outputs[reference.source]
        }
        return flows.max { $0.grade < $1.grade } ?? Flow(grade: .level1, path: [])
    }

    private func remedy(for grade: Grade) -> String {
        let lowering = kinds.values.filter { if case .lowers(let most) = $0.signature.labelRule { most <= grade } else { false } }.map(\.id).sorted()
        return lowering.isEmpty
            ? "no known step kind lowers a label that far" : "put a step of kind \(lowering.joined(separator: " or ")) in between and bind its output"
    }

    private func unused(in definition: WorkflowDefinition) -> [Diagnostic] {
        let used = Set(definition.steps.flatMap { ($0.with.values.flatMap(\.references) + ($0.condition?.value.references ?? [])) })
        return definition.inputs.keys.sorted().filter { !used.contains(Reference(source: Reference.input, field: $0)) }.map {
            Diagnostic(.warning, "workflow.unused", "no step uses the input \($0)", place: "inputs")
        }
    }
}
