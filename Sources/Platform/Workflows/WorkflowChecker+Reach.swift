import Core

// Steps that can never run. Only what follows from the definition alone is said: a condition over a value is anybody's guess, two conditions that exclude one another are not.
extension WorkflowChecker {
    /// What must hold where a step runs, by the value looked at.
    private typealias Facts = [Reference: [Condition.Test]]

    func unreachable(in definition: WorkflowDefinition) -> [Diagnostic] {
        everyWorkflow(of: definition).flatMap { unit in unreachable(in: unit.steps, facts: [:], Names(unit: unit, workflows: definition.workflows)) }
    }

    private func unreachable(in steps: [Step], facts outer: Facts, _ outerNames: Names) -> [Diagnostic] {
        guard let order = WorkflowDefinition.order(of: steps) else { return [] }
        let names = outerNames.beside(steps)
        var known: [String: Facts] = [:], dead = Set<String>(), found: [Diagnostic] = []
        for step in order.map({ steps[$0] }) {
            if let source = step.sources.sorted().first(where: dead.contains) {
                dead.insert(step.id)
                found.append(Self.unreachable("it takes a value from \(source), which never runs", step.id))
                continue
            }
            // A step runs only where all run that it takes values from.
            var facts = step.sources.reduce(outer) { $0.merging(known[$1] ?? [:]) { $0 + $1 } }
            if let condition = step.condition {
                if case .literal(let value) = condition.value, !Condition(value: .literal(value), test: condition.test).holds({ _ in nil }) {
                    dead.insert(step.id)
                    found.append(Self.unreachable("its condition compares two literals and does not hold", step.id))
                    continue
                }
                if case .reference(let reference) = condition.value {
                    facts[reference, default: []].append(condition.test)
                    if let type = type(of: reference, names), !condition.test.canHold(for: type) {
                        dead.insert(step.id)
                        found.append(Self.unreachable("\(reference) is a \(type.rawValue), for which its condition cannot hold", step.id))
                        continue
                    }
                }
            }
            if let (reference, _) = facts.sorted(by: { $0.key.description < $1.key.description }).first(where: { !Condition.Test.areCompatible($0.value) }) {
                dead.insert(step.id)
                found.append(Self.unreachable("it runs only where conditions over \(reference) hold that exclude one another", step.id))
                continue
            }
            known[step.id] = facts
            found += unreachable(inside: step, facts: facts, names)
        }
        return found
    }

    private func unreachable(inside step: Step, facts: Facts, _ names: Names) -> [Diagnostic] {
        guard case .choose(let cases, let otherwise) = step.nested else {
            return (step.nested?.bodies ?? []).flatMap { unreachable(in: $0.steps, facts: facts, names.inside(step)) }
        }
        var found: [Diagnostic] = [], taken: [JSONValue] = []
        let looked: Reference? = if case .reference(let reference) = step.with["value"] { reference } else { nil }
        for (number, way) in cases.enumerated() {
            let left = way.values.filter { !taken.contains($0) }
            if left.isEmpty { found.append(Self.unreachable("case \(number + 1): cases before it take all its values", step.id)) }
            taken += left
            var inside = facts
            if let looked { inside[looked, default: []].append(.isOne(of: way.values)) }
            if let looked, !Condition.Test.areCompatible(inside[looked] ?? []) {
                found.append(Self.unreachable("case \(number + 1): \(looked) is another value where this step runs", step.id))
            } else {
                found += unreachable(in: way.body.steps, facts: inside, names.inside(step))
            }
        }
        return found + unreachable(in: otherwise?.steps ?? [], facts: facts, names.inside(step))
    }

    private static func unreachable(_ why: String, _ step: String) -> Diagnostic {
        Diagnostic(.warning, "workflow.unreachable", "it never runs: \(why)", place: "step \(step)")
    }
}

extension Condition.Test {
    /// Whether a value passes.
    private func admits(_ value: JSONValue) -> Bool { Condition(value: .literal(value), test: self).holds { _ in nil } }

    /// Whether any value of a type passes.
    func canHold(for type: FieldType) -> Bool {
        switch self {
        case .equals(let wanted): type.matches(wanted) || wanted == .null
        case .isOne(let wanted): wanted.contains { type.matches($0) || $0 == .null }
        case .greaterThan, .lessThan: type == .number || type == .any
        case .notEquals: true
        }
    }

    /// Whether one value can pass all. Exact for tests that name values, and for bounds of numbers; two tests that exclude only finitely many values always leave one.
    static func areCompatible(_ tests: [Self]) -> Bool {
        for test in tests {
            let named: [JSONValue]
            switch test {
            case .equals(let value): named = [value]
            case .isOne(let values): named = values
            default: continue
            }
            return named.contains { value in tests.allSatisfy { $0.admits(value) } }
        }
        let least = tests.compactMap { if case .greaterThan(let bound) = $0 { bound } else { nil } }.max() ?? -.infinity
        let most = tests.compactMap { if case .lessThan(let bound) = $0 { bound } else { nil } }.min() ?? .infinity
        return least < most
    }
}
