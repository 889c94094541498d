import Core

/// What a run may cost at most, whatever its values.
public struct WorkflowCost: Sendable, Hashable {
    /// Attempts of steps, composites not counted.
    public var attempts = 0
    /// Tokens that language models read and write.
    public var tokens = 0

    /// Beyond this nobody counts.
    static let countMax = Int.max >> 1

    static func + (left: Self, right: Self) -> Self { Self(attempts: min(countMax, left.attempts + right.attempts), tokens: min(countMax, left.tokens + right.tokens)) }

    static func * (cost: Self, times: Int) -> Self {
        func product(_ count: Int) -> Int {
            let (product, isOver) = count.multipliedReportingOverflow(by: times)
            return isOver ? countMax : min(countMax, product)
        }
        return Self(attempts: product(cost.attempts), tokens: product(cost.tokens))
    }
}

extension WorkflowDefinition {
    /// What a run may cost at most, whatever its values: the checker refuses a definition whose bounds multiply to more.
    public struct Budget: Sendable, Hashable {
        /// Tokens that language models may read and write.
        public let tokens: Int?
        /// Attempts of steps, those inside maps and loops counted as often as they may run.
        public let attempts: Int?
    }
}

// Bounds multiply: a model step with three attempts in a loop of ten in a map of a thousand is thirty thousand answers.
extension WorkflowChecker {
    /// What a run of a definition may cost at most: every item of every map, every round of every loop, the dearest case of every switch, every attempt of every step.
    public func cost(of definition: WorkflowDefinition) -> WorkflowCost {
        guard !check(definition).contains(where: { $0.code == "workflow.cycle" || $0.code == "workflow.reference" }) else { return WorkflowCost() }
        return price(definition).total
    }

    private func price(_ definition: WorkflowDefinition) -> (total: WorkflowCost, steps: [(id: String, cost: WorkflowCost)]) {
        var called: [String: WorkflowCost] = [:]
        // Workflows that call none come first: calls have no cycle.
        func cost(ofWorkflow name: String) -> WorkflowCost {
            if let known = called[name] { return known }
            let sum = (definition.workflows[name]?.steps ?? []).reduce(WorkflowCost()) { $0 + cost(of: $1) }
            called[name] = sum
            return sum
        }
        func cost(of body: WorkflowDefinition.Body) -> WorkflowCost { body.steps.reduce(WorkflowCost()) { $0 + cost(of: $1) } }
        func cost(of step: Step) -> WorkflowCost {
            switch step.nested {
            case .map(let body, _, let most), .loop(let body, let most, _): cost(of: body) * most
            case .choose(let cases, let otherwise):
                (cases.map(\.body) + (otherwise.map { [$0] } ?? [])).map { cost(of: $0) }.reduce(WorkflowCost()) {
                    WorkflowCost(attempts: max($0.attempts, $1.attempts), tokens: max($0.tokens, $1.tokens))
                }
            case .call(let name): cost(ofWorkflow: name)
            case nil:
                step.kind == RunState.transform ? WorkflowCost() : (attempt(step.kind, step.with) + (step.undo.map { attempt($0.kind, $0.with) } ?? WorkflowCost())) * step.retry.attempts
            }
        }
        let steps = definition.steps.map { ($0.id, cost(of: $0)) }
        return (steps.reduce(WorkflowCost()) { $0 + $1.1 }, steps)
    }

    private func attempt(_ kind: String, _ with: [String: Binding]) -> WorkflowCost {
        let literals = with.mapValues { if case .literal(let value) = $0 { value } else { JSONValue.null } }
        return WorkflowCost(attempts: 1, tokens: max(0, kinds[kind]?.tokenCountMax(literals) ?? 0))
    }

    /// A definition that may cost more than its budget, with the step that costs most.
    func costs(in definition: WorkflowDefinition) -> [Diagnostic] {
        let budget = definition.budget
        guard budget.tokens != nil || budget.attempts != nil else { return [] }
        let (total, steps) = price(definition)
        func exceeded(_ what: String, _ bound: Int?, _ count: KeyPath<WorkflowCost, Int>) -> Diagnostic? {
            guard let bound, total[keyPath: count] > bound, let dearest = steps.max(by: { $0.cost[keyPath: count] < $1.cost[keyPath: count] }) else { return nil }
            return Self.error(
                "cost", "a run may take \(total[keyPath: count]) \(what), \(dearest.cost[keyPath: count]) of them in this step; the budget is \(bound): lower max, attempts or maxTokens inside it, or raise the budget",
                dearest.id)
        }
        return [exceeded("tokens", budget.tokens, \.tokens), exceeded("attempts of steps", budget.attempts, \.attempts)].compactMap(\.self)
    }
}
