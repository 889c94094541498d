import Core
import Labels
import Store
import Synchronization

/// A run in memory, between transactions. Out of step with the journal after an error; then it is read anew.
final class RunCursor: Sendable {
    let runID: String
    private let state: Mutex<RunState?>
    /// What the run's line and timer say on disk; nil when that is not known.
    let written = Mutex<(status: RunStatus, nextTime: Double?)?>(nil)
    /// A change is under way, and it is not known whether the journal has it.
    private let isOpen = Mutex(false)

    init(_ state: RunState) {
        runID = state.runID
        self.state = Mutex(state)
    }

    func replace(_ new: RunState) {
        state.withLock { $0 = new }
        written.withLock { $0 = nil }
        isOpen.withLock { $0 = false }
    }

    /// Begins a change. A store that runs a transaction again has taken back what it did before: the run is then what its journal says.
    func begin(in transaction: Transaction, definitions: DefinitionCache) throws {
        if isOpen.withLock({ $0 }) {
            replace(try RunState(runID: runID, events: transaction.events(of: WorkflowEngine.stream(runID)), definitions: definitions))
        }
        isOpen.withLock { $0 = true }
    }

    /// The change is in the journal.
    func end() { isOpen.withLock { $0 = false } }

    func read<Result>(_ body: (RunState) throws -> Result) throws -> Result {
        try state.withLock { state in
            guard let state else { throw Fault(.defect, "a run was read while it changed") }
            return try body(state)
        }
    }

    /// Takes the state out, so that it changes in place: a copy of a large run for each event would cost more than the event.
    func change<Result>(_ body: (consuming RunState) throws -> (RunState, Result)) throws -> Result {
        try state.withLock { slot in
            guard let taken = slot.take() else { throw Fault(.defect, "a run was changed while it changed") }
            let (new, result) = try body(taken)
            slot = new
            return result
        }
    }
}

/// Where a run stands after a transaction.
struct RunProgress: Sendable {
    var starts: [StartedAttempt] = []
    var status: RunStatus
    /// When something will happen by itself, if at all; `retryAt` if that is another attempt.
    var nextTime: Double?
    var retryAt: Double?
    /// Another engine has taken the run up.
    var isElsewhere = false
    /// What was journaled.
    var observed: [ObservedEvent] = []
}

/// Results of attempts on their way to the journal.
private final class ResultBox: Sendable {
    private let results = Mutex<[AttemptResult]>([])
    func add(_ result: AttemptResult) { results.withLock { $0.append(result) } }
    func take() -> [AttemptResult] { results.withLock { let all = $0; $0 = []; return all } }
}

extension WorkflowEngine {
    /// Executes a run until it ends, waits, sleeps or is paused. Attempts run beside one another; what ended since the last transaction is journaled in the next, with what starts.
    func drive(_ runID: String, lastWritten: RunStatus?) async throws -> RunStatus {
        let state = try await load(runID), cursor = RunCursor(state)
        // A line that says what is so need not be written again; a timer must be looked at.
        if let lastWritten, state.nextTime == nil { cursor.written.withLock { $0 = (lastWritten, nil) } }
        let box = ResultBox()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            var running = Set<String>(), undoing = Set<String>(), alarm = Double.infinity
            while true {
                try Task.checkCancellation()
                let results = box.take()
                for result in results { if result.start.isUndo { undoing.remove(result.start.path) } else { running.remove(result.start.path) } }
                let progress = try await commit(results, to: cursor, running: running, undoing: undoing)
                for start in progress.starts {
                    if start.isUndo { undoing.insert(start.path) } else { running.insert(start.path) }
                    group.addTask { [self] in box.add(try await attempt(start, runID: runID)) }
                }
                if progress.status.isFinal || progress.isElsewhere { return progress.status }
                let now = clock.now
                if running.isEmpty, undoing.isEmpty {
                    // A retry waits at most a minute (RetryPolicy): here, not in the journal.
                    guard let retryAt = progress.retryAt else { return progress.status }
                    // A time that has passed and moved nothing belongs to a step that others run.
                    let pause = min(retryAt, progress.nextTime ?? retryAt) - now
                    if retryAt > now { try await Task.sleep(for: .seconds(pause > 0 ? pause : min(0.05, retryAt - now))) }
                    continue
                }
                if let next = progress.nextTime, next < alarm || alarm <= now {
                    alarm = next
                    // What is due and cannot begin waits for a place, not for the clock.
                    group.addTask { try? await Task.sleep(for: .seconds(max(next > now ? 0.001 : 0.1, next - now))) }
                }
                try await group.next()
            }
        }
    }

    /// Journals results and what follows from them. When somebody else wrote to the run's stream (an answer, an event), the run is read anew and the results are tried again.
    private func commit(_ results: [AttemptResult], to cursor: RunCursor, running: Set<String>, undoing: Set<String>) async throws -> RunProgress {
        for _ in 0..<Self.conflictCountMax {
            do {
                if results.isEmpty, let quiet = try quiet(cursor, running, undoing) { return quiet }
                let now = clock.now
                let progress = try await store.write { [self] transaction in
                    try cursor.begin(in: transaction, definitions: definitions)
                    return try cursor.change { state in
                        var writer = EventWriter(state: state, now: now, engine: self)
                        var progress = try write(results, with: &writer, to: cursor, running: running, undoing: undoing, in: transaction)
                        progress.observed = writer.observed
                        return (writer.state, progress)
                    }
                }
                observe(progress.observed, of: cursor.runID)
                cursor.end()
                return progress
            } catch let fault as Fault where fault.code == .journalConflict {
                metrics.noteConflict()
                cursor.replace(try await load(cursor.runID))
            }
        }
        throw Fault(.journalConflict, "a run is written to by others all the time", remedy: "advance it again")
    }

    /// What there is to say without a transaction; nil if there is something to journal.
    private func quiet(_ cursor: RunCursor, _ running: Set<String>, _ undoing: Set<String>) throws -> RunProgress? {
        let now = clock.now
        return try cursor.read { state in
            let actions = state.actions(now: now, running: state.failing == nil ? running : undoing)
            let isFull = running.count >= state.definition.parallel && actions.allSatisfy { if case .run = $0 { true } else { false } }
            guard actions.isEmpty || isFull else { return nil }
            return progress(of: state, now: now, running: running.union(undoing))
        }
    }

    private func write(
        _ results: [AttemptResult], with writer: inout EventWriter, to cursor: RunCursor, running: Set<String>, undoing: Set<String>, in transaction: Transaction
    ) throws -> RunProgress {
        var isElsewhere = false
        for result in results where try !writer.record(result, in: transaction) { isElsewhere = isElsewhere || writer.state.isTakenUp(result.start) }
        if isElsewhere {
            var progress = progress(of: writer.state, now: writer.now, running: [])
            progress.isElsewhere = true
            return progress
        }
        let starts = try writer.settle(running: running, undoing: undoing, limit: writer.state.definition.parallel, in: transaction)
        let atWork = running.union(undoing).union(starts.map(\.path))
        var progress = progress(of: writer.state, now: writer.now, running: atWork)
        progress.starts = starts
        let written = cursor.written.withLock { $0 }
        if written?.status != progress.status || written?.nextTime != progress.nextTime {
            try write(writer.summary(running: atWork), nextTime: progress.nextTime, in: transaction)
            cursor.written.withLock { $0 = (progress.status, progress.nextTime) }
        }
        return progress
    }

    private func progress(of state: RunState, now: Double, running: Set<String>) -> RunProgress {
        RunProgress(status: state.status(now: now, running: running), nextTime: state.nextTime, retryAt: state.retryTime { carriesOut($0) })
    }

    /// Runs one attempt outside of any transaction.
    private func attempt(_ start: StartedAttempt, runID: String) async throws -> AttemptResult {
        do {
            // Steps wait in the journal before another attempt; an undo has nothing to wait beside.
            if start.isUndo, start.attempt > 1 { try await Task.sleep(for: .seconds(start.step.retry.pause(after: start.attempt - 1))) }
            let outcome = try await execute(start, runID: runID)
            return AttemptResult(start: start, result: .success(outcome), taskID: outcome.asksPerson ? ids.next("task") : nil)
        } catch let error as CancellationError {
            throw error
        } catch {
            return AttemptResult(start: start, result: .failure(error), taskID: nil)
        }
    }
}

extension RunState {
    /// When something will happen by itself next, if at all.
    public var nextTime: Double? {
        guard ended == nil, failing == nil, !isPaused else { return nil }
        return active.compactMap { path -> Double? in
            switch status(of: path) {
            case .failed(_, let retryAt): retryAt
            case .sleeping(let until): until
            case .awaiting(_, let until): until
            default: nil
            }
        }.min()
    }

    /// When the next attempt of a failed step is due, of those whose kind can be carried out; nil when none has failed.
    func retryTime(_ isMine: (String?) -> Bool) -> Double? {
        guard ended == nil, failing == nil, !isPaused else { return nil }
        return active.compactMap { path -> Double? in
            guard case .failed(_, let retryAt) = status(of: path), isMine(definition(of: path)?.kind) else { return nil }
            return retryAt
        }.min()
    }

    /// Whether somebody else has started an attempt after that one.
    func isTakenUp(_ start: StartedAttempt) -> Bool {
        if start.isUndo { return (undoAttempts[start.path] ?? 0) > start.attempt }
        guard ended == nil, failing == nil else { return false }
        return switch status(of: start.path) {
        case .started(let attempt), .failed(let attempt, _): attempt > start.attempt
        default: true
        }
    }
}
