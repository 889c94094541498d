import Core
import Labels
import Store

extension WorkflowEngine {
    /// Runs the body of one attempt: label, types, the resource it needs, its timeout.
    func execute(_ start: StartedAttempt, runID: String) async throws -> StepOutcome {
        guard let kind = kinds[start.kind] else {
            throw Fault(.workflowUnknown, "this Banyan has no step kind \(start.kind)", remedy: "use the version that started the run")
        }
        let signature = try kind.signature(of: start.settings), input = try withSecrets(start, signature)
        guard signature.clearance.permits(input.label) else {
            throw Fault(
                .workflowLabel, "step \(start.path): its input is \(input.label), its clearance is \(signature.clearance)",
                remedy: "protect the value before this step")
        }
        for (name, field) in signature.inputs {
            let value = input.values[name] ?? .null
            guard value == .null ? !field.isRequired : field.type.matches(value) else {
                throw Fault(.workflowDefinition, "step \(start.path): the input \(name) is not of type \(field.type.rawValue)", remedy: "check what is bound to it")
            }
        }
        let name = start.isUndo ? start.path + "/undo" : start.path
        let life = AttemptLife(runID: runID, step: name, kind: kind.id, attempt: start.turnAttempt, engine: self)
        defer { life.end() }
        let context = StepContext(runID: runID, stepID: name, attempt: start.turnAttempt, now: clock.now, checkpoint: start.attempt > 1 ? try await checkpoint(of: name, runID: runID) : nil, notes: start.notes, life: life)
        let watch = AttemptWatch(step: name, timeout: start.step.timeout, heartbeat: start.isUndo ? nil : start.step.heartbeat, life: life)
        guard let resource = kind.resource else { return try await watch.watching { try await kind.run(input, in: context) } }
        return try await resources.holding(resource, priority: start.priority) {
            // Silence while it waited for its turn is nobody's fault.
            life.beat()
            return try await watch.watching { try await kind.run(input, in: context) }
        }
    }

    /// The input with the secrets that it names, which no event holds.
    private func withSecrets(_ start: StartedAttempt, _ signature: StepSignature) throws -> StepInput {
        let bindings = start.isUndo ? start.step.undo?.with ?? [:] : start.step.with
        var values = start.input.values
        for (name, field) in signature.inputs where field.isSecret {
            guard let binding = bindings[name] else { continue }
            guard case .reference(let reference) = binding, reference.source == Reference.secret else {
                throw Fault(.workflowDefinition, "step \(start.path): the input \(name) takes a secret only", remedy: "write \"${secret.NAME}\"")
            }
            guard let secret = secrets.value(reference.field) else {
                throw Fault(.workflowSecret, "step \(start.path): there is no secret \(reference.field)", remedy: "add it to the file of secrets")
            }
            values[name] = .string(secret)
        }
        return StepInput(values: values, label: start.input.label, data: start.input.data, control: start.input.control)
    }

    /// Takes the effect of an outcome and says what to journal of it.
    func event(for outcome: StepOutcome, of start: StartedAttempt, taskID: String, runID: String, now: Double, in transaction: Transaction) throws -> (kind: String, body: JSONValue) {
        let signature = try kinds[start.kind]?.signature(of: start.settings), rule = signature?.labelRule ?? .raises(.core)
        // What entered in earlier turns is in everything that comes after.
        let kept = start.notes.map(\.label).joined(), held = Self.label(rule: rule, input: start.input).joined(kept)
        let step = JSONValue.string(start.path)
        if start.isUndo {
            guard case .done(_, _, let effect, _) = outcome else { throw Fault(.workflowDefinition, "an undo may not wait", remedy: "undo with a kind that ends at once") }
            try effect?(transaction)
            return (RunEvent.undoDone, ["step": step])
        }
        switch outcome {
        case .done(let output, let label, let effect, let usage):
            let result = try Self.label(label, rule: rule, input: start.input, step: start.path).joined(kept)
            try effect?(transaction)
            var body: JSONValue = ["step": step, "output": .object(output), "label": result.json]
            if signature?.hasOpenCounts == true { body["openCounts"] = true }
            if let usage { body["usage"] = usage.json }
            if start.attempt > 1 || start.step.heartbeat != nil || kinds[start.kind]?.beats == true { try forgetCheckpoint(of: start.path, runID: runID, in: transaction) }
            return (RunEvent.stepDone, body)
        case .person(let request):
            let label = request.label.joined(held)
            let task = HumanTask(id: taskID, runID: runID, stepID: start.path, request: request, label: label, createdAt: now)
            try open(task, in: transaction)
            return (RunEvent.taskOpened, ["step": step, "task": .string(taskID), "label": label.json])
        case .again(let turn): return try event(for: turn, of: start, rule: rule, taskID: taskID, runID: runID, now: now, in: transaction)
        case .sleep(let seconds): return (RunEvent.timerSet, ["step": step, "until": .double(now + seconds), "label": held.json])
        case .event(let name, let seconds):
            return (RunEvent.eventAwaited, ["step": step, "event": .string(name), "until": seconds.map { .double(now + $0) } ?? .null, "label": held.json])
        }
    }

    /// What a rule gives for an input. It lowers the labels of values, never what the fact tells that the step ran.
    static func label(rule: LabelRule, input: StepInput) -> Label { Label(rule.grade(for: input.data.grade), input.data.categories).joined(input.control) }

    /// The label of an output: what the rule gives, or what the step says if the rule allows it.
    static func label(_ claimed: Label?, rule: LabelRule, input: StepInput, step: String) throws -> Label {
        let ruled = label(rule: rule, input: input)
        guard let claimed else { return ruled }
        let isAllowed: Bool
        switch rule {
        // A transform may drop categories, but what it returns must be as low as it promised, or the static check would have lied.
        case .lowers(let most): isAllowed = claimed.grade <= max(most, input.control.grade)
        case .joinsInputs, .raises: isAllowed = ruled.isAtMost(claimed)
        case .mayRaise: isAllowed = input.data.isAtMost(claimed) && claimed.grade <= ruled.grade
        }
        guard isAllowed else {
            throw Fault(.workflowLabel, "step \(step) claims \(claimed) for its output; its rule gives \(ruled)", remedy: "only a protection step may lower a label")
        }
        return claimed.joined(input.control)
    }

    /// Writes a run's line under both orders, and when it wants to be woken.
    func write(_ summary: RunSummary, nextTime: Double?, in transaction: Transaction) throws {
        let started = timestampText(summary.startedAt)
        try transaction.put(summary, as: summary.id, in: [(summaries, started), (summariesByStatus, "\(summary.status.rawValue)|\(started)")])
        if let nextTime, !summary.status.isFinal {
            try transaction.put(nextTime, as: summary.id, sort: timestampText(nextTime), in: timers)
        } else {
            try transaction.remove(summary.id, in: timers)
        }
        if summary.status.isFinal { try forgetCheckpoints(ofRun: summary.id, in: transaction) }
        try transaction.line(summary.id, due: due(summary, nextTime: nextTime))
    }
}

extension StartedAttempt {
    /// Attempts of undos come first: they give back what others wait for.
    var priority: Int { isUndo ? 10 : runPriority }
}
