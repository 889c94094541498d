import Core
import Labels
import Store
import Workflows

/// A notice that a step wrote, for whoever delivers it.
public struct Notice: Sendable, Codable, Hashable {
    /// The idempotency key of the step: the same in every attempt, and in every delivery.
    public var id: String
    public var to: String
    public var title: String
    public var text: String
    public var label: Label
    /// Seconds since 1970.
    public var at: Double
    /// When it was delivered on every channel that takes it, if it was.
    public var deliveredAt: Double?
    /// Channels that have it.
    public var channels: [String]?
    /// Deliveries that failed, and the last of them.
    public var failures: Int?
    public var triedAt: Double?
    /// Why it is not delivered: the code of a fault.
    public var problem: String?

    init(id: String, to: String, title: String, text: String, label: Label, at: Double) { (self.id, self.to, self.title, self.text, self.label, self.at) = (id, to, title, text, label, at) }

    /// What is sent of it.
    public var json: JSONValue {
        ["id": .string(id), "event": "notice", "to": .string(to), "title": .string(title), "text": .string(text), "grade": .string(label.grade.description), "at": .string(timestampText(at))]
    }
}

/// Brings notices somewhere.
public protocol NoticeCarrier: Sendable {
    /// The name under which it is remembered that it has a notice. Stable.
    var channel: String { get }
    /// What may leave on it.
    var clearance: Clearance { get }
    /// Whether it can reach whom the notice is for.
    func reaches(_ notice: Notice) -> Bool
    /// Delivers a notice; what it throws means that it was not, and it is tried again under the same id.
    func deliver(_ notice: Notice) async throws
}

/// Notices of a store, kept with the end of the step that wrote them: a notice is there exactly if its step ended. They are delivered at least once.
public struct Outbox: Sendable {
    /// Notices that may wait; a step that writes one more fails and is tried again as its retries say.
    public static let waitingCountMax = 10_000
    /// Notices that are remembered after their delivery.
    static let deliveredCountMax = 10_000

    private let store: Store
    private static let collection = RecordCollection<Notice>("notices")

    public init(store: Store) { self.store = store }

    /// Notices that are not delivered, the next one first.
    public func waiting(limit: Int = 100) async throws -> [Notice] { try await list("waiting|", limit) }

    /// Notices that were given up, the oldest first.
    public func givenUp(limit: Int = 100) async throws -> [Notice] { try await list("given-up|", limit) }

    private func list(_ prefix: String, _ limit: Int) async throws -> [Notice] { try await store.read { try $0.list(Self.collection, sortPrefix: prefix, limit: limit).map(\.value) } }

    /// Delivers what is due by every carrier that reaches whom it is for and is cleared for it. What fails is tried again after a pause that doubles from ten seconds to an hour; what no carrier may take is given up at once.
    /// - Returns: how many were delivered, and how many failed. Without carriers everything waits.
    public func deliver(by carriers: [any NoticeCarrier], clock: any WallClock) async throws -> (delivered: Int, failed: Int) {
        guard !carriers.isEmpty else { return (0, 0) }
        var (delivered, failed) = (0, 0)
        for notice in try await waiting(limit: DeliveryPace.roundCountMax) {
            // They are in the order in which they are due.
            guard Self.dueTime(of: notice) <= clock.now else { break }
            let next = try await attempt(notice, by: carriers, now: clock.now)
            if next.deliveredAt != nil { delivered += 1 } else { failed += 1 }
            try await store.write { try Self.put(next, in: $0) }
        }
        return (delivered, failed)
    }

    /// The notice after one round.
    private func attempt(_ notice: Notice, by carriers: [any NoticeCarrier], now: Double) async throws -> Notice {
        var next = notice
        let reaching = carriers.filter { $0.reaches(notice) }, cleared = reaching.filter { $0.clearance.permits(notice.label) }
        var problem: String? = reaching.isEmpty ? Fault.Code.noticeUnreachable.name : nil
        for carrier in cleared where !(next.channels ?? []).contains(carrier.channel) {
            do {
                try await carrier.deliver(notice)
                next.channels = (next.channels ?? []) + [carrier.channel]
            } catch is CancellationError {
                throw CancellationError()
            } catch { problem = (error as? Fault)?.code.name ?? "unknown" }
        }
        if cleared.isEmpty, !reaching.isEmpty {
            // It will not be allowed the next time.
            (next.problem, next.failures, next.triedAt) = (Fault.Code.nodeLabel.name, DeliveryPace.failureCountMax, now)
        } else if let problem {
            (next.problem, next.failures, next.triedAt) = (problem, (next.failures ?? 0) + 1, now)
        } else {
            (next.problem, next.deliveredAt) = (nil, now)
        }
        return next
    }

    /// Lets notices that were given up wait again.
    /// - Returns: how many.
    public func retry(at now: Double) async throws -> Int {
        try await store.write { transaction in
            let given = try transaction.list(Self.collection, sortPrefix: "given-up|", limit: Self.waitingCountMax).map(\.value)
            for var notice in given {
                (notice.failures, notice.triedAt, notice.problem, notice.at) = (nil, nil, nil, min(notice.at, now))
                try Self.put(notice, in: transaction)
            }
            return given.count
        }
    }

    /// - Throws: `nodes.outbox-full`.
    static func add(_ notice: Notice, in transaction: Transaction) throws {
        guard try transaction.count(collection, sortPrefix: "waiting|") < waitingCountMax else {
            throw Fault(.outboxFull, "\(waitingCountMax) notices wait to be delivered", remedy: "start `banyan serve` with --webhook or --mail-relay, or see `banyan workflow outbox`")
        }
        try put(notice, in: transaction)
    }

    private static func put(_ notice: Notice, in transaction: Transaction) throws {
        let sort =
            if let at = notice.deliveredAt { "delivered|\(timestampText(at))" } else if (notice.failures ?? 0) >= DeliveryPace.failureCountMax { "given-up|\(timestampText(notice.at))" } else { "waiting|\(timestampText(dueTime(of: notice)))" }
        try transaction.put(notice, as: notice.id, sort: sort, in: collection)
        for prefix in ["delivered|", "given-up|"] where sort.hasPrefix(prefix) {
            guard try transaction.count(collection, sortPrefix: prefix) > deliveredCountMax else { continue }
            for (key, _) in try transaction.list(collection, sortPrefix: prefix, limit: 1) { try transaction.remove(key, in: collection) }
        }
    }

    static func dueTime(of notice: Notice) -> Double {
        DeliveryPace.dueTime(at: notice.at, failures: notice.failures ?? 0, triedAt: notice.triedAt ?? notice.at)
    }
}

extension Fault.Code {
    /// Too many notices wait.
    public static let outboxFull = Fault.Code("nodes.outbox-full", .full)
    /// No channel reaches whom a notice is for.
    public static let noticeUnreachable = Fault.Code("nodes.notice-unreachable", .notFound)
}
