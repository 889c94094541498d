import Core
import Labels
import Store

/// A notice that a step wrote, for whoever delivers it.
public struct Notice: Sendable, Codable, Hashable {
    /// The idempotency key of the step: the same in every attempt.
    public var id: String
    public var to: String
    public var title: String
    public var text: String
    public var label: Label
    /// Seconds since 1970.
    public var at: Double
    /// When it was delivered, if it was.
    public var deliveredAt: Double?
}

/// Notices of a store, kept with the end of the step that wrote them: a notice is there exactly if its step ended.
public struct Outbox: Sendable {
    private let store: Store
    private let collection = RecordCollection<Notice>("notices")

    public init(store: Store) { self.store = store }

    /// Notices that are not delivered, the oldest first.
    public func waiting(limit: Int = 100) async throws -> [Notice] {
        let collection = collection
        return try await store.read { try $0.list(collection, sortPrefix: "waiting|", limit: limit).map(\.value) }
    }

    /// Says that a notice was delivered.
    public func deliver(_ id: String, at now: Double) async throws {
        let collection = collection
        try await store.write { transaction in
            guard var notice = try transaction.get(id, in: collection), notice.deliveredAt == nil else { return }
            notice.deliveredAt = now
            try transaction.put(notice, as: id, sort: "delivered|\(timestampText(now))", in: collection)
        }
    }

    static func add(_ notice: Notice, in transaction: Transaction) throws {
        try transaction.put(notice, as: notice.id, sort: "waiting|\(timestampText(notice.at))", in: RecordCollection<Notice>("notices"))
    }
}
