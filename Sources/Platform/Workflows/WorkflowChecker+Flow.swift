import Core
import Labels

// The flow of labels, by abstract interpretation: the same rules as the engine's, over the highest grade that a value can have.
extension WorkflowChecker {
    /// The highest grade that can reach a place, and the way it takes.
    struct Flow {
        var grade: Grade
        var path: [String]

        static let none = Flow(grade: .level1, path: [])
        func joined(_ other: Flow) -> Flow { other.grade > grade ? other : self }
        func then(_ place: String) -> Flow { Flow(grade: grade, path: path + ["\(place) (\(grade))"]) }
    }

    /// What names mean in a body, as flows.
    private struct Scope {
        /// The workflow of the definition that the body belongs to; nil for the definition itself.
        let unit: String?
        /// By the name of a step: of all its outputs.
        var steps: [String: Flow] = [:]
        /// Of single outputs where they are known apart: a transform's, a call's, how often a map or loop ran, which way a switch took.
        var parts: [String: [String: Flow]] = [:]
        /// Of what the number of elements of a step's arrays tells; and of inputs that are arrays, if not the workflow's own.
        var counts: [String: Flow] = [:]
        var inputCounts: [String: Flow]
        /// The same of arrays inside those arrays, where less than the arrays' own flow is known of them.
        var deepCounts: [String: Flow] = [:]
        var inputDeepCounts: [String: Flow] = [:]
        /// The same of the items of maps around.
        var itemCounts: [String: Flow] = [:]
        /// By the name of a step: of what the fact tells that it ran.
        var ran: [String: Flow] = [:]
        /// By the name of a step around: what it gives to its steps.
        var around: [String: [String: Flow]] = [:]
        var inputs: [String: Flow]
        /// Of every condition and choice that led here.
        var control: Flow = .none

        func flow(of reference: Reference) -> Flow {
            if reference.source == Reference.input { return inputs[reference.field] ?? .none }
            return around[reference.source]?[reference.field] ?? parts[reference.source]?[reference.field] ?? steps[reference.source] ?? .none
        }

        func counts(of binding: Binding?) -> Flow {
            guard case .reference(let reference) = binding else { return .none }
            if reference.source == Reference.input { return inputCounts[reference.field] ?? .none }
            if let around = around[reference.source]?[reference.field] { return itemCounts[reference.source] ?? around }
            return counts[reference.source] ?? flow(of: reference)
        }

        /// Of what the number of elements of arrays inside an array tells: a map over its items runs as often.
        func deepCounts(of binding: Binding?) -> Flow {
            switch binding {
            case .literal, nil: return .none
            case .reference(let reference):
                if reference.source == Reference.input { return inputDeepCounts[reference.field] ?? .none }
                if let around = around[reference.source]?[reference.field] { return itemCounts[reference.source] ?? around }
                return deepCounts[reference.source] ?? flow(of: reference)
            case .array(let elements): return elements.reduce(.none) { $0.joined(counts(of: $1)).joined(deepCounts(of: $1)) }
            case .object(let members): return members.sorted { $0.key < $1.key }.reduce(.none) { $0.joined(counts(of: $1.value)).joined(deepCounts(of: $1.value)) }
            }
        }

        func flow(of references: [Reference]) -> Flow {
            references.sorted { $0.description < $1.description }.reduce(.none) { $0.joined(flow(of: $1)) }
        }
    }

    /// What was found, without repetitions: bodies of loops and called workflows are walked more than once.
    private struct Findings {
        var diagnostics: [Diagnostic] = []
        var leaks = Set<WorkflowLeak>()
        private var seen = Set<String>()
        /// Bodies walked: a called workflow is walked at each place that calls it.
        var walks = 0

        mutating func add(_ diagnostic: Diagnostic, at step: String) { if seen.insert(step).inserted { diagnostics.append(diagnostic) } }
    }

    /// Bodies that one check may walk: calls of calls of calls multiply.
    static let walkCountMax = 20_000

    func leaks(in definition: WorkflowDefinition) -> [Diagnostic] { flows(in: definition).diagnostics }

    /// The flows that may not be: as messages, and as what a patch must change.
    func flows(in definition: WorkflowDefinition) -> (diagnostics: [Diagnostic], leaks: Set<WorkflowLeak>) {
        var findings = Findings()
        let inputs = definition.inputs.map { name, field in (name, Flow(grade: field.grade, path: ["input.\(name) (\(field.grade))"])) }
        _ = walk(definition.steps, Scope(unit: nil, inputCounts: [:], inputs: Dictionary(inputs) { $1 }), definition, "", &findings)
        if findings.walks > Self.walkCountMax {
            findings.diagnostics.append(Self.error("size", "calls of workflows unfold into more than \(Self.walkCountMax) bodies", nil))
        }
        return (findings.diagnostics, findings.leaks)
    }

    /// Walks a body.
    /// - Returns: the scope with the flows of its steps.
    private func walk(_ steps: [Step], _ outer: Scope, _ definition: WorkflowDefinition, _ prefix: String, _ findings: inout Findings) -> Scope {
        var scope = outer
        findings.walks += 1
        guard findings.walks <= Self.walkCountMax, let order = WorkflowDefinition.order(of: steps) else { return scope }
        for step in order.map({ steps[$0] }) {
            // A step is skipped with any of its sources, so that it runs tells what their conditions told; a protection step between them does not change that.
            let sources = step.sources.sorted().reduce(scope.control) { flow, source in steps.contains { $0.id == source } ? flow.joined(scope.ran[source] ?? .none) : flow }
            let condition = scope.flow(of: step.condition?.value.references ?? [])
            let control = condition.grade > sources.grade ? condition.then("\(prefix)\(step.id).when") : sources
            scope.ran[step.id] = control
            let data = scope.flow(of: step.with.values.flatMap(\.references))
            scope.steps[step.id] = flow(through: step, data: data, control: control, inherited: sources, &scope, definition, prefix, &findings)
            if let undo = step.undo { enter(undo.kind, signature(of: undo.kind, with: undo.with), undo.with, control, prefix + step.id + "/undo", WorkflowLeak(scope.unit, step.id, isUndo: true), sources, scope, &findings) }
        }
        return scope
    }

    /// Whether values may enter a kind, and be seen to enter it; what is wrong otherwise.
    /// - Parameters:
    ///   - leak: the place, without what is wrong with it.
    ///   - inherited: what of `control` does not come from the step's own condition.
    private func enter(
        _ kind: String, _ signature: StepSignature?, _ with: [String: Binding], _ control: Flow, _ name: String, _ leak: WorkflowLeak, _ inherited: Flow, _ scope: Scope, _ findings: inout Findings
    ) {
        let data = scope.flow(of: with.values.flatMap(\.references)), flow = data.joined(control)
        guard let clearance = signature?.clearance, flow.grade > clearance.grade else { return }
        let path = (flow.path + ["\(name) (\(kind), clearance \(clearance))"]).joined(separator: " -> ")
        let what = data.grade > clearance.grade ? "a value of grade \(flow.grade) may not enter; \(remedy(for: clearance.grade))"
            : "whether it runs tells of a value of grade \(flow.grade); let a protected value decide, or let it run always"
        findings.add(Self.error("leak", "\(path): \(what)", name), at: name)
        var leak = leak
        leak.clearance = clearance.grade
        for (field, binding) in with {
            let graver = binding.references.filter { scope.flow(of: $0).grade > clearance.grade }
            if !graver.isEmpty { leak.values[field] = Set(graver) }
        }
        if control.grade > clearance.grade { leak.control = inherited.grade > clearance.grade ? .elsewhere : .ownCondition }
        findings.leaks.insert(leak)
    }

    private func flow(
        through step: Step, data: Flow, control: Flow, inherited: Flow, _ scope: inout Scope, _ definition: WorkflowDefinition, _ prefix: String, _ findings: inout Findings
    ) -> Flow {
        let name = prefix + step.id, incoming = data.joined(control)
        var inside = scope
        inside.control = control
        switch step.nested {
        case .map(let body, _, _):
            inside.control = control.joined(scope.counts(of: step.with["items"]))
            inside.itemCounts[step.id] = inside.control.joined(scope.deepCounts(of: step.with["items"]))
            inside.around[step.id] = ["item": incoming.then("\(name).item"), "index": inside.control]
            let walked = walk(body.steps, inside, definition, prefix, &findings)
            scope.counts[step.id] = inside.control
            scope.parts[step.id] = ["count": inside.control.then(name)]
            return inside.control.joined(walked.flow(of: body.gives?.references ?? [])).then(name)
        case .loop(let body, let most, let until):
            // Each round can raise what the next one takes; grades are six, so this comes to rest.
            var value = incoming, given = Flow.none
            for _ in 0..<min(most, Grade.allCases.count + 1) {
                inside.around[step.id] = ["value": value.then("\(name).value"), "index": inside.control]
                let walked = walk(body.steps, inside, definition, prefix, &findings)
                let entered = inside.control.joined(walked.flow(of: until.value.references))
                given = walked.flow(of: body.gives?.references ?? []).joined(entered)
                let isAtRest = value.grade >= given.grade && entered.grade == inside.control.grade
                (value, inside.control) = (value.joined(given), entered)
                if isAtRest { break }
            }
            scope.parts[step.id] = ["rounds": inside.control.then(name), "met": inside.control.then(name)]
            return given.then(name)
        case .choose(let cases, let otherwise):
            inside.control = incoming.then("\(name).case")
            scope.parts[step.id] = ["case": incoming.then(name)]
            let bodies = cases.map(\.body) + (otherwise.map { [$0] } ?? [])
            return bodies.reduce(incoming) { flow, body in
                flow.joined(walk(body.steps, inside, definition, prefix, &findings).flow(of: body.gives?.references ?? []))
            }.then(name)
        case .call(let called):
            guard let workflow = definition.workflows[called] else { return incoming }
            var inputs: [String: Flow] = [:], counts: [String: Flow] = [:], deep: [String: Flow] = [:]
            for (field, declared) in workflow.inputs.sorted(by: { $0.key < $1.key }) {
                let flow = scope.flow(of: step.with[field]?.references ?? [])
                if flow.grade > declared.grade {
                    let path = (flow.path + ["\(name) (\(called).\(field), declared \(declared.grade))"]).joined(separator: " -> ")
                    findings.add(Self.error("leak", "\(path): a value of grade \(flow.grade) may not enter; declare the input higher, or protect the value", name), at: name)
                    var leak = WorkflowLeak(scope.unit, step.id)
                    leak.clearance = declared.grade
                    leak.values[field] = Set((step.with[field]?.references ?? []).filter { scope.flow(of: $0).grade > declared.grade })
                    findings.leaks.insert(leak)
                }
                inputs[field] = flow.then("\(name).\(field)")
                counts[field] = scope.counts(of: step.with[field])
                deep[field] = scope.deepCounts(of: step.with[field])
            }
            let walked = walk(workflow.steps, Scope(unit: called, inputCounts: counts, inputDeepCounts: deep, inputs: inputs, control: control), definition, name + ".", &findings)
            scope.parts[step.id] = workflow.outputs.mapValues { control.joined(walked.flow(of: $0.references)).then(name) }
            return control.joined(walked.flow(of: workflow.outputs.values.flatMap(\.references))).then(name)
        case nil:
            if step.kind == RunState.transform {
                let flows = step.with.mapValues { scope.flow(of: $0.references) }
                scope.parts[step.id] = step.set.mapValues { $0.names.sorted().compactMap { flows[$0] }.reduce(control) { $0.joined($1) }.then(name) }
                return incoming.then(name)
            }
            let signature = signature(of: step)
            enter(step.kind, signature, step.with, control, name, WorkflowLeak(scope.unit, step.id), inherited, scope, &findings)
            let grade = (signature?.labelRule ?? .joinsInputs).grade(for: data.grade)
            if signature?.hasOpenCounts == true { (scope.counts[step.id], scope.deepCounts[step.id]) = (control, control) }
            return Flow(grade: max(grade, control.grade), path: (grade >= control.grade ? incoming : control).path).then(name)
        }
    }

    /// The kinds that lower a label so far.
    func remedy(for grade: Grade) -> String {
        let lowering = kinds.values.filter { if case .lowers(let most) = $0.signature.labelRule { most <= grade } else { false } }.map(\.id).sorted()
        return lowering.isEmpty
            ? "no known step kind lowers a label that far" : "put a step of kind \(lowering.joined(separator: " or ")) in between and bind its output"
    }
}
