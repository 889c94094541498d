import Core
import Labels
import Store

extension RunState {
    /// The step that failed last and may be tried again.
    func retryStep() -> (step: String, attempt: Int, isResumed: Bool) {
        for (id, step) in steps { if case .failed(let attempt, _) = step { return (id, attempt + 1, false) } }
        return ("", 1, false)
    }
}

/// Appends events to a run inside a transaction and keeps the state in step with them.
struct EventWriter {
    var state: RunState
    let now: Double
    let engine: WorkflowEngine

    mutating func append(_ kind: String, _ body: JSONValue, in transaction: Transaction) throws {
        let sequence = try transaction.append(
            kind: kind, body: body, at: now, to: WorkflowEngine.stream(state.runID), after: state.lastSequence)
        try state.apply(JournalEvent(sequence: sequence, kind: kind, at: now, body: body))
    }

    /// Journals everything that needs no outside work, up to the next step's start: what follows the end of a step is in the same transaction.
    mutating func settle(in transaction: Transaction) throws {
        while true {
            switch state.next(now: now) {
            case .skip(let step): try append(RunEvent.stepSkipped, ["step": .string(step)], in: transaction)
            case .wake(let step): try append(RunEvent.stepDone, ["step": .string(step), "output": [:], "label": (state.labels[step] ?? .bottom).json], in: transaction)
            case .complete: try append(RunEvent.completed, [:], in: transaction)
            case .run(let step, let attempt, isResumed: false):
                try append(RunEvent.stepStarted, ["step": .string(step), "attempt": .int(attempt)], in: transaction)
                try engine.count("steps-run", in: transaction)
                return
            case .run, .wait, .sleep, .ended:
                return try engine.write(summary, in: transaction)
            }
        }
    }

    var summary: RunSummary {
        RunSummary(
            id: state.runID, workflow: state.definition.name, status: state.status(now: now), startedAt: state.startedAt, endedAt: state.endedAt,
            stepsDone: state.stepsDone, label: state.label, failure: state.failure, forkedFrom: state.forkedFrom)
    }
}

extension WorkflowEngine {
    /// Starts an attempt (its event first, unless the end of the step before already wrote it) and runs it.
    func begin(_ start: (step: String, attempt: Int, isResumed: Bool), in state: inout RunState) async throws {
        let now = clock.now
        let snapshot = state
        state = try await store.write { [self] transaction in
            var writer = EventWriter(state: snapshot, now: now, engine: self)
            try writer.append(RunEvent.stepStarted, ["step": .string(start.step), "attempt": .int(start.attempt)], in: transaction)
            try count("steps-run", in: transaction)
            if start.isResumed { try count("steps-resumed", in: transaction) }
            return writer.state
        }
        try await execute(&state)
    }

    /// Journals what needs no outside work and, if that started a step, runs it.
    func settle(_ state: inout RunState, now: Double) async throws {
        let snapshot = state
        state = try await store.write { [self] transaction in
            var writer = EventWriter(state: snapshot, now: now, engine: self)
            try writer.settle(in: transaction)
            return writer.state
        }
        try await execute(&state)
    }

    /// Runs started steps one after another until the run must wait, sleep or end. Each end is committed with its effect and the next start.
    private func execute(_ state: inout RunState) async throws {
        while let (step, attempt) = state.startedStep() {
            try Task.checkCancellation()
            let outcome: Swift.Result<StepOutcome, any Error>
            let input = state.input(for: step)
            do {
                outcome = .success(try await run(step, attempt: attempt, input: input, runID: state.runID))
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                outcome = .failure(error)
            }
            state = try await commit(outcome, of: step, attempt: attempt, input: input, state: state)
        }
    }

    private func run(
        _ step: WorkflowDefinition.StepDefinition, attempt: Int, input: StepInput, runID: String
    ) async throws -> StepOutcome {
        guard let kind = kinds[step.kind] else {
            throw Fault(.workflowUnknown, "this Banyan has no step kind \(step.kind)", remedy: "use the version that started the run")
        }
        guard kind.signature.clearance.permits(input.label) else {
            throw Fault(
                .workflowLabel, "step \(step.id): its input is \(input.label), its clearance is \(kind.signature.clearance)",
                remedy: "protect the value before this step")
        }
        for (name, field) in kind.signature.inputs {
            let value = input.values[name] ?? .null
            guard value == .null ? !field.isRequired : field.type.matches(value) else {
                throw Fault(.workflowDefinition, "step \(step.id): the input \(name) is not of type \(field.type.rawValue)", remedy: "check what is bound to it")
            }
        }
        return try await kind.run(input, in: StepContext(runID: runID, stepID: step.id, attempt: attempt, now: clock.now))
    }

    private func commit(
        _ outcome: Swift.Result<StepOutcome, any Error>, of step: WorkflowDefinition.StepDefinition, attempt: Int, input: StepInput, state: RunState
    ) async throws -> RunState {
        let now = clock.now
        let taskID = ids.next("task")
        do {
            return try await store.write { [self] transaction in
                var writer = EventWriter(state: state, now: now, engine: self)
                switch outcome {
                case .success(let outcome): try record(outcome, of: step, input: input, taskID: taskID, writer: &writer, in: transaction)
                case .failure(let error): try record(error, of: step, attempt: attempt, writer: &writer, in: transaction)
                }
                try writer.settle(in: transaction)
                return writer.state
            }
        } catch let fault as Fault where fault.code != .journalConflict && fault.code.kind != .full && fault.code.kind != .io {
            guard case .success = outcome else { throw fault }
            // The outcome itself was refused (a label, a failing effect): nothing of it was kept, and that is this attempt's failure.
            return try await commit(.failure(fault), of: step, attempt: attempt, input: input, state: state)
        }
    }

    private func record(
        _ outcome: StepOutcome, of step: WorkflowDefinition.StepDefinition, input: StepInput, taskID: String, writer: inout EventWriter,
        in transaction: Transaction
    ) throws {
        let rule = kinds[step.kind]?.signature.labelRule ?? .raises(.core)
        switch outcome {
        case .done(let output, let label, let effect):
            let result = try Self.label(label, rule: rule, input: input.label, step: step.id)
            try writer.append(RunEvent.stepDone, ["step": .string(step.id), "output": .object(output), "label": result.json], in: transaction)
            try effect?(transaction)
        case .person(let request):
            let label = request.label.joined(Label(rule.grade(for: input.label.grade), input.label.categories))
            let task = HumanTask(id: taskID, runID: writer.state.runID, stepID: step.id, request: request, label: label, createdAt: writer.now)
            try open(task, in: transaction)
            try writer.append(RunEvent.taskOpened, ["step": .string(step.id), "task": .string(taskID), "label": label.json], in: transaction)
        case .sleep(let seconds):
            let label = Label(rule.grade(for: input.label.grade), input.label.categories)
            try writer.append(
                RunEvent.timerSet, ["step": .string(step.id), "until": .double(writer.now + seconds), "label": label.json], in: transaction)
        }
    }

    /// The label of an output: what the rule gives, or what the step says if the rule allows it.
    static func label(_ claimed: Label?, rule: LabelRule, input: Label, step: String) throws -> Label {
        let ruled = Label(rule.grade(for: input.grade), input.categories)
        guard let claimed else { return ruled }
        let isAllowed: Bool
        switch rule {
        // A transform may drop categories, but what it returns must be as low as it promised, or the static check would have lied.
        case .lowers(let most): isAllowed = claimed.grade <= most
        case .joinsInputs, .raises: isAllowed = ruled.isAtMost(claimed)
        }
        guard isAllowed else {
            throw Fault(.workflowLabel, "step \(step) claims \(claimed) for its output; its rule gives \(ruled)", remedy: "only a protection step may lower a label")
        }
        return claimed
    }

    private func record(
        _ error: any Error, of step: WorkflowDefinition.StepDefinition, attempt: Int, writer: inout EventWriter, in transaction: Transaction
    ) throws {
        let fault = error as? Fault
        // A foreign error's text may quote user data: only its type is kept.
        let message = fault?.description ?? "the step failed with \(type(of: error))"
        let isFinal = attempt >= step.retry.attempts || fault?.code.kind == .refused
        let retryAt = writer.now + step.retry.pause(after: attempt)
        try writer.append(
            RunEvent.stepFailed,
            ["step": .string(step.id), "attempt": .int(attempt), "message": .string(message), "retryAt": .double(retryAt)], in: transaction)
        if isFinal { try writer.append(RunEvent.failed, ["message": .string("step \(step.id): \(message)")], in: transaction) }
    }

    /// Writes a run's line under both orders.
    func write(_ summary: RunSummary, in transaction: Transaction) throws {
        let started = timestampText(summary.startedAt)
        try transaction.put(summary, as: summary.id, sort: started, in: summaries)
        try transaction.put(summary, as: summary.id, sort: "\(summary.status.rawValue)|\(started)", in: summariesByStatus)
    }

    /// Adds one to a counter of the store.
    func count(_ name: String, in transaction: Transaction) throws {
        try transaction.put((try transaction.get(name, in: counters) ?? 0) + 1, as: name, in: counters)
    }
}

extension RunState {
    /// The step that is started and not ended, if any.
    func startedStep() -> (WorkflowDefinition.StepDefinition, Int)? {
        guard ended == nil else { return nil }
        for step in definition.steps { if case .started(let attempt) = steps[step.id] { return (step, attempt) } }
        return nil
    }
}
