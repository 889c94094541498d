import Core
import Labels
import Store
import Synchronization

/// Runs that have moved since an exporter looked last. Nothing is noted while nobody looks.
final class RunTouches: Sendable {
    /// With more of them all runs are looked at.
    static let countMax = 100_000
    private struct State {
        var isWatched = false
        var runs = Set<String>()
        var isOver = false
    }
    private let state = Mutex(State())

    func watch() { state.withLock { $0.isWatched = true } }

    func add(_ run: String) {
        state.withLock { state in
            guard state.isWatched else { return }
            if state.runs.count < Self.countMax { state.runs.insert(run) } else { state.isOver = true }
        }
    }

    /// What has moved; and whether there was too much to note.
    func take() -> (runs: Set<String>, isOver: Bool) {
        state.withLock { state in
            defer { (state.runs, state.isOver) = ([], false) }
            return (state.runs, state.isOver)
        }
    }
}

extension WorkflowEngine {
    /// Tells those who watch what was committed.
    func observe(_ events: [ObservedEvent], of runID: String) {
        guard !events.isEmpty else { return }
        metrics.note(events)
        touches.add(runID)
    }

    /// Resources of kinds, for spans.
    var resourcesByKind: [String: String] { kinds.compactMapValues(\.resource) }

    /// Everything that Prometheus reads of workflows: gauges from the store, counters since this engine began. A few counts over indexes; it may be asked every few seconds.
    public func metricsText() async throws -> String {
        let statistics = try await statistics(), prices = try await ModelPrices.read(from: store), now = clock.now
        let (humanTasks, timers) = (humanTasks, timers)
        let (open, overdue, timed) = try await store.read { transaction in
            let open = try transaction.count(humanTasks, sortPrefix: HumanTask.Status.open.rawValue + "|")
            let oldest = try transaction.list(humanTasks, sortPrefix: HumanTask.Status.open.rawValue + "|", limit: Self.filteredCountMax)
            return (open, oldest.count { $0.value.isOverdue(at: now) }, try transaction.count(timers))
        }
        var text = PrometheusText()
        text.family("banyan_workflow_runs", .gauge, "Runs in the store by status.")
        for status in RunStatus.allCases { text.sample(["status": status.rawValue], Double(statistics.runs[status] ?? 0)) }
        text.family("banyan_workflow_steps_started_total", .counter, "Attempts of steps started in the life of the store.")
        text.sample([:], Double(statistics.stepsRun))
        text.family("banyan_workflow_steps_resumed_total", .counter, "Attempts that took up one which a crash had cut short, in the life of the store.")
        text.sample([:], Double(statistics.stepsResumed))
        text.family("banyan_workflow_timers", .gauge, "Runs that will be woken at a time.")
        text.sample([:], Double(timed))
        text.family("banyan_workflow_tasks_open", .gauge, "Tasks that wait for people.")
        text.sample([:], Double(open))
        text.family("banyan_workflow_tasks_overdue", .gauge, "Open tasks that are overdue, among the oldest \(Self.filteredCountMax).")
        text.sample([:], Double(overdue))
        text.family("banyan_workflow_steps_running", .gauge, "Attempts at work in this process.")
        for (kind, count) in board.counts.sorted(by: { $0.key < $1.key }).prefix(WorkflowMetrics.nameCountMax) { text.sample(["kind": kind], Double(count)) }
        text.family("banyan_workflow_resource_waiting", .gauge, "Attempts that wait for something scarce.")
        for resource in Set(resourcesByKind.values).sorted().prefix(WorkflowMetrics.nameCountMax) { text.sample(["resource": resource], Double(resources.waiting(resource))) }
        let commits = store.commitStatistics
        text.family("banyan_store_commits_total", .counter, "Commits to disk by this process.")
        text.sample([:], Double(commits.commits))
        text.family("banyan_store_transactions_total", .counter, "Transactions in those commits.")
        text.sample([:], Double(commits.transactions))
        metrics.write(to: &text, prices: prices)
        return text.text
    }
}
