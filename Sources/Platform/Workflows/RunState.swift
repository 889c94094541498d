import Core
import Labels
import Store

/// Everything a run's events say. A value: no clock, no I/O; two engines that read the same events hold equal states.
///
/// ```
/// pending ── started ──┬── done
///    │        ▲  │     ├── waiting (for a person) ── done
///    │        │  │     └── sleeping ── done
///    │        └──┴ failed (attempts left)
///    └── skipped          failed (none left): the run fails
/// ```
public struct RunState: Sendable {
    /// Where one step stands.
    public enum Step: Sendable, Hashable {
        case pending
        case started(attempt: Int)
        /// Failed with attempts left; may start again at `retryAt`.
        case failed(attempt: Int, retryAt: Double)
        case waiting(task: String)
        case sleeping(until: Double)
        case done
        case skipped
    }

    /// What must happen next.
    public enum Action: Sendable, Hashable {
        /// Run a step; `isResumed` says that an attempt was cut short.
        case run(step: String, attempt: Int, isResumed: Bool)
        case skip(step: String)
        /// A sleeping step's time has come.
        case wake(step: String)
        /// Nothing before that time.
        case sleep(until: Double, isRetry: Bool)
        /// Nothing until the task is answered.
        case wait(task: String)
        case complete
        /// The run has ended; nothing will happen any more.
        case ended(RunStatus)
    }

    public let runID: String
    public let definition: WorkflowDefinition
    public let input: [String: JSONValue]
    public let inputLabel: Label
    public let startedAt: Double
    /// The run whose work this one went on from, if any.
    public let forkedFrom: String?
    /// The newest event applied.
    public private(set) var lastSequence = 0
    public private(set) var steps: [String: Step]
    public private(set) var outputs: [String: [String: JSONValue]] = [:]
    public private(set) var labels: [String: Label] = [:]
    public private(set) var records: [String: StepRecord] = [:]
    public private(set) var ended: RunStatus?
    public private(set) var endedAt: Double?
    public private(set) var failure: String?
    private let order: [Int]

    /// Rebuilds a run from its whole stream.
    /// - Throws: `workflows.unknown` for an empty stream; `core.defect` for events that contradict one another.
    public init(runID: String, events: [JournalEvent]) throws {
        guard let first = events.first, first.kind == RunEvent.started, let yaml = first.body["definition"]?.string,
            let input = first.body["input"]?.object
        else { throw Fault(.workflowUnknown, "there is no run \(runID)", remedy: "see `banyan workflow list`") }
        self.runID = runID
        definition = try WorkflowDefinition(yaml: yaml)
        self.input = input
        inputLabel = Label(json: first.body["label"])
        startedAt = first.at
        forkedFrom = first.body["forkedFrom"]?.string
        guard let order = definition.order else { throw Fault(.defect, "run \(runID) was started with a cyclic definition") }
        self.order = order
        steps = Dictionary(definition.steps.map { ($0.id, .pending) }) { first, _ in first }
        lastSequence = first.sequence
        for event in events.dropFirst() { try apply(event) }
    }

    /// Applies the next event.
    public mutating func apply(_ event: JournalEvent) throws {
        guard event.sequence == lastSequence + 1 else {
            throw Fault(.defect, "run \(runID): event \(event.sequence) after \(lastSequence)")
        }
        lastSequence = event.sequence
        switch event.kind {
        case RunEvent.completed: end(.completed, event)
        case RunEvent.failed: end(.failed, event)
        case RunEvent.cancelled: end(.cancelled, event)
        default: try applyStep(event)
        }
    }

    private mutating func end(_ status: RunStatus, _ event: JournalEvent) {
        ended = status
        endedAt = event.at
        failure = event.body["message"]?.string
    }

    private mutating func applyStep(_ event: JournalEvent) throws {
        guard let id = event.body["step"]?.string, let step = definition.steps.first(where: { $0.id == id }) else {
            throw Fault(.defect, "run \(runID): event \(event.sequence) names no step")
        }
        var record = records[id] ?? StepRecord(id: id, kind: step.kind, status: "pending", startedAt: event.at)
        switch event.kind {
        case RunEvent.stepStarted:
            let attempt = event.body["attempt"]?.int ?? 1
            steps[id] = .started(attempt: attempt)
            (record.status, record.startedAt, record.attempts) = ("started", event.at, attempt)
        case RunEvent.stepFailed:
            steps[id] = .failed(attempt: event.body["attempt"]?.int ?? 1, retryAt: event.body["retryAt"]?.double ?? event.at)
            (record.status, record.failure) = ("failed", event.body["message"]?.string)
        case RunEvent.stepSkipped:
            steps[id] = .skipped
            (record.status, record.endedAt) = ("skipped", event.at)
        case RunEvent.taskOpened:
            steps[id] = .waiting(task: event.body["task"]?.string ?? "")
            labels[id] = Label(json: event.body["label"])
            (record.status, record.label) = ("waiting", labels[id])
        case RunEvent.timerSet:
            steps[id] = .sleeping(until: event.body["until"]?.double ?? event.at)
            labels[id] = Label(json: event.body["label"])
            record.status = "sleeping"
        case RunEvent.stepDone:
            steps[id] = .done
            outputs[id] = event.body["output"]?.object ?? [:]
            labels[id] = Label(json: event.body["label"])
            (record.status, record.endedAt, record.label, record.output, record.failure) = ("done", event.at, labels[id], outputs[id], nil)
        case RunEvent.stepKept:
            let output = event.body["output"]?.object
            steps[id] = output == nil ? .skipped : .done
            (outputs[id], labels[id]) = (output, output == nil ? nil : Label(json: event.body["label"]))
            (record.status, record.endedAt, record.label, record.output) = (output == nil ? "skipped" : "kept", event.at, labels[id], output)
        default: throw Fault(.defect, "run \(runID): unknown event kind \(event.kind)")
        }
        records[id] = record
    }

    /// The next action at `now`. Steps run one after another in the definition's dependency order.
    public func next(now: Double) -> Action {
        if let ended { return .ended(ended) }
        for index in order {
            let step = definition.steps[index]
            switch steps[step.id] ?? .pending {
            case .done, .skipped: continue
            case .pending: return isSkipped(step) ? .skip(step: step.id) : .run(step: step.id, attempt: 1, isResumed: false)
            case .started(let attempt): return .run(step: step.id, attempt: attempt + 1, isResumed: true)
            case .failed(let attempt, let retryAt):
                return retryAt > now ? .sleep(until: retryAt, isRetry: true) : .run(step: step.id, attempt: attempt + 1, isResumed: false)
            case .waiting(let task): return .wait(task: task)
            case .sleeping(let until): return until > now ? .sleep(until: until, isRetry: false) : .wake(step: step.id)
            }
        }
        return .complete
    }

    private func isSkipped(_ step: WorkflowDefinition.StepDefinition) -> Bool {
        if step.sources.contains(where: { steps[$0] == .skipped }) { return true }
        return step.condition.map { !$0.holds(value) } ?? false
    }

    /// The value that a reference names, if it exists yet.
    public func value(_ reference: Reference) -> JSONValue? {
        reference.source == Reference.input ? input[reference.field] : outputs[reference.source]?[reference.field]
    }

    /// The label of the value that a reference names. An input never has more than its declared grade: ``WorkflowEngine`` refused it otherwise.
    public func label(_ reference: Reference) -> Label {
        guard reference.source == Reference.input else { return labels[reference.source] ?? .bottom }
        let declared = definition.inputs[reference.field]?.grade ?? .core
        return Label(min(declared, inputLabel.grade), inputLabel.categories)
    }

    /// Values and label for a step's start.
    func input(for step: WorkflowDefinition.StepDefinition) -> StepInput {
        let references = step.with.values.flatMap(\.references) + (step.condition?.value.references ?? [])
        return StepInput(values: step.with.mapValues { $0.resolved(value) }, label: references.map(label).joined())
    }

    /// Steps that have ended, skipped ones not counted.
    public var stepsDone: Int { steps.values.count { $0 == .done } }

    /// The join of the labels of all outputs and the input.
    public var label: Label { labels.values.joined().joined(inputLabel) }

    /// What the run is doing, as people see it.
    public func status(now: Double) -> RunStatus {
        switch next(now: now) {
        case .ended(let status): status
        case .wait: .waiting
        case .sleep: .sleeping
        case .run, .skip, .wake, .complete: .running
        }
    }
}

/// The kinds of events in a run's stream.
enum RunEvent {
    static let started = "run-started"
    static let completed = "run-completed"
    static let failed = "run-failed"
    static let cancelled = "run-cancelled"
    static let stepStarted = "step-started"
    static let stepDone = "step-done"
    static let stepFailed = "step-failed"
    static let stepSkipped = "step-skipped"
    static let taskOpened = "task-opened"
    static let timerSet = "timer-set"
    /// A step that an earlier run had ended.
    static let stepKept = "step-kept"
}

extension Label {
    /// The label as JSON.
    var json: JSONValue { ["grade": .int(grade.rawValue), "categories": .array(categories.sorted().map { .string($0.name) })] }

    /// Reads what ``json`` writes. Anything malformed reads as the highest grade, so that damage never lowers a label.
    init(json: JSONValue?) {
        let grade = json?["grade"]?.int.flatMap(Grade.init(rawValue:)) ?? .core
        self.init(grade, Set((json?["categories"]?.array ?? []).compactMap(\.string).map { Category($0) }))
    }
}
