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
    let resources: ResourceGate
    /// What `${secret.NAME}` stands for.
    let secrets: WorkflowSecrets
    let definitions = DefinitionCache()
    /// What it has counted since it began.
    let metrics = WorkflowMetrics()
    /// Signs of life of attempts at work.
    let board = LifeBoard()
    /// Runs that have moved, for an exporter.
    let touches = RunTouches()
    let checkpointSeconds: Double
    /// Runs that some call of this engine is advancing right now, and whether somebody asked for them meanwhile.
    private let active = Mutex<[String: Bool]>([:])
    /// How often a transaction is tried again because others wrote to the same run.
    static let conflictCountMax = 64

    let summaries = RecordCollection<RunSummary>("runs")
    let summariesByStatus = RecordCollection<RunSummary>("runs-by-status")
    let humanTasks = RecordCollection<HumanTask>("human-tasks")
    let counters = RecordCollection<Int>("workflow-counters")
    /// When runs want to be woken.
    let timers = RecordCollection<Double>("run-timers")

    /// - Parameters:
    ///   - concurrency: the default is 4.
    ///   - resourceLimits: how many attempts may hold a resource of ``StepKind/resource`` at once; 1 for others.
    ///   - secrets: by default there are none, and a definition that names one is refused.
    ///   - checkpointSeconds: the least time between two checkpoints of one attempt; the default is 10.
    public init(
        store: Store, kinds: [any StepKind], clock: any WallClock, ids: IdentifierSource, concurrency: Int = 4, resourceLimits: [String: Int] = [:], secrets: WorkflowSecrets = .none, checkpointSeconds: Double = 10
    ) {
        self.checkpointSeconds = checkpointSeconds
        self.store = store
        self.kinds = Dictionary((Self.builtIn + [HumanStep(blobs: store.blobs)] + kinds).map { ($0.id, $0) }) { _, last in last }
        self.clock = clock
        self.ids = ids
        self.concurrency = concurrency
        self.secrets = secrets
        resources = ResourceGate(limits: resourceLimits)
    }

    /// Kinds that every engine has.
    public static let builtIn: [any StepKind] = [WaitStep(), AwaitEventStep()]

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
        let isNew = try await store.write { [self] transaction in
            guard try transaction.lastSequence(of: Self.stream(id)) == 0 else { return false }
            try transaction.append(kind: RunEvent.started, body: body, at: now, to: Self.stream(id), after: 0)
            try write(summary, nextTime: nil, in: transaction)
            return true
        }
        if isNew { observe([ObservedEvent(started: definition.name)], of: id) }
        return id
    }

    /// Whether a run of a definition may start.
    /// - Throws: as ``start(_:input:runID:)``.
    func checkStart(_ definition: WorkflowDefinition, input: Labeled<[String: JSONValue]>) throws {
        if let error = WorkflowChecker(kinds: Array(kinds.values), secrets: secrets.names).check(definition).first(where: { $0.severity == .error }) {
            throw Fault(.workflowUnsound, "workflow \(definition.name) is refused: \(error.message)", remedy: "run `banyan workflow check` on it; with --fix it proposes protection steps")
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

    /// Executes a run until it ends, waits or sleeps, and returns where it stands. A run that this engine, or another process, is advancing already is looked at once more by whoever does (`running`).
    public func advance(_ runID: String) async throws -> RunStatus { try await advance(runID, lastWritten: nil) }

    /// - Parameters:
    ///   - lastWritten: The status in the run's line, if known.
    ///   - isClaimed: This process has a claim on the run already.
    func advance(_ runID: String, lastWritten: RunStatus?, isClaimed: Bool = false) async throws -> RunStatus {
        let isMine = active.withLock { active in
            let isFree = active[runID] == nil
            active[runID] = !isFree
            return isFree
        }
        guard isMine else { return .running }
        var (lastWritten, isClaimed) = (lastWritten, isClaimed)
        while true {
            let status: RunStatus
            do {
                let driven = try await claiming(runID, isClaimed: isClaimed) { [self, lastWritten] in try await drive(runID, lastWritten: lastWritten) }
                guard let driven else {
                    active.withLock { $0[runID] = nil }
                    return .running
                }
                status = driven
            } catch {
                active.withLock { $0[runID] = nil }
                throw error
            }
            // What its line says now is that drive's business.
            (lastWritten, isClaimed) = (nil, false)
            // Somebody answered or asked after the last look: without another one the run would wait for nobody.
            let isAsked = active.withLock { active in
                let isAsked = active[runID] == true
                active[runID] = isAsked ? false : nil
                return isAsked
            }
            if !isAsked { return status }
        }
    }

    /// Advances every unfinished run that can move: those that were running, and those whose time has come. Returns how many were taken up.
    public func resumeAll(progress: ProgressSink? = nil) async throws -> Int {
        try await addMissingTimers()
        let now = clock.now
        let (byStatus, timers) = (summariesByStatus, timers)
        let ids = try await store.read { transaction in
            let running = try transaction.list(byStatus, sortPrefix: RunStatus.running.rawValue + "|", limit: Self.resumeCountMax).map(\.key)
            let known = Set(running)
            let due = try transaction.list(timers, limit: Self.resumeCountMax).filter { $0.value <= now && !known.contains($0.key) }.map(\.key)
            return running.map { ($0, RunStatus.running) } + due.map { ($0, .sleeping) }
        }
        let counter = ProgressCounter(phase: "runs", total: ids.count, sink: progress)
        _ = try await mapBounded(ids, width: concurrency) { [self] id, status in
            _ = try await advance(id, lastWritten: status)
            counter.step()
        }
        return ids.count
    }

    /// Runs that some call of this engine is advancing.
    var activeCount: Int { active.withLock { $0.count } }
    func isActive(_ runID: String) -> Bool { active.withLock { $0[runID] != nil } }
    /// Whoever advances a run looks at it once more.
    func ask(_ runID: String) { active.withLock { if $0[runID] != nil { $0[runID] = true } } }

    /// Runs that one ``resumeAll(progress:)`` takes up; the next takes the others.
    static let resumeCountMax = 100_000

    /// Data of before have no timers: sleeping runs get them once.
    func addMissingTimers() async throws {
        let (byStatus, timers) = (summariesByStatus, timers)
        let missing = try await store.read { transaction in
            guard try transaction.count(timers) == 0 else { return [String]() }
            return try transaction.list(byStatus, sortPrefix: RunStatus.sleeping.rawValue + "|", limit: Self.resumeCountMax).map(\.key)
        }
        guard !missing.isEmpty else { return }
        for id in missing {
            guard let time = try await load(id).nextTime else { continue }
            try await store.write { try $0.put(time, as: id, sort: timestampText(time), in: timers) }
        }
    }

    func load(_ runID: String) async throws -> RunState {
        try await store.read { [definitions] in try RunState(runID: runID, events: $0.events(of: Self.stream(runID)), definitions: definitions) }
    }

    static func stream(_ runID: String) -> String { "run/" + runID }
}
