import Core
import Labels
import Store

extension WorkflowEngine {
    /// Runs the body of one attempt: label, types, the resource it needs, its timeout.
    func execute(_ start: StartedAttempt, runID: String) async throws -> StepOutcome {
        guard let kind = kinds[start.kind] else {
            throw Fault(.workflowUnknown, "this Banyan has no step kind \(start.kind)", remedy: "use the version that started the run")
        }
        let (input, signature) = (start.input, try kind.signature(of: start.settings))
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
        let context = StepContext(runID: runID, stepID: start.isUndo ? start.path + "/undo" : start.path, attempt: start.turnAttempt, now: clock.now, notes: start.notes)
        guard let resource = kind.resource else { return try await run(kind, input, context, start.step.timeout) }
        return try await resources.holding(resource, priority: start.priority) { [self] in try await run(kind, input, context, start.step.timeout) }
    }

    private func run(_ kind: any StepKind, _ input: StepInput, _ context: StepContext, _ timeout: Double?) async throws -> StepOutcome {
        guard let timeout else { return try await kind.run(input, in: context) }
        return try await withThrowingTaskGroup(of: StepOutcome?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await kind.run(input, in: context) }
            group.addTask {
                try await Task.sleep(for: .seconds(timeout))
                return nil
            }
            guard let first = try await group.next(), let outcome = first else {
                throw Fault(.workflowTimeout, "step \(context.stepID) took longer than \(timeout) seconds", remedy: "give it a longer timeout, or attempts with retry")
            }
            return outcome
        }
    }

    /// Takes the effect of an outcome and says what to journal of it.
    func event(for outcome: StepOutcome, of start: StartedAttempt, taskID: String, runID: String, now: Double, in transaction: Transaction) throws -> (kind: String, body: JSONValue) {
        let signature = try kinds[start.kind]?.signature(of: start.settings), rule = signature?.labelRule ?? .raises(.core)
        // What entered in earlier turns is in everything that comes after.
        let kept = start.notes.map(\.label).joined(), held = Self.label(rule: rule, input: start.input).joined(kept)
        let step = JSONValue.string(start.path)
        if start.isUndo {
            guard case .done(_, _, let effect) = outcome else { throw Fault(.workflowDefinition, "an undo may not wait", remedy: "undo with a kind that ends at once") }
            try effect?(transaction)
            return (RunEvent.undoDone, ["step": step])
        }
        switch outcome {
        case .done(let output, let label, let effect):
            let result = try Self.label(label, rule: rule, input: start.input, step: start.path).joined(kept)
            try effect?(transaction)
            var body: JSONValue = ["step": step, "output": .object(output), "label": result.json]
            if signature?.hasOpenCounts == true { body["openCounts"] = true }
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
    }
}

extension StartedAttempt {
    /// Attempts of undos come first: they give back what others wait for.
    var priority: Int { isUndo ? 10 : runPriority }
}
