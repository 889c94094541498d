import Core
import Labels
import Store

/// Everything a run's events say. A value: no clock, no I/O; two engines that read the same events hold equal states.
///
/// ```
/// pending ── started ──┬── done
///    │        ▲  │     ├── waiting (for a person or an event) ── done
///    │        │  │     └── sleeping ── done
///    │        └──┴ failed (attempts left), or turned (a part of its work is done)
///    ├── open (map, loop, switch, call) ── done
///    └── skipped          failed (none left): the run fails, after what has `undo` was undone
/// ```
/// Steps are named by paths: `mask` at the top, `each[3].mask` in the fourth item of the map `each`, `route[1].send` in the second case of a switch, `sub[0].mask` in a called workflow. What needs no outside
/// work (conditions, transforms, opening and closing of bodies) follows from the events and the definition and has no events of its own: a map of ten thousand items costs the journal what its steps cost.
public struct RunState: Sendable {
    /// Where one step stands.
    public enum Step: Sendable, Hashable {
        case pending
        case started(attempt: Int)
        /// A turn is done, by that attempt, or a person has answered; it may start again.
        case turned(attempt: Int)
        /// Failed with attempts left; may start again at `retryAt`.
        case failed(attempt: Int, retryAt: Double)
        case waiting(task: String)
        /// For an event of that name, at most until a time.
        case awaiting(event: String, until: Double?)
        case sleeping(until: Double)
        /// Its inner steps run.
        case open
        case done
        case skipped
    }

    /// What can happen next.
    public enum Action: Sendable, Hashable {
        /// Run a step; `isResumed` says that an attempt was cut short.
        case run(step: String, attempt: Int, isResumed: Bool)
        /// A sleeping step's time has come.
        case wake(step: String)
        /// An event that a step waits for is there.
        case deliver(step: String)
        /// The event that a step waits for did not come.
        case expire(step: String)
        /// Take a step's effect back.
        case undo(step: String, attempt: Int)
        /// The run cannot go on.
        case fail(step: String, message: String)
        case complete
    }

    /// One step of one scope.
    struct Instance: Sendable {
        var status = Step.pending
        /// Steps beside it that have not ended.
        var unmet: Int
        var output: [String: JSONValue]?
        var label: Label?
        /// Of single outputs where they are known apart: a transform's, a call's.
        var parts: [String: Label] = [:]
        /// What the number of elements of its arrays tells, and of arrays inside those; nil where that is as much as the output.
        var counts: Label?
        var deepCounts: Label?
        /// What the fact tells that it ran or did not: of its condition, of every choice that led to it, and of its sources, with which it is skipped.
        var control = Label.bottom
    }

    /// A body that runs: the root, one item of a map, one round of a loop, the chosen case, a called workflow.
    struct Scope: Sendable {
        var body: Int
        /// The step around it, by path.
        let owner: String?
        let index: Int
        /// What the step around it gives to its steps, each with its label.
        let variables: [String: Labeled<JSONValue>]
        /// What the number of elements of variables that are arrays tells, where that is less than the variable's label.
        let counts: [String: Label]
        let deepCounts: [String: Label]
        /// What entering it tells: the join of the labels of every condition and choice that led here.
        let control: Label
        var left: Int
        var steps: [Instance]
    }

    /// A map, loop, switch or call that runs.
    struct Composite: Sendable {
        var items: [JSONValue] = []
        /// What the bodies gave, by item; of others the newest value.
        var results: [JSONValue] = []
        var opened = 0
        var closed = 0
        /// Of what the next body takes: the items, or the value of the next round.
        let entering: Label
        /// Of what has come out.
        var label: Label
        let control: Label
        /// Of a map: what the number of its items tells.
        let counts: Label?
        var value: JSONValue = .null
    }

    public let runID: String
    public internal(set) var definition: WorkflowDefinition
    public let input: [String: JSONValue]
    public let inputLabel: Label
    public let startedAt: Double
    /// The run whose work this one went on from, if any.
    public let forkedFrom: String?
    /// The newest event applied.
    public private(set) var lastSequence = 0
    public internal(set) var records: [String: StepRecord] = [:]
    public private(set) var ended: RunStatus?
    public private(set) var endedAt: Double?
    public internal(set) var failure: String?
    public private(set) var isPaused = false
    /// What the run gives, once its steps have ended.
    public internal(set) var result: Labeled<[String: JSONValue]>?
    var plan: CompiledDefinition
    var scopes: [String: Scope] = [:]
    var composites: [String: Composite] = [:]
    /// Steps that may start, in the order in which they came to it.
    var ready: [String] = []
    /// Steps that have started and not ended.
    var active: Set<String> = []
    /// Steps whose needs are met and that have not been looked at.
    var fresh: [(scope: String, step: Int)] = []
    /// Steps that have ended with an undo, the newest last, while nothing has failed; then those still to be undone.
    var undoable: [String] = []
    /// What the run will fail with once its effects are undone, or now.
    var failing: (step: String, message: String, isJournaled: Bool)?
    var undoAttempts: [String: Int] = [:]
    /// How steps are undone and what with: their scopes may be gone by then.
    var undoing: [String: (step: WorkflowDefinition.StepDefinition, undo: WorkflowDefinition.Undo, input: StepInput)] = [:]
    /// What steps of several turns have kept so far.
    var turns: [String: StepTurns] = [:]
    /// Events that came before a step waited for them.
    var signals: [String: [Labeled<[String: JSONValue]>]] = [:]
    var scopeCount = 0
    /// What steps inside steps took that have ended, by path, the first so many; nil where nobody asks, as in an engine at work.
    var takenInside: [String: Labeled<[String: JSONValue]>]?
    /// The join of all labels that steps and input had.
    public internal(set) var label: Label
    /// Steps that have ended, skipped ones not counted.
    public internal(set) var stepsDone = 0

    /// Rebuilds a run from its whole stream.
    /// - Throws: `workflows.unknown` for an empty stream; `core.defect` for events that contradict one another.
    public init(runID: String, events: [JournalEvent]) throws { try self.init(runID: runID, events: events, definitions: DefinitionCache()) }

    /// - Parameter keepsTaken: whether to keep what steps inside steps took, which is gone when their bodies end. The default is false.
    init(runID: String, events: [JournalEvent], definitions: DefinitionCache, keepsTaken: Bool = false) throws {
        takenInside = keepsTaken ? [:] : nil
        guard let first = events.first, first.kind == RunEvent.started, let yaml = first.body["definition"]?.string,
            let input = first.body["input"]?.object
        else { throw Fault(.workflowUnknown, "there is no run \(runID)", remedy: "see `banyan workflow list`") }
        self.runID = runID
        (definition, plan) = try definitions.ready(yaml)
        self.input = input
        inputLabel = Label(json: first.body["label"])
        label = inputLabel
        startedAt = first.at
        forkedFrom = first.body["forkedFrom"]?.string
        lastSequence = first.sequence
        open(body: 0, path: "", owner: nil, index: 0, variables: [:], control: .bottom)
        settle(at: first.at)
        for event in events.dropFirst() { try apply(event, definitions: definitions) }
    }

    /// Applies the next event.
    public mutating func apply(_ event: JournalEvent) throws { try apply(event, definitions: DefinitionCache()) }

    mutating func apply(_ event: JournalEvent, definitions: DefinitionCache) throws {
        guard event.sequence == lastSequence + 1 else {
            throw Fault(.defect, "run \(runID): event \(event.sequence) after \(lastSequence)")
        }
        lastSequence = event.sequence
        switch event.kind {
        case RunEvent.completed: end(.completed, event)
        case RunEvent.failed: end(.failed, event)
        case RunEvent.cancelled: end(.cancelled, event)
        case RunEvent.paused: isPaused = true
        case RunEvent.resumed: isPaused = false
        case RunEvent.failing: failing = (event.body["step"]?.string ?? "", event.body["message"]?.string ?? "", true)
        case RunEvent.changed: try change(to: event, definitions)
        case RunEvent.signaled:
            signals[event.body["event"]?.string ?? "", default: []].append(Labeled(event.body["payload"]?.object ?? [:], Label(json: event.body["label"])))
        case RunEvent.undoStarted, RunEvent.undoDone, RunEvent.undoFailed: try applyUndo(event)
        default:
            try applyStep(event)
            settle(at: event.at)
        }
    }

    private mutating func end(_ status: RunStatus, _ event: JournalEvent) {
        ended = status
        endedAt = event.at
        if let message = event.body["message"]?.string { failure = message }
    }

    private mutating func change(to event: JournalEvent, _ definitions: DefinitionCache) throws {
        guard let yaml = event.body["definition"]?.string else { throw Fault(.defect, "run \(runID): event \(event.sequence) has no definition") }
        let (newDefinition, newPlan) = try definitions.ready(yaml)
        adopt(newDefinition, newPlan)
        settle(at: event.at)
    }

    private mutating func applyUndo(_ event: JournalEvent) throws {
        guard let path = event.body["step"]?.string else { throw Fault(.defect, "run \(runID): event \(event.sequence) names no step") }
        switch event.kind {
        case RunEvent.undoStarted: undoAttempts[path] = event.body["attempt"]?.int ?? 1
        default:
            undoable.removeAll { $0 == path }
            records[path]?.status = event.kind == RunEvent.undoDone ? "undone" : "undo-failed"
            if event.kind == RunEvent.undoFailed { records[path]?.failure = event.body["message"]?.string }
        }
    }

    /// The next things that can happen at `now`, but for steps that somebody is `running`.
    public func actions(now: Double, running: Set<String> = []) -> [Action] {
        if ended != nil { return [] }
        if let failing {
            guard failing.isJournaled || undoable.isEmpty else { return [.fail(step: failing.step, message: failing.message)] }
            guard let step = undoable.last else { return [.fail(step: failing.step, message: failing.message)] }
            return running.contains(step) ? [] : [.undo(step: step, attempt: (undoAttempts[step] ?? 0) + 1)]
        }
        if isPaused { return [] }
        var actions: [Action] = []
        for path in active.sorted() where !running.contains(path) {
            switch status(of: path) {
            case .started(let attempt): actions.append(.run(step: path, attempt: attempt + 1, isResumed: true))
            case .turned(let attempt): actions.append(.run(step: path, attempt: attempt + 1, isResumed: false))
            case .failed(let attempt, let retryAt) where retryAt <= now: actions.append(.run(step: path, attempt: attempt + 1, isResumed: false))
            case .sleeping(let until) where until <= now: actions.append(.wake(step: path))
            case .awaiting(let event, _) where !(signals[event] ?? []).isEmpty: actions.append(.deliver(step: path))
            case .awaiting(_, let until?) where until <= now: actions.append(.expire(step: path))
            default: break
            }
        }
        actions += ready.map { .run(step: $0, attempt: 1, isResumed: false) }
        return actions.isEmpty && result != nil ? [.complete] : actions
    }

    /// What the run is doing, as people see it.
    public func status(now: Double, running: Set<String> = []) -> RunStatus {
        if let ended { return ended }
        if isPaused { return .paused }
        if !running.isEmpty || !actions(now: now).isEmpty { return .running }
        let waits = active.contains { path in
            switch status(of: path) {
            case .waiting, .awaiting: true
            default: false
            }
        }
        return waits ? .waiting : .sleeping
    }
}
