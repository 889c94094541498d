import Core
import Labels
import Store

/// Word of a task to somebody outside: that it waits, that it needs another person, that it is overdue.
///
/// It names the task and says nothing of what it is about; the title goes only where the channel's clearance permits the task's label.
public struct TaskNotice: Sendable, Codable, Hashable {
    /// What happened to the task.
    public enum Event: String, Sendable, Codable, CaseIterable {
        case opened
        /// One person has answered and another must agree.
        case proposed
        case escalated
    }
    /// The same in every delivery of one notice, so that who receives it twice can tell.
    public let id: String
    public let channel: String
    public let event: Event
    public let taskID: String
    public let runID: String
    public let title: String
    public let label: Label
    public let priority: TaskPriority
    public let people: [String]
    public let dueAt: Double?
    /// When it happened, in seconds since 1970.
    public let at: Double
    /// Deliveries that failed.
    public internal(set) var failures = 0
    /// The last of them.
    var triedAt = 0.0

    init(_ event: Event, of task: HumanTask, channel: String, at: Double) {
        id = "\(task.id)/\(event.rawValue)\(event == .proposed ? "/\(timestampText(at))" : "")"
        (self.channel, self.event, taskID, runID, title, label) = (channel, event, task.id, task.runID, task.title, task.label)
        (priority, people, dueAt, self.at) = (task.priority, event == .escalated ? task.escalatesTo : task.people, task.dueAt, at)
    }

    /// What is sent, without the title where a clearance does not permit it.
    public func json(for clearance: Clearance) -> JSONValue {
        [
            "id": .string(id), "event": .string(event.rawValue), "task": .string(taskID), "run": .string(runID), "title": clearance.permits(label) ? .string(title) : .null,
            "grade": .string(label.grade.description), "priority": .string(priority.rawValue), "people": .array(people.map { .string($0) }),
            "due": dueAt.map { .string(timestampText($0)) } ?? .null, "at": .string(timestampText(at)),
        ]
    }
}

/// Brings notices somewhere.
public protocol TaskNotifier: Sendable {
    /// The name under which notices wait for it. Stable.
    var channel: String { get }
    /// Delivers a notice; what it throws means that it was not, and it is tried again.
    func deliver(_ notice: TaskNotice) async throws
}

/// Notices that wait to be delivered. They are written in the transaction of what they tell of, and delivered at least once.
public struct TaskOutbox: Sendable {
    private static let channels = RecordCollection<[String]>("notice-channels")
    private static let waiting = RecordCollection<TaskNotice>("task-notices")
    private static let givenUp = RecordCollection<TaskNotice>("task-notices-given-up")

    private let store: Store
    private let clock: any WallClock
    private let notifiers: [any TaskNotifier]

    public init(store: Store, clock: any WallClock, notifiers: [any TaskNotifier]) {
        self.store = store
        self.clock = clock
        self.notifiers = notifiers
    }

    /// From now on notices are written for these notifiers, and for no others. Notices that wait for a channel that is gone are dropped.
    public func open() async throws {
        let names = notifiers.map(\.channel)
        try await store.write { transaction in
            try transaction.put(names, as: "all", in: Self.channels)
            for (key, notice) in try transaction.list(Self.waiting, limit: 100_000) where !names.contains(notice.channel) { try transaction.remove(key, in: Self.waiting) }
        }
    }

    /// Writes a notice for every channel.
    static func write(_ event: TaskNotice.Event, of task: HumanTask, at now: Double, in transaction: Transaction) throws {
        for channel in try transaction.get("all", in: channels) ?? [] {
            let notice = TaskNotice(event, of: task, channel: channel, at: now)
            try transaction.put(notice, as: "\(channel)|\(notice.id)", sort: timestampText(now), in: waiting)
        }
    }

    /// Delivers what is due, one after another; what fails is tried again after a pause that doubles from ten seconds to an hour.
    /// - Returns: how many were delivered, and how many failed.
    public func deliver() async throws -> (delivered: Int, failed: Int) {
        let now = clock.now
        let due = try await store.read { try $0.list(Self.waiting, limit: DeliveryPace.roundCountMax) }
        var (delivered, failed) = (0, 0)
        for (key, notice) in due {
            // They are in the order of their times.
            guard Self.dueTime(of: notice) <= now else { break }
            guard let notifier = notifiers.first(where: { $0.channel == notice.channel }) else { continue }
            do {
                try await notifier.deliver(notice)
                try await store.write { _ = try $0.remove(key, in: Self.waiting) }
                delivered += 1
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                failed += 1
                var next = notice
                next.failures += 1
                next.triedAt = now
                let again = next
                try await store.write { transaction in
                    guard again.failures >= DeliveryPace.failureCountMax else {
                        return try transaction.put(again, as: key, sort: timestampText(Self.dueTime(of: again)), in: Self.waiting)
                    }
                    try transaction.remove(key, in: Self.waiting)
                    try transaction.put(again, as: key, sort: timestampText(now), in: Self.givenUp)
                }
            }
        }
        return (delivered, failed)
    }

    static func dueTime(of notice: TaskNotice) -> Double {
        DeliveryPace.dueTime(at: notice.at, failures: notice.failures, triedAt: notice.triedAt)
    }

    /// Lets notices that were given up wait again.
    /// - Returns: how many.
    public func retry() async throws -> Int {
        let now = clock.now
        return try await store.write { transaction in
            let given = try transaction.list(Self.givenUp, limit: 10_000)
            for (key, notice) in given {
                var fresh = notice
                (fresh.failures, fresh.triedAt) = (0, 0)
                try transaction.remove(key, in: Self.givenUp)
                try transaction.put(fresh, as: key, sort: timestampText(min(fresh.at, now)), in: Self.waiting)
            }
            return given.count
        }
    }

    /// For `/metrics`.
    public func metricsText() async throws -> String {
        let counts = try await counts()
        var text = PrometheusText()
        text.family("banyan_notices", .gauge, "Notices of tasks that wait to be delivered, and those that were given up.")
        text.sample(["state": "waiting"], Double(counts.waiting))
        text.sample(["state": "given-up"], Double(counts.givenUp))
        return text.text
    }

    /// How many wait, and how many were given up.
    public func counts() async throws -> (waiting: Int, givenUp: Int) {
        try await store.read { (try $0.count(Self.waiting), try $0.count(Self.givenUp)) }
    }
}
