import Core
import Store
import Synchronization

/// An event as those who watch need it, without values.
struct ObservedEvent: Sendable {
    let kind: String
    let workflow: String
    /// The kind of the step.
    var stepKind: String?
    /// How an attempt ended with it, if one did, and how long it took.
    var attempt: (result: String, seconds: Double)?
    var usage: StepUsage?

    init(started workflow: String) { (kind, self.workflow) = (RunEvent.started, workflow) }

    init(_ kind: String, _ body: JSONValue, before: StepRecord?, in state: RunState, at now: Double) {
        (self.kind, workflow) = (kind, state.definition.name)
        guard let path = body["step"]?.string else { return }
        stepKind = before?.kind ?? state.records[path]?.kind
        guard let before, before.status == "started" else { return }
        let result: String? =
            switch kind {
            case RunEvent.stepDone: "done"
            case RunEvent.stepTurned: "turned"
            case RunEvent.stepFailed: "failed"
            case RunEvent.taskOpened, RunEvent.timerSet, RunEvent.eventAwaited: "waits"
            // Another attempt of one that nobody has ended.
            case RunEvent.stepStarted: "cut-short"
            default: nil
            }
        attempt = result.map { ($0, max(0, now - before.startedAt)) }
        usage = body["usage"].map { StepUsage(json: $0) }
    }
}

/// Counts of one engine since it began, in the form that Prometheus reads. Names of workflows, kinds and models are bounded: the first so many have rows of their own, all others share one.
final class WorkflowMetrics: Sendable {
    /// Names that have rows of their own.
    static let nameCountMax = 200
    /// Upper bounds of the histogram in seconds.
    static let bounds = [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200]

    struct Histogram: Sendable {
        var counts = [Int](repeating: 0, count: WorkflowMetrics.bounds.count + 1)
        var sum = 0.0

        mutating func add(_ seconds: Double) {
            counts[WorkflowMetrics.bounds.firstIndex { seconds <= $0 } ?? WorkflowMetrics.bounds.count] += 1
            sum += seconds
        }
    }
    private struct Ended: Hashable { let workflow: String, status: String }
    private struct Attempt: Hashable { let kind: String, result: String }
    private struct State {
        var workflows = Set<String>(), kinds = Set<String>(), models = Set<String>()
        var started: [String: Int] = [:]
        var ended: [Ended: Int] = [:]
        var attempts: [Attempt: Int] = [:]
        var seconds: [String: Histogram] = [:]
        var usages: [String: StepUsage] = [:]
        var conflicts = 0

        /// The name, or `other` once there are too many.
        static func name(_ name: String, _ known: inout Set<String>) -> String {
            if known.contains(name) { return name }
            guard known.count < WorkflowMetrics.nameCountMax else { return "other" }
            known.insert(name)
            return name
        }
    }
    private let state = Mutex(State())

    func noteConflict() { state.withLock { $0.conflicts += 1 } }

    func note(_ events: [ObservedEvent]) {
        guard !events.isEmpty else { return }
        state.withLock { state in for event in events { Self.note(event, in: &state) } }
    }

    private static func note(_ event: ObservedEvent, in state: inout State) {
        switch event.kind {
        case RunEvent.started: state.started[State.name(event.workflow, &state.workflows), default: 0] += 1
        case RunEvent.completed, RunEvent.failed, RunEvent.cancelled:
            state.ended[Ended(workflow: State.name(event.workflow, &state.workflows), status: String(event.kind.dropFirst("run-".count))), default: 0] += 1
        default: break
        }
        guard let attempt = event.attempt, let kind = event.stepKind else { return }
        let name = State.name(kind, &state.kinds)
        state.attempts[Attempt(kind: name, result: attempt.result), default: 0] += 1
        // How long it took that was cut short tells how long nobody was there.
        if attempt.result != "cut-short" { state.seconds[name, default: Histogram()].add(attempt.seconds) }
        if let usage = event.usage {
            let model = State.name(usage.model, &state.models)
            let renamed = StepUsage(model: model, tokensRead: usage.tokensRead, tokensWritten: usage.tokensWritten, milliseconds: usage.milliseconds)
            state.usages[model] = state.usages[model].map { $0 + renamed } ?? renamed
        }
    }

    /// Writes the counters.
    /// - Parameter prices: what tokens cost.
    func write(to text: inout PrometheusText, prices: ModelPrices) {
        let state = state.withLock { $0 }
        text.family("banyan_workflow_runs_started_total", .counter, "Runs started by this process.")
        for (name, count) in state.started.sorted(by: { $0.key < $1.key }) { text.sample(["workflow": name], Double(count)) }
        text.family("banyan_workflow_runs_ended_total", .counter, "Runs that ended in this process.")
        for (key, count) in state.ended.sorted(by: { ($0.key.workflow, $0.key.status) < ($1.key.workflow, $1.key.status) }) { text.sample(["workflow": key.workflow, "status": key.status], Double(count)) }
        text.family("banyan_workflow_step_attempts_total", .counter, "Attempts of steps by how they ended; waits: for a person, a time or an event.")
        for (key, count) in state.attempts.sorted(by: { ($0.key.kind, $0.key.result) < ($1.key.kind, $1.key.result) }) { text.sample(["kind": key.kind, "result": key.result], Double(count)) }
        text.family("banyan_workflow_step_seconds", .histogram, "How long attempts of steps took.")
        for (kind, histogram) in state.seconds.sorted(by: { $0.key < $1.key }) { text.histogram(["kind": kind], bounds: Self.bounds, counts: histogram.counts, sum: histogram.sum) }
        text.family("banyan_workflow_tokens_total", .counter, "Tokens that models read and wrote for steps.")
        for (model, usage) in state.usages.sorted(by: { $0.key < $1.key }) {
            text.sample(["model": model, "direction": "read"], Double(usage.tokensRead))
            text.sample(["model": model, "direction": "written"], Double(usage.tokensWritten))
        }
        text.family("banyan_workflow_cost_total", .counter, "What those tokens cost at the prices of now.")
        for (model, usage) in state.usages.sorted(by: { $0.key < $1.key }) { for cost in prices.costs(of: [usage]) { text.sample(["model": model, "currency": cost.currency], cost.value) } }
        text.family("banyan_workflow_journal_conflicts_total", .counter, "Transactions tried again because others wrote to the same run.")
        text.sample([:], Double(state.conflicts))
    }
}
