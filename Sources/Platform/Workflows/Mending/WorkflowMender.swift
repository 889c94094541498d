import Core
import Labels

/// A proposal: a definition's text with protection steps where the label check found leaks.
public struct WorkflowPatch: Sendable {
    /// What was put where, in both languages.
    public struct Change: Sendable, Hashable {
        public let step: String
        public let chinese: String
        public let english: String
    }

    /// The text before.
    public let original: String
    public let yaml: String
    public let changes: [Change]
    /// Errors that are left: those that no protection step mends.
    public let remaining: [Diagnostic]
    /// The two texts as a unified difference, empty when nothing changed.
    public func difference(name: String) -> String { LineDifference(original, yaml).unified(name: name) }
}

/// Proposes the protection steps that mend a definition's leaks.
///
/// A value that is too grave for the step that takes it is protected right before that step, so nothing else loses it; steps beside one another that take the same value share one protection. A condition that
/// looks at a grave value is answered with its protected verdict: one bit of it is let out, as the step's having run would have told, and the protection stands in the audit. Choices around a step and conditions of steps that
/// it needs are left to a person: what they decide would change. A change is kept only if the checker then finds this leak gone and nothing new; so the proposal is never worse than the definition.
public struct WorkflowMender: Sendable {
    let checker: WorkflowChecker
    /// Leaks mended in one proposal.
    static let turnCountMax = 200

    public init(checker: WorkflowChecker) { self.checker = checker }

    /// - Throws: `workflows.definition` when the text is no definition.
    public func patch(_ text: String) throws -> WorkflowPatch {
        var (definition, current, changes) = (try WorkflowDefinition(yaml: text), text, [WorkflowPatch.Change]())
        var hopeless = Set<String>()
        for _ in 0..<Self.turnCountMax where !checker.hasStructuralErrors(definition) {
            guard let leak = checker.flows(in: definition).leaks.filter({ !hopeless.contains($0.order) }).min(by: { $0.order < $1.order }) else { break }
            guard let mended = try mend(leak, in: definition, current) else {
                hopeless.insert(leak.order)
                continue
            }
            (definition, current) = (mended.definition, mended.definition.yaml)
            changes += mended.changes
        }
        return WorkflowPatch(original: text, yaml: current, changes: changes, remaining: checker.check(definition).filter { $0.severity == .error })
    }

    private func mend(_ leak: WorkflowLeak, in definition: WorkflowDefinition, _ yaml: String) throws -> (definition: WorkflowDefinition, changes: [WorkflowPatch.Change])? {
        let before = checker.flows(in: definition).leaks.count
        for proposal in try Proposals(leak: leak, definition: definition, text: DefinitionSource(yaml), checker: checker).all {
            guard let changed = try? WorkflowDefinition(yaml: proposal.yaml) else { continue }
            let isNew = checker.check(changed).contains { $0.severity == .error && $0.code != "workflow.leak" }
            let after = checker.flows(in: changed).leaks
            // One leak may be one of values and one of control; each turn ends one of the two.
            let isLess = after.count < before || (after.count == before && after.filter { $0.order == leak.order }.contains { $0.values.count < leak.values.count || ($0.control == nil) != (leak.control == nil) })
            if !isNew, isLess { return (changed, proposal.changes) }
        }
        return nil
    }
}

extension WorkflowChecker {
    /// Whether flows cannot be followed: names mean nothing or steps need each other.
    func hasStructuralErrors(_ definition: WorkflowDefinition) -> Bool { check(definition).contains { $0.severity == .error && !["workflow.leak", "workflow.type"].contains($0.code) } }

    /// The steps that names can mean where a step stands, and the steps beside it; nil if there is no such step.
    func surroundings(of id: String, in unit: String?, of definition: WorkflowDefinition) -> (names: Names, beside: [Step])? {
        guard let unit = everyWorkflow(of: definition).first(where: { $0.name == unit }) else { return nil }
        func search(_ steps: [Step], _ outer: Names) -> (names: Names, beside: [Step])? {
            let names = outer.beside(steps)
            if steps.contains(where: { $0.id == id }) { return (names, steps) }
            for step in steps { for body in step.nested?.bodies ?? [] { if let found = search(body.steps, names.inside(step)) { return found } } }
            return nil
        }
        return search(unit.steps, Names(unit: unit, workflows: definition.workflows))
    }
}
