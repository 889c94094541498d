import Core
import Labels
import Store

// How events of steps change a run, and what follows from them.
extension RunState {
    /// Bodies that one run may open.
    static let scopeCountMax = 100_000

    /// `each[3].mask` is `mask` in the scope `each[3]`.
    static func split(_ path: String) -> (scope: String, id: String) {
        guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return ("", path) }
        return (String(path[..<dot]), String(path[path.utf8.index(after: dot)...]))
    }

    static func join(_ scope: String, _ id: String) -> String { scope.isEmpty ? id : "\(scope).\(id)" }

    /// The scope and place of a step that is there now.
    func locate(_ path: String) -> (scope: String, step: Int)? {
        let (scope, id) = Self.split(path)
        guard let body = scopes[scope]?.body, let index = plan.bodies[body].index[id] else { return nil }
        return (scope, index)
    }

    /// Where a step stands; steps of bodies that have ended are done or skipped.
    public func status(of path: String) -> Step {
        guard let (scope, step) = locate(path) else {
            guard let record = records[path] else { return .pending }
            return record.status == "skipped" ? .skipped : .done
        }
        return scopes[scope]?.steps[step].status ?? .pending
    }

    /// The outputs of a step that has ended.
    public func output(of path: String) -> [String: JSONValue]? {
        guard let (scope, step) = locate(path) else { return records[path]?.output }
        return scopes[scope]?.steps[step].output
    }

    /// Records of the steps inside a step, by path; so many as people look at.
    func innerRecords(of id: String) -> [StepRecord] {
        let inner = records.values.filter { $0.id.hasPrefix(id + "[") }.map { (scope: Self.split($0.id).scope, record: $0) }
        // Item by item, and within each as they began: that is how people read a timeline.
        return inner.sorted { first, second in
            guard first.scope == second.scope else { return first.scope.compare(to: second.scope) }
            return (first.record.startedAt, first.record.id) < (second.record.startedAt, second.record.id)
        }.prefix(Self.shownCountMax).map(\.record)
    }

    static let shownCountMax = 5_000

    /// The label that a step's outputs will have, as far as it is known before its end.
    func heldLabel(of path: String) -> Label {
        guard let (scope, step) = locate(path) else { return .bottom }
        return scopes[scope]?.steps[step].label ?? .bottom
    }

    /// The definition of the step at a path.
    func definition(of path: String) -> WorkflowDefinition.StepDefinition? {
        guard let (scope, step) = locate(path), let body = scopes[scope]?.body else { return nil }
        return plan.bodies[body].steps[step].definition
    }

    mutating func applyStep(_ event: JournalEvent) throws {
        guard let path = event.body["step"]?.string, let (scope, step) = locate(path), let definition = definition(of: path) else {
            throw Fault(.defect, "run \(runID): event \(event.sequence) names no step")
        }
        var record = records[path] ?? StepRecord(id: path, kind: definition.kind, status: "pending", startedAt: event.at)
        func set(_ status: Step, _ label: Label?) { scopes[scope]?.steps[step].status = status; if let label { scopes[scope]?.steps[step].label = label } }
        switch event.kind {
        case RunEvent.stepStarted:
            if !active.contains(path) {
                guard let place = ready.firstIndex(of: path) else { throw Fault(.defect, "run \(runID): event \(event.sequence) starts a step that cannot start") }
                ready.remove(at: place)
                active.insert(path)
            }
            let attempt = event.body["attempt"]?.int ?? 1
            set(.started(attempt: attempt), nil)
            (record.status, record.startedAt, record.attempts) = ("started", event.at, attempt)
        case RunEvent.stepFailed:
            set(.failed(attempt: event.body["attempt"]?.int ?? 1, retryAt: event.body["retryAt"]?.double ?? event.at), nil)
            (record.status, record.failure) = ("failed", event.body["message"]?.string)
        case RunEvent.taskOpened:
            try keepNote(of: event, at: path, since: record.startedAt)
            set(.waiting(task: event.body["task"]?.string ?? ""), Label(json: event.body["label"]))
            (record.status, record.label) = ("waiting", Label(json: event.body["label"]))
        case RunEvent.stepTurned, RunEvent.stepTold:
            try keepNote(of: event, at: path, since: record.startedAt)
            set(.turned(attempt: record.attempts), nil)
            (record.status, record.failure) = ("started", nil)
        case RunEvent.eventAwaited:
            set(.awaiting(event: event.body["event"]?.string ?? "", until: event.body["until"]?.double), Label(json: event.body["label"]))
            record.status = "waiting"
        case RunEvent.timerSet:
            set(.sleeping(until: event.body["until"]?.double ?? event.at), Label(json: event.body["label"]))
            record.status = "sleeping"
        case RunEvent.stepDone:
            if let name = event.body["event"]?.string, !(signals[name] ?? []).isEmpty { signals[name]?.removeFirst() }
            let counts = event.body["openCounts"]?.bool == true ? scopes[scope]?.steps[step].control : nil
            finish(scope, step, output: event.body["output"]?.object ?? [:], label: Label(json: event.body["label"]), counts: counts, deepCounts: counts, at: event.at)
            if let usage = event.body["usage"] { records[path]?.usage = StepUsage(json: usage) }
            return
        // Journals of before say so; now it follows from the conditions.
        case RunEvent.stepSkipped:
            return finish(scope, step, output: nil, label: scopes[scope]?.steps[step].label ?? .bottom, at: event.at)
        case RunEvent.stepKept:
            let output = event.body["output"]?.object
            let parts = (event.body["parts"]?.object ?? [:]).mapValues { Label(json: $0) }
            finish(
                scope, step, output: output, label: Label(json: event.body["label"]), parts: parts, counts: event.body["counts"].map { Label(json: $0) }, deepCounts: event.body["deepCounts"].map { Label(json: $0) }, at: event.at)
            if output != nil { records[path]?.status = "kept" }
            return
        default: throw Fault(.defect, "run \(runID): unknown event kind \(event.kind)")
        }
        records[path] = record
    }

    /// A step ends: done with an output, or skipped. What waited for it may be next.
    mutating func finish(_ scopePath: String, _ step: Int, output: [String: JSONValue]?, label: Label, parts: [String: Label] = [:], counts: Label? = nil, deepCounts: Label? = nil, at now: Double) {
        // No copy of the scope is held while it changes: that would copy all its steps.
        guard let body = scopes[scopePath]?.body, let before = scopes[scopePath]?.steps[step].status, before != .done, before != .skipped else { return }
        let planned = plan.bodies[body].steps[step], path = Self.join(scopePath, planned.definition.id)
        if planned.definition.nested != nil, composites.removeValue(forKey: path) != nil { close(under: path) }
        if let count = takenInside?.count, count < Self.shownCountMax, !scopePath.isEmpty, output != nil {
            let input = resolve(planned.definition.with, in: scopePath, control: scopes[scopePath]?.steps[step].control ?? .bottom)
            takenInside?[path] = Labeled(input.values, input.label)
        }
        turns[path] = nil
        if active.remove(path) == nil, let place = ready.firstIndex(of: path) { ready.remove(at: place) }
        scopes[scopePath]?.steps[step].status = output == nil ? .skipped : .done
        scopes[scopePath]?.steps[step].output = output
        scopes[scopePath]?.steps[step].label = label
        scopes[scopePath]?.steps[step].parts = parts
        scopes[scopePath]?.steps[step].counts = counts
        scopes[scopePath]?.steps[step].deepCounts = deepCounts
        scopes[scopePath]?.left -= 1
        if !label.isAtMost(self.label) { self.label = self.label.joined(label) }
        var record = records.removeValue(forKey: path) ?? StepRecord(id: path, kind: planned.definition.kind, status: "pending", startedAt: now)
        (record.status, record.endedAt, record.output, record.failure) = (output == nil ? "skipped" : "done", now, output, nil)
        (record.label, record.endedBy) = (output == nil ? nil : label, lastSequence)
        records[path] = record
        if output != nil, planned.definition.nested == nil {
            stepsDone += 1
            if let undo = planned.definition.undo {
                undoable.append(path)
                undoing[path] = (planned.definition, undo, resolve(undo.with, in: scopePath, control: scopes[scopePath]?.steps[step].control ?? .bottom))
            }
        }
        for dependent in planned.dependents {
            scopes[scopePath]?.steps[dependent].unmet -= 1
            if scopes[scopePath]?.steps[dependent].unmet == 0 { fresh.append((scopePath, dependent)) }
        }
        if scopes[scopePath]?.left == 0 { close(scopePath, at: now) }
    }

    /// Forgets the scopes inside a step.
    private mutating func close(under path: String) {
        for inner in scopes.keys where inner.hasPrefix(path + "[") { scopes[inner] = nil }
        composites = composites.filter { !$0.key.hasPrefix(path + "[") }
        ready.removeAll { $0.hasPrefix(path + "[") }
        active = active.filter { !$0.hasPrefix(path + "[") }
        turns = turns.filter { !$0.key.hasPrefix(path + "[") }
    }

    /// Opens a body; its steps without needs are looked at next.
    mutating func open(body: Int, path: String, owner: String?, index: Int, variables: [String: Labeled<JSONValue>], counts: [String: Label] = [:], deepCounts: [String: Label] = [:], control: Label) {
        let steps = plan.bodies[body].steps
        scopeCount += 1
        scopes[path] = Scope(
            body: body, owner: owner, index: index, variables: variables, counts: counts, deepCounts: deepCounts, control: control, left: steps.count, steps: steps.map { Instance(unmet: $0.needCount) })
        for (place, step) in steps.enumerated() where step.needCount == 0 { fresh.append((path, place)) }
    }

    /// Looks at every step whose needs are met, until all that is left needs outside work.
    mutating func settle(at now: Double) {
        var head = 0
        while failing == nil, head < fresh.count {
            let (scope, step) = fresh[head]
            head += 1
            // Its body may have been closed since.
            if scopes[scope]?.steps[step].status == .pending { look(at: step, in: scope, now: now) }
        }
        fresh.removeAll()
    }

    private mutating func look(at step: Int, in scopePath: String, now: Double) {
        guard let body = scopes[scopePath]?.body, var control = scopes[scopePath]?.control else { return }
        let planned = plan.bodies[body].steps[step], definition = planned.definition
        var isSkipped = false
        for source in planned.sources {
            guard let other = scopes[scopePath]?.steps[source] else { continue }
            isSkipped = isSkipped || other.status == .skipped
            if !other.control.isAtMost(control) { control = control.joined(other.control) }
        }
        if definition.condition != nil { control = control.joined(told(by: definition.condition, in: scopePath)) }
        scopes[scopePath]?.steps[step].control = control
        if isSkipped { return finish(scopePath, step, output: nil, label: control, at: now) }
        if let condition = definition.condition, !condition.holds({ value($0, in: scopePath) }) {
            return finish(scopePath, step, output: nil, label: control, at: now)
        }
        if definition.nested != nil { return enter(step, in: scopePath, control: control, now: now) }
        let path = Self.join(scopePath, definition.id)
        guard definition.kind == Self.transform else { return ready.append(path) }
        let input = resolve(definition.with, in: scopePath, control: control)
        do {
            // Each output tells of the names in its expression only.
            let labels = definition.with.mapValues { label(of: $0, in: scopePath) }
            let parts = definition.set.mapValues { $0.names.compactMap { labels[$0] }.joined().joined(control) }
            finish(scopePath, step, output: try definition.set.mapValues { try $0.value(input.values) }, label: input.label, parts: parts, at: now)
        } catch {
            failing = (path, (error as? Fault)?.description ?? "the expression failed", false)
        }
    }

    /// The kind of steps that compute by expressions.
    static let transform = "transform"
}

extension String {
    /// `each[2].a` before `each[10].a`: by numbers where both have them.
    fileprivate func compare(to other: String) -> Bool {
        let (left, right) = (split(separator: "["), other.split(separator: "["))
        for (first, second) in zip(left, right) where first != second {
            let (one, two) = (first.prefix { $0 != "]" }, second.prefix { $0 != "]" })
            if let one = Int(one), let two = Int(two), one != two { return one < two }
            return first < second
        }
        return left.count < right.count
    }
}
