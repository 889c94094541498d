import Core
import Labels
import Store
import Synchronization

/// Carries runs out over a store. Safe to kill at any moment; see the essay in `Workflows.swift`.
///
/// ```swift
/// let engine = WorkflowEngine(store: store, kinds: [Shout()], clock: SystemWallClock(), ids: IdentifierSource())
/// let run = try await engine.start(definition, input: Labeled(["name": "Ada"], .bottom))
/// let status = try await engine.advance(run)
/// ```
public final class WorkflowEngine: Sendable {
    let store: Store
    let kinds: [String: any StepKind]
    let clock: any WallClock
    let ids: IdentifierSource
    /// Runs that ``resumeAll(progress:)`` works on at once.
    let concurrency: Int
    /// Runs that some call of this engine is advancing right now.
    private let active = Mutex<Set<String>>([])

    let summaries = RecordCollection<RunSummary>("runs")
    let summariesByStatus = RecordCollection<RunSummary>("runs-by-status")
    let humanTasks = RecordCollection<HumanTask>("human-tasks")
    let counters = RecordCollection<Int>("workflow-counters")

    /// - Parameter concurrency: the default is 4.
    public init(store: Store, kinds: [any StepKind], clock: any WallClock, ids: IdentifierSource, concurrency: Int = 4) {
        self.store = store
        self.kinds = Dictionary(([WaitStep(), HumanStep(blobs: store.blobs)] + kinds).map { ($0.id, $0) }) { _, last in last }
        self.clock = clock
        self.ids = ids
        self.concurrency = concurrency
    }

    /// Journals a new run and returns its id. Nothing executes until ``advance(_:)``.
    ///
    /// - Parameter runID: give one to make the call idempotent: an existing run of that id is left as it is.
    /// - Throws: `workflows.unsound` with the first error of the checker, `workflows.label` when the input exceeds its declared grades,
    ///   `workflows.definition` when an input is missing or of the wrong type.
    public func start(_ definition: WorkflowDefinition, input: Labeled<[String: JSONValue]>, runID: String? = nil) async throws -> String {
        try checkStart(definition, input: input)
        let id = runID ?? ids.next("run")
        let now = clock.now
        let body: JSONValue = ["definition": .string(definition.yaml), "input": .object(input.value), "label": input.label.json]
        let summary = RunSummary(
            id: id, workflow: definition.name, status: .running, startedAt: now, endedAt: nil, stepsDone: 0, label: input.label, failure: nil)
        try await store.write { [self] transaction in
            guard try transaction.lastSequence(of: Self.stream(id)) == 0 else { return }
            try transaction.append(kind: RunEvent.started, body: body, at: now, to: Self.stream(id), after: 0)
            try write(summary, in: transaction)
        }
        return id
    }

    /// Whether a run of a definition may start.
    /// - Throws: as ``start(_:input:runID:)``.
    func checkStart(_ definition: WorkflowDefinition, input: Labeled<[String: JSONValue]>) throws {
        if let error = WorkflowChecker(kinds: Array(kinds.values)).check(definition).first(where: { $0.severity == .error }) {
            throw Fault(.workflowUnsound, "workflow \(definition.name) is refused: \(error.message)", remedy: "run `banyan workflow check` on it")
        }
        try check(input, against: definition)
    }

    private func check(_ input: Labeled<[String: JSONValue]>, against definition: WorkflowDefinition) throws {
        for (name, field) in definition.inputs.sorted(by: { $0.key < $1.key }) {
            guard let value = input.value[name], field.type.matches(value) else {
                throw Fault(.workflowDefinition, "the input \(name) must be a value of type \(field.type.rawValue)", remedy: "give it when starting the run")
            }
        }
        let highest = definition.inputs.values.map(\.grade).max() ?? .level1
        guard input.label.grade <= highest else {
            throw Fault(.workflowLabel, "the input is \(input.label), but workflow \(definition.name) declares at most \(highest)", remedy: "protect the input first")
        }
    }

    /// Executes a run until it ends, waits or sleeps, and returns where it stands. A run that somebody else is advancing is left to them (`running`).
    public func advance(_ runID: String) async throws -> RunStatus {
        guard active.withLock({ $0.insert(runID).inserted }) else { return .running }
        defer { _ = active.withLock { $0.remove(runID) } }
        var state = try await load(runID)
        do {
            while true {
                try Task.checkCancellation()
                let now = clock.now
                switch state.next(now: now) {
                case .ended(let status): return status
                case .wait: return .waiting
                case .sleep(let until, let isRetry):
                    guard isRetry else { return .sleeping }
                    // A retry waits at most a minute (RetryPolicy): here, not in the journal.
                    try await Task.sleep(for: .seconds(max(0, until - now)))
                    try await begin(state.retryStep(), in: &state)
                case .run(let step, let attempt, let isResumed): try await begin((step, attempt, isResumed), in: &state)
                case .skip, .wake, .complete: try await settle(&state, now: now)
                }
            }
        } catch let fault as Fault where fault.code == .journalConflict {
            // Another engine was first: the run is theirs.
            return try await load(runID).status(now: clock.now)
        }
    }

    /// Advances every unfinished run that can move; returns how many were taken up.
    public func resumeAll(progress: ProgressSink? = nil) async throws -> Int {
        var ids: [String] = []
        for status in [RunStatus.running, .sleeping] { ids += try await runs(status: status, limit: 100_000).map(\.id) }
        let counter = ProgressCounter(phase: "runs", total: ids.count, sink: progress)
        _ = try await mapBounded(ids, width: concurrency) { [self] id in
            _ = try await advance(id)
            counter.step()
        }
        return ids.count
    }

    /// Ends a run at its next step boundary. Ended runs stay as they are.
    public func cancel(_ runID: String) async throws {
        let now = clock.now
        try await store.write { [self] transaction in
            let state = try RunState(runID: runID, events: transaction.events(of: Self.stream(runID)))
            guard state.ended == nil else { return }
            var writer = EventWriter(state: state, now: now, engine: self)
            try writer.append(RunEvent.cancelled, [:], in: transaction)
            try cancelTasks(of: writer.state, in: transaction)
            try write(writer.summary, in: transaction)
        }
    }

    func load(_ runID: String) async throws -> RunState {
        try await store.read { try RunState(runID: runID, events: $0.events(of: Self.stream(runID))) }
    }

    static func stream(_ runID: String) -> String { "run/" + runID }
}
