import Core
import Labels
import Store

/// A step's attempt that was journaled as started.
struct StartedAttempt: Sendable {
    let path: String
    let attempt: Int
    let step: WorkflowDefinition.StepDefinition
    let kind: String
    let input: StepInput
    let isUndo: Bool
    /// Of the run's definition.
    let runPriority: Int
    /// What the step's earlier turns kept.
    var notes: [StepNote] = []
    /// Attempts of the turns before: a turn has the retries of a step.
    var before = 0
    /// Of this turn.
    var turnAttempt: Int { attempt - before }
}

/// How an attempt ended.
struct AttemptResult: Sendable {
    let start: StartedAttempt
    let result: Swift.Result<StepOutcome, any Error>
    /// Of the task that it asks for, if any.
    let taskID: String?
}

/// Appends events to a run inside a transaction and keeps the state in step with them.
struct EventWriter {
    var state: RunState
    let now: Double
    let engine: WorkflowEngine
    /// What it has written, for those who watch, once it is committed.
    private(set) var observed: [ObservedEvent] = []

    init(state: RunState, now: Double, engine: WorkflowEngine) { (self.state, self.now, self.engine) = (state, now, engine) }

    mutating func append(_ kind: String, _ body: JSONValue, in transaction: Transaction) throws {
        // Between turns nothing is at work.
        let before = body["step"]?.string.flatMap { path -> StepRecord? in if case .turned = state.status(of: path) { nil } else { state.records[path] } }
        let sequence = try transaction.append(
            kind: kind, body: body, at: now, to: WorkflowEngine.stream(state.runID), after: state.lastSequence)
        try state.apply(JournalEvent(sequence: sequence, kind: kind, at: now, body: body), definitions: engine.definitions)
        observed.append(ObservedEvent(kind, body, before: before, in: state, at: now))
    }

    /// Journals everything that needs no outside work, and starts of steps while fewer than `limit` run: what follows the end of a step is in the same transaction.
    /// - Parameters:
    ///   - running: Steps at work. When the run fails they are left behind: nothing of theirs will be kept.
    ///   - undoing: Undos at work.
    /// - Returns: What was started.
    mutating func settle(running: Set<String>, undoing: Set<String>, limit: Int, in transaction: Transaction) throws -> [StartedAttempt] {
        var (running, undoing, starts, hasMoved) = (running, undoing, [StartedAttempt](), true)
        while hasMoved, state.ended == nil {
            hasMoved = false
            let wasFailing = state.failing != nil
            for action in state.actions(now: now, running: wasFailing ? undoing : running) {
                switch action {
                case .run(let step, let attempt, let isResumed):
                    // A run of another engine's kinds (a scan's, a newer Banyan's) is theirs: left as it is, not failed.
                    guard running.count < limit, engine.carriesOut(state.definition(of: step)?.kind) else { continue }
                    starts.append(try start(step, attempt: attempt, isResumed: isResumed, in: transaction))
                    running.insert(step)
                case .undo(let step, let attempt):
                    // So is an undo of theirs: failed here it would never be done.
                    if let undo = state.undoing[step]?.undo, !engine.carriesOut(undo.kind) { continue }
                    starts.append(try startUndo(step, attempt: attempt, in: transaction))
                    undoing.insert(step)
                default:
                    try move(action, in: transaction)
                    hasMoved = true
                }
                // Whatever else was possible may not be any more.
                if state.ended != nil || (state.failing != nil) != wasFailing {
                    hasMoved = true
                    break
                }
            }
        }
        return state.failing == nil && state.ended == nil ? starts : starts.filter(\.isUndo)
    }

    private mutating func start(_ path: String, attempt: Int, isResumed: Bool, in transaction: Transaction) throws -> StartedAttempt {
        try append(RunEvent.stepStarted, ["step": .string(path), "attempt": .int(attempt)], in: transaction)
        try transaction.add(1, to: "steps-run", in: engine.counters)
        if isResumed { try transaction.add(1, to: "steps-resumed", in: engine.counters) }
        guard let definition = state.definition(of: path), let input = state.input(for: path) else { throw Fault(.defect, "run \(state.runID): step \(path) is not there") }
        return StartedAttempt(
            path: path, attempt: attempt, step: definition, kind: definition.kind, input: input, isUndo: false, runPriority: state.definition.priority, notes: state.turns[path]?.notes ?? [],
            before: state.turns[path]?.attempts ?? 0)
    }

    private mutating func startUndo(_ path: String, attempt: Int, in transaction: Transaction) throws -> StartedAttempt {
        guard let (definition, undo, input) = state.undoing[path].map({ ($0.step, $0.undo, $0.input) }) else {
            throw Fault(.defect, "run \(state.runID): nothing says how step \(path) is undone")
        }
        try append(RunEvent.undoStarted, ["step": .string(path), "attempt": .int(attempt)], in: transaction)
        return StartedAttempt(path: path, attempt: attempt, step: definition, kind: undo.kind, input: input, isUndo: true, runPriority: state.definition.priority)
    }

    private mutating func move(_ action: RunState.Action, in transaction: Transaction) throws {
        switch action {
        case .wake(let step): try append(RunEvent.stepDone, ["step": .string(step), "output": [:], "label": state.heldLabel(of: step).json], in: transaction)
        case .expire(let step):
            try append(RunEvent.stepDone, ["step": .string(step), "output": ["arrived": false, "payload": [:]], "label": state.heldLabel(of: step).json], in: transaction)
        case .deliver(let step):
            guard case .awaiting(let name, _) = state.status(of: step), let signal = state.signals[name]?.first else { return }
            let label = state.heldLabel(of: step).joined(signal.label)
            try append(
                RunEvent.stepDone, ["step": .string(step), "event": .string(name), "output": ["arrived": true, "payload": .object(signal.value)], "label": label.json], in: transaction)
        case .fail(let step, let message):
            if !state.undoable.isEmpty, state.failing?.isJournaled != true {
                try append(RunEvent.failing, ["step": .string(step), "message": .string(message)], in: transaction)
            } else {
                let undone = state.records.values.filter { $0.status == "undo-failed" }.map(\.id).sorted()
                let more = undone.isEmpty ? "" : "; not undone: \(undone.joined(separator: ", "))"
                try append(RunEvent.failed, ["message": .string("step \(step): \(message)\(more)")], in: transaction)
                try engine.cancelTasks(of: state, in: transaction)
            }
        case .complete: try append(RunEvent.completed, state.result.map { ["result": .object($0.value), "label": $0.label.json] } ?? [:], in: transaction)
        case .run, .undo: break
        }
    }

    /// Journals how an attempt ended. An attempt that is no longer the newest of its step is dropped.
    /// - Returns: whether it counted.
    mutating func record(_ attempted: AttemptResult, in transaction: Transaction) throws -> Bool {
        let start = attempted.start
        if start.isUndo {
            guard state.ended == nil, state.undoAttempts[start.path] == start.attempt, state.undoable.last == start.path else { return false }
        } else {
            guard state.ended == nil, state.failing == nil, state.status(of: start.path) == .started(attempt: start.attempt) else { return false }
        }
        switch attempted.result {
        case .success(let outcome):
            let now = now, engine = engine, runID = state.runID, event: (kind: String, body: JSONValue)
            do {
                // In a savepoint: an outcome that is refused (a label, a failing effect) leaves nothing, and that is this attempt's failure.
                func take() throws -> (kind: String, body: JSONValue) { try engine.event(for: outcome, of: start, taskID: attempted.taskID ?? "", runID: runID, now: now, in: transaction) }
                event = if outcome.changesStore { try transaction.attempt(take) } else { try take() }
            } catch let fault as Fault where fault.code == .journalConflict || fault.code == .diskFull || fault.code.kind == .io {
                // The store's trouble is nobody's attempt.
                throw fault
            } catch let cancellation as CancellationError {
                throw cancellation
            } catch {
                try record(error, of: start, in: transaction)
                return true
            }
            try append(event.kind, event.body, in: transaction)
        case .failure(let error): try record(error, of: start, in: transaction)
        }
        return true
    }

    private mutating func record(_ error: any Error, of start: StartedAttempt, in transaction: Transaction) throws {
        let fault = error as? Fault
        // A foreign error's text may quote user data: only its type is kept.
        let message = fault?.description ?? "the step failed with \(type(of: error))"
        let isFinal = start.turnAttempt >= start.step.retry.attempts || fault?.code.kind == .refused
        if start.isUndo {
            guard isFinal else { return }
            return try append(RunEvent.undoFailed, ["step": .string(start.path), "message": .string(message)], in: transaction)
        }
        let retryAt = now + start.step.retry.pause(after: start.turnAttempt)
        try append(
            RunEvent.stepFailed,
            ["step": .string(start.path), "attempt": .int(start.attempt), "message": .string(message), "code": .string(fault?.code.name ?? "other"), "retryAt": .double(retryAt)], in: transaction)
        guard isFinal else { return }
        if state.undoable.isEmpty {
            try append(RunEvent.failed, ["message": .string("step \(start.path): \(message)")], in: transaction)
            try engine.cancelTasks(of: state, in: transaction)
        } else {
            try append(RunEvent.failing, ["step": .string(start.path), "message": .string(message)], in: transaction)
        }
    }

    var summary: RunSummary { summary(running: []) }

    func summary(running: Set<String>) -> RunSummary {
        RunSummary(
            id: state.runID, workflow: state.definition.name, status: state.status(now: now, running: running), startedAt: state.startedAt, endedAt: state.endedAt,
            stepsDone: state.stepsDone, label: state.label, failure: state.failure, forkedFrom: state.forkedFrom)
    }
}
