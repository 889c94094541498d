import Core
import Labels

/// The ways in which one leak can be mended, the best first.
struct Proposals {
    let leak: WorkflowLeak
    let definition: WorkflowDefinition
    let text: DefinitionSource
    let checker: WorkflowChecker
    typealias Step = WorkflowDefinition.StepDefinition
    typealias Proposal = (yaml: String, changes: [WorkflowPatch.Change])

    /// A kind that lowers a label, with the name of an input that comes out under the same name.
    private struct Protection {
        let kind: String
        let lowersTo: Grade
        let port: String
        let type: FieldType
    }

    private let surroundings: (names: WorkflowChecker.Names, beside: [Step])?

    init(leak: WorkflowLeak, definition: WorkflowDefinition, text: DefinitionSource, checker: WorkflowChecker) {
        (self.leak, self.definition, self.text, self.checker) = (leak, definition, text, checker)
        surroundings = checker.surroundings(of: leak.step, in: leak.unit, of: definition)
    }

    var all: [Proposal] {
        guard let (_, beside) = surroundings, let step = beside.first(where: { $0.id == leak.step }), let place = text.place(of: leak.step, in: leak.unit) else { return [] }
        if let (field, references) = leak.values.min(by: { $0.key < $1.key }), let reference = references.min(by: { $0.description < $1.description }) {
            return reuse(reference, field, beside, place) + protect(reference, field, place)
        }
        guard leak.control == .ownCondition, let condition = step.condition, case .reference(let reference) = condition.value else { return [] }
        return verdict(reference, condition.test, place)
    }

    /// Kinds that lower far enough, those first that lower least.
    private var protections: [Protection] {
        checker.kinds.values.flatMap { kind -> [Protection] in
            guard case .lowers(let grade) = kind.signature.labelRule, grade <= leak.clearance else { return [] }
            let required = kind.signature.inputs.filter(\.value.isRequired).keys
            return kind.signature.inputs.compactMap { name, field in
                guard kind.signature.outputs[name] == field.type, required.allSatisfy({ $0 == name }) else { return nil }
                return Protection(kind: kind.id, lowersTo: grade, port: name, type: field.type)
            }
        }.sorted { ($1.lowersTo, $0.kind, $0.port) < ($0.lowersTo, $1.kind, $1.port) }
    }

    private func type(of reference: Reference) -> FieldType { surroundings.flatMap { checker.type(of: reference, $0.names) } ?? .any }

    // MARK: - Values

    private func replacing(_ old: Reference, by new: Reference, _ field: String, _ place: DefinitionSource.Place) -> [DefinitionSource.Edit]? {
        text.edits(replacing: old, by: new, at: (leak.isUndo ? ["undo"] : []) + ["with", field], of: place)
    }

    /// A protection of the same value that stands beside the step already.
    private func reuse(_ reference: Reference, _ field: String, _ beside: [Step], _ place: DefinitionSource.Place) -> [Proposal] {
        beside.flatMap { other -> [Proposal] in
            guard other.condition == nil, other.id != leak.step, let protection = protections.first(where: { $0.kind == other.kind && other.with[$0.port] == .reference(reference) }) else { return [] }
            guard let edits = replacing(reference, by: Reference(source: other.id, field: protection.port), field, place) else { return [] }
            return [(text.applying(edits), [change("\(field) 改用 \(other.id) 已保护的值", "\(field) takes the value that \(other.id) protects")])]
        }
    }

    private func protect(_ reference: Reference, _ field: String, _ place: DefinitionSource.Place) -> [Proposal] {
        // What a step gives cannot be protected before it.
        guard reference.source != leak.step else { return [] }
        let type = type(of: reference)
        return protections.compactMap { protection in
            let base = "\(protection.kind)-\(reference.source)-\(reference.field)"
            let isDirect = protection.type == type && (type == .string || reference.field == protection.port)
            guard isDirect || protection.type == .array else { return nil }
            let id = fresh(base), value = fresh(base + "-value")
            let steps = isDirect
                ? [Self.step(id, protection.kind, with: [protection.port: .string("${\(reference)}")])]
                // Protections of arrays take objects: any other value is carried in one.
                : [Self.step(id, protection.kind, with: [protection.port: [["value": .string("${\(reference)}")]]]), Self.step(value, RunState.transform, with: ["protected": .string("${\(id).\(protection.port)}")], set: ["value": "first(protected).value"])]
            let new = isDirect ? Reference(source: id, field: protection.port) : Reference(source: value, field: "value")
            guard let insertion = text.insertion(of: steps, before: place), let edits = replacing(reference, by: new, field, place) else { return nil }
            let grade = "\(protection.lowersTo)"
            return (text.applying(edits + [insertion]), [change("在前面加入 \(id)，把 \(reference) 降到 \(grade) 后再进入 \(field)", "\(id) before it lowers \(reference) to \(grade) before it enters \(field)")])
        }
    }

    // MARK: - Conditions

    /// The condition's verdict in a word, protected like any text, in the place of the value it looks at; the test stays as it is.
    private func verdict(_ reference: Reference, _ test: Condition.Test, _ place: DefinitionSource.Place) -> [Proposal] {
        guard let told = Verdict(test) else { return [] }
        return protections.filter { $0.type == .string }.compactMap { protection in
            let verdict = fresh("verdict-\(leak.step)"), id = fresh("\(protection.kind)-verdict-\(leak.step)"), decision = fresh("decision-\(leak.step)")
            let steps = [
                Self.step(verdict, RunState.transform, with: ["value": .string("${\(reference)}")], set: ["text": told.word]),
                Self.step(id, protection.kind, with: [protection.port: .string("${\(verdict).text}")]),
                Self.step(decision, RunState.transform, with: ["verdict": .string("${\(id).\(protection.port)}")], set: ["value": told.value(of: "verdict")]),
            ]
            guard let insertion = text.insertion(of: steps, before: place), let edits = text.edits(replacing: reference, by: Reference(source: decision, field: "value"), at: ["when", "value"], of: place) else { return nil }
            return (text.applying(edits + [insertion]), [change("条件改看经 \(id) 保护的“是/否”：放出一个比特", "its condition looks at yes or no, protected by \(id): one bit of \(reference) is let out")])
        }
    }

    // MARK: - Text

    private func change(_ chinese: String, _ english: String) -> WorkflowPatch.Change { WorkflowPatch.Change(step: leak.step, chinese: chinese, english: english) }

    /// A name that no step of the workflow has.
    private func fresh(_ base: String) -> String {
        let taken = Set(checker.everyWorkflow(of: definition).filter { $0.name == leak.unit }.flatMap { checker.allSteps($0.steps) }.map(\.id))
        // Inputs may have names of any script, steps may not.
        let base = String(String.UnicodeScalarView(base.unicodeScalars.map { $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_") ? $0 : "-" }).prefix(90))
        return taken.contains(base) ? (2...taken.count + 2).lazy.map { "\(base)-\($0)" }.first { !taken.contains($0) } ?? base : base
    }

    private static func step(_ id: String, _ kind: String, with: [String: JSONValue], set: [String: String] = [:]) -> String {
        let expressions = set.isEmpty ? "" : ", set: \(flow(.object(set.mapValues { .string($0) })))"
        return "{id: \(id), kind: \(kind), with: \(flow(.object(with)))\(expressions)}"
    }

    /// A value in one line of YAML, as people write it.
    private static func flow(_ value: JSONValue) -> String {
        switch value {
        case .object(let members): "{" + members.sorted { $0.key < $1.key }.map { "\(JSONValue.string($0.key).text.dropFirst().dropLast()): \(flow($0.value))" }.joined(separator: ", ") + "}"
        case .array(let elements): "[" + elements.map(flow).joined(separator: ", ") + "]"
        default: value.text
        }
    }
}
