import Core
import Labels

// Maps, loops, switches and calls: how their bodies open and close; and what names mean inside.
extension RunState {
    private func refuse(_ path: String, _ message: String) -> (step: String, message: String, isJournaled: Bool) { (path, message, false) }

    /// Opens a step of several steps.
    mutating func enter(_ step: Int, in scopePath: String, control: Label, now: Double) {
        guard let body = scopes[scopePath]?.body else { return }
        let definition = plan.bodies[body].steps[step].definition, path = Self.join(scopePath, definition.id)
        let input = resolve(definition.with, in: scopePath, control: control)
        scopes[scopePath]?.steps[step].status = .open
        records[path] = StepRecord(id: path, kind: definition.kind, status: "opened", startedAt: now)
        var composite = Composite(entering: input.label, label: control, control: control, counts: nil)
        switch definition.nested {
        case .map(_, let parallel, let most):
            guard let items = input.values["items"]?.array else { return failing = refuse(path, "items is no array") }
            guard items.count <= most else { return failing = refuse(path, "\(items.count) items; at most \(most) are allowed") }
            // How often the body runs tells how many items there are.
            let counted = definition.with["items"].map { counts(of: $0, in: scopePath) } ?? .bottom
            let deep = definition.with["items"].map { deepCounts(of: $0, in: scopePath) } ?? .bottom
            composite = Composite(entering: input.label, label: control.joined(counted), control: control.joined(counted), counts: counted.joined(deep))
            composite.items = items
            composite.results = [JSONValue](repeating: .null, count: items.count)
            composites[path] = composite
            if items.isEmpty { return finish(scopePath, step, output: ["results": [], "count": 0], label: composite.control, counts: composite.control, at: now) }
            for _ in 0..<min(parallel, items.count) { openNext(of: path, now: now) }
        case .loop:
            composite.value = input.values["value"] ?? .null
            composites[path] = composite
            openNext(of: path, now: now)
        case .choose(let cases, let otherwise):
            let value = input.values["value"] ?? .null
            // Which way it went tells of the value.
            composite = Composite(entering: input.label, label: input.label, control: input.label, counts: nil, value: value)
            composites[path] = composite
            let chosen = cases.firstIndex { $0.values.contains(value) } ?? cases.count
            if chosen == cases.count, otherwise == nil { return finish(scopePath, step, output: ["value": .null, "case": .int(chosen)], label: input.label, at: now) }
            openBody(of: path, index: chosen, variables: [:], now: now)
        case .call(let name):
            guard let called = self.definition.workflows[name] else { return failing = refuse(path, "there is no workflow \(name)") }
            composites[path] = composite
            var variables: [String: Labeled<JSONValue>] = [:], counts: [String: Label] = [:], deep: [String: Label] = [:]
            for (field, declared) in called.inputs.sorted(by: { $0.key < $1.key }) {
                let label = definition.with[field].map { self.label(of: $0, in: scopePath) } ?? .bottom
                let value = input.values[field] ?? .null
                guard declared.type.matches(value) else { return failing = refuse(path, "the input \(field) of workflow \(name) must be of type \(declared.type.rawValue)") }
                guard label.grade <= declared.grade else { return failing = refuse(path, "the input \(field) of workflow \(name) is \(label), it declares at most \(declared.grade)") }
                variables[field] = Labeled(value, label)
                counts[field] = definition.with[field].map { self.counts(of: $0, in: scopePath) }
                deep[field] = definition.with[field].map { deepCounts(of: $0, in: scopePath) }
            }
            openBody(of: path, index: 0, variables: variables, counts: counts, deepCounts: deep, now: now)
        case nil: break
        }
    }

    /// Opens the next item of a map or round of a loop.
    private mutating func openNext(of path: String, now: Double) {
        guard var composite = composites[path] else { return }
        let index = composite.opened
        composite.opened += 1
        composites[path] = composite
        let entered = composite.entering
        let variables: [String: Labeled<JSONValue>] =
            composite.items.isEmpty
            ? ["value": Labeled(composite.value, entered), "index": Labeled(.int(index), composite.control)]
            : ["item": Labeled(composite.items[index], entered), "index": Labeled(.int(index), composite.control)]
        // Arrays in an array: how many they hold is open where that of the outer one is.
        openBody(of: path, index: index, variables: variables, counts: composite.counts.map { ["item": $0.joined(composite.control)] } ?? [:], now: now)
    }

    private mutating func openBody(of path: String, index: Int, variables: [String: Labeled<JSONValue>], counts: [String: Label] = [:], deepCounts: [String: Label] = [:], now: Double) {
        guard scopeCount < Self.scopeCountMax else { return failing = refuse(path, "the run opens more than \(Self.scopeCountMax) bodies") }
        guard let (scope, step) = locate(path), let body = body(of: scope, step, index), let control = composites[path]?.control else { return }
        let inner = "\(path)[\(index)]"
        open(body: body, path: inner, owner: path, index: index, variables: variables, counts: counts, deepCounts: deepCounts, control: control)
        if plan.bodies[body].steps.isEmpty { close(inner, at: now) }
    }

    /// The body that a step opens as its `index`-th.
    private func body(of scope: String, _ step: Int, _ index: Int) -> Int? {
        guard let number = scopes[scope]?.body else { return nil }
        let planned = plan.bodies[number].steps[step]
        return switch planned.definition.nested {
        case .call(let name): plan.calls[name]
        case .choose: planned.bodies.indices.contains(index) ? planned.bodies[index] : nil
        default: planned.bodies.first
        }
    }

    /// A body has ended: what it gives goes to the step around it, or is the run's result.
    mutating func close(_ scopePath: String, at now: Double) {
        guard let scope = scopes[scopePath] else { return }
        let gives = plan.bodies[scope.body].gives
        let label = gives.references.map { self.label($0, in: scopePath) }.joined().joined(scope.control)
        func look(_ reference: Reference) -> JSONValue? { self.value(reference, in: scopePath) }
        let value: JSONValue =
            switch gives {
            case .nothing: .null
            case .value(let binding): binding.resolved(look)
            case .outputs(let outputs): .object(outputs.mapValues { $0.resolved(look) })
            }
        guard let owner = scope.owner else { return result = Labeled(value.object ?? [:], label) }
        guard let (outer, step) = locate(owner), var composite = composites[owner], let definition = definition(of: owner) else { return }
        composite.closed += 1
        composite.label = composite.label.joined(label)
        composites[owner] = composite
        switch definition.nested {
        case .map:
            composites[owner]?.results[scope.index] = value
            scopes[scopePath] = nil
            if composite.opened < composite.items.count { return openNext(of: owner, now: now) }
            if composite.closed == composite.items.count, let all = composites[owner]?.results {
                finish(outer, step, output: ["results": .array(all), "count": .int(all.count)], label: composite.label, parts: ["count": composite.control], counts: composite.control, at: now)
            }
        case .loop(_, let most, let until):
            let isMet = until.holds(look)
            // That another round runs, or none, tells of the condition.
            let told = until.value.references.map { self.label($0, in: scopePath) }.joined()
            let control = composite.control.joined(told), given = label.joined(control)
            composites[owner] = Composite(opened: composite.opened, closed: composite.closed, entering: given, label: given, control: control, counts: nil, value: value)
            scopes[scopePath] = nil
            if !isMet, composite.closed < most { return openNext(of: owner, now: now) }
            finish(outer, step, output: ["value": value, "rounds": .int(composite.closed), "met": .bool(isMet)], label: given, parts: ["rounds": control, "met": control], at: now)
        case .choose:
            scopes[scopePath] = nil
            finish(outer, step, output: ["value": value, "case": .int(scope.index)], label: composite.label, parts: ["case": composite.control], at: now)
        case .call, nil:
            let parts: [String: Label] = if case .outputs(let outputs) = gives { outputs.mapValues { self.label(of: $0, in: scopePath).joined(scope.control) } } else { [:] }
            scopes[scopePath] = nil
            finish(outer, step, output: value.object ?? [:], label: composite.label, parts: parts, at: now)
        }
    }

    // MARK: - Names

    /// What a reference names from inside a scope, with its label; nil for what is not there.
    private func labeled(_ reference: Reference, in scopePath: String) -> Labeled<JSONValue?>? {
        var path = scopePath
        while let scope = scopes[path] {
            let body = plan.bodies[scope.body]
            if reference.source == Reference.input, body.owner == nil {
                guard path.isEmpty else { return scope.variables[reference.field].map { Labeled($0.value, $0.label) } }
                // An input never has more than its declared grade: the engine refused it otherwise.
                let declared = definition.inputs[reference.field]?.grade ?? .core
                return Labeled(input[reference.field], Label(min(declared, inputLabel.grade), inputLabel.categories))
            }
            if let step = body.index[reference.source] { return Labeled(scope.steps[step].output?[reference.field], scope.steps[step].parts[reference.field] ?? scope.steps[step].label ?? .bottom) }
            guard let owner = body.owner else { return nil }
            if owner == reference.source { return scope.variables[reference.field].map { Labeled($0.value, $0.label) } }
            path = Self.split(scope.owner ?? "").scope
        }
        return nil
    }

    /// The value that a reference names, if it exists yet.
    func value(_ reference: Reference, in scope: String) -> JSONValue? { labeled(reference, in: scope)?.value }
    /// The label of the value that a reference names.
    func label(_ reference: Reference, in scope: String) -> Label { labeled(reference, in: scope)?.label ?? .bottom }

    func label(of binding: Binding, in scope: String) -> Label { binding.references.map { label($0, in: scope) }.joined() }

    /// A step of the outermost body.
    func instance(of id: String) -> Instance? { locate(id).flatMap { scopes[$0.scope]?.steps[$0.step] } }

    /// What the number of elements of an array tells: nothing if it stands in the definition or is the workflow's input.
    private func counts(of binding: Binding, in scopePath: String) -> Label {
        guard case .reference(let reference) = binding else { return .bottom }
        return counts(of: reference, in: scopePath, of: \.counts, given: \.counts)
    }

    /// What the number of elements of arrays inside an array tells.
    private func deepCounts(of binding: Binding, in scopePath: String) -> Label {
        func both(_ binding: Binding) -> Label { counts(of: binding, in: scopePath).joined(deepCounts(of: binding, in: scopePath)) }
        return switch binding {
        case .literal: .bottom
        case .array(let elements): elements.map(both).joined()
        case .object(let members): members.values.map(both).joined()
        case .reference(let reference): counts(of: reference, in: scopePath, of: \.deepCounts, given: \.deepCounts)
        }
    }

    /// Either of them, of what a reference names; as much as its label where no less is known.
    /// - Parameters:
    ///   - known: of a step's outputs.
    ///   - given: of what a called workflow was given.
    private func counts(of reference: Reference, in scopePath: String, of known: KeyPath<Instance, Label?>, given: KeyPath<Scope, [String: Label]>) -> Label {
        var path = scopePath
        while let scope = scopes[path] {
            let body = plan.bodies[scope.body]
            if reference.source == Reference.input, body.owner == nil { return path.isEmpty ? .bottom : scope[keyPath: given][reference.field] ?? label(reference, in: path) }
            if let step = body.index[reference.source] { return scope.steps[step][keyPath: known] ?? label(reference, in: path) }
            // Items of a map around: the arrays in its items are what its own arrays held.
            guard let owner = body.owner, owner != reference.source else { return scope.counts[reference.field] ?? label(reference, in: path) }
            path = Self.split(scope.owner ?? "").scope
        }
        return label(reference, in: scopePath)
    }

    /// What a condition tells, whether it holds or not.
    func told(by condition: Condition?, in scope: String) -> Label { (condition?.value.references ?? []).map { label($0, in: scope) }.joined() }

    /// Values and labels of bindings.
    func resolve(_ bindings: [String: Binding], in scope: String, control: Label) -> StepInput {
        let data = bindings.values.flatMap(\.references).map { label($0, in: scope) }.joined()
        return StepInput(values: bindings.mapValues { $0.resolved { value($0, in: scope) } }, label: data.joined(control), data: data, control: control)
    }

    /// Values and label for a step's start.
    func input(for path: String) -> StepInput? {
        guard let definition = definition(of: path), let (scope, step) = locate(path), let control = scopes[scope]?.steps[step].control else { return nil }
        return resolve(definition.with, in: scope, control: control)
    }

    // MARK: - Another definition

    /// Goes on under another definition, in which every step that was reached is as it was.
    mutating func adopt(_ new: WorkflowDefinition, _ newPlan: CompiledDefinition) {
        guard let root = scopes[""] else { return }
        let old = Dictionary(uniqueKeysWithValues: zip(plan.bodies[root.body].steps.map(\.definition.id), root.steps))
        (definition, plan) = (new, newPlan)
        result = nil
        let steps = newPlan.bodies[0].steps
        let isEnded = steps.map { old[$0.definition.id]?.status == .done || old[$0.definition.id]?.status == .skipped }
        var instances = steps.map { old[$0.definition.id] ?? Instance(unmet: 0) }
        for index in instances.indices { instances[index].unmet = steps[index].needCount }
        for (index, step) in steps.enumerated() where isEnded[index] { for dependent in step.dependents { instances[dependent].unmet -= 1 } }
        scopes[""]?.body = 0
        scopes[""]?.steps = instances
        scopes[""]?.left = isEnded.count { !$0 }
        ready.removeAll { !$0.contains("[") }
        for (index, instance) in instances.enumerated() where instance.status == .pending && instance.unmet == 0 { fresh.append(("", index)) }
        for path in scopes.keys.sorted(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) where !path.isEmpty {
            guard let scope = scopes[path], let owner = scope.owner, let (outer, step) = locate(owner), let body = body(of: outer, step, scope.index) else { continue }
            scopes[path]?.body = body
        }
        if scopes[""]?.left == 0 { close("", at: 0) }
    }
}
