import Core
import Foundation
import Synchronization

/// The verbs of a read or write. Valid inside the closure it was given to, and only there.
public struct Transaction {
    let session: any Session
    /// What follows its commit; nil in a read, which has none.
    var sequel: Sequel?
}

extension Transaction {
    /// Runs a part of the transaction that can fail by itself: its error takes back what the part did, and the rest may go on.
    public func attempt<Result>(_ body: () throws -> Result) throws -> Result {
        var result: Result?
        let before = sequel?.count ?? 0
        do { try session.savepoint { result = try body() } } catch {
            sequel?.cut(to: before)
            throw error
        }
        guard let result else { throw Fault(.defect, "a savepoint ended without a result") }
        return result
    }

    /// Does something outside of the store once the changes are on disk, before ``Store/write(_:)`` returns; not if they are taken back. The next commit waits for it, so it is short.
    ///
    /// A process that ends in between does not do it: whoever must be sure looks for it again. In a read it is never done.
    public func afterCommit(_ body: @escaping @Sendable () -> Void) { sequel?.add(body) }
}

/// What follows the commit of one transaction.
final class Sequel: Sendable {
    private let bodies = Mutex<[@Sendable () -> Void]>([])

    var count: Int { bodies.withLock { $0.count } }
    func add(_ body: @escaping @Sendable () -> Void) { bodies.withLock { $0.append(body) } }
    func cut(to count: Int) { bodies.withLock { $0.removeLast(max(0, $0.count - count)) } }
    func play() { for body in bodies.withLock({ $0 }) { body() } }
}

// MARK: - Records

/// A named set of Codable values.
///
/// `sort` is any text; listing by its prefix is how a collection is queried ("open|2026-11-23T…" finds what is open, oldest first).
public struct RecordCollection<Value: Codable & Sendable>: Sendable {
    public let name: String
    public init(_ name: String) { self.name = name }
}

extension Transaction {
    /// The value under `key`, or nil.
    public func get<Value>(_ key: String, in collection: RecordCollection<Value>) throws -> Value? {
        try session.body(of: key, in: collection.name, isNumber: Value.self == Int.self).map { try decode($0) }
    }

    /// Writes `value` under `key`, replacing what was there.
    public func put<Value>(_ value: Value, as key: String, sort: String = "", in collection: RecordCollection<Value>) throws {
        try session.put(body: try encode(value), as: key, sort: sort, in: collection.name, isNumber: Value.self == Int.self)
    }

    /// Writes `value` under `key` in several collections, each with its own `sort`.
    public func put<Value>(_ value: Value, as key: String, in collections: [(collection: RecordCollection<Value>, sort: String)]) throws {
        let body = try encode(value)
        for (collection, sort) in collections { try session.put(body: body, as: key, sort: sort, in: collection.name, isNumber: Value.self == Int.self) }
    }

    /// Adds to a number under `key`, 0 if there was none.
    public func add(_ count: Int, to key: String, in collection: RecordCollection<Int>) throws {
        try session.add(count, to: key, in: collection.name)
    }

    /// Removes the value under `key`; true if there was one.
    @discardableResult
    public func remove<Value>(_ key: String, in collection: RecordCollection<Value>) throws -> Bool {
        try session.remove(key, in: collection.name, isNumber: Value.self == Int.self)
    }

    /// Keys and values whose `sort` begins with `prefix`, in the order of `sort` then key.
    /// - Parameter limit: at most this many. The default is 1,000.
    public func list<Value>(
        _ collection: RecordCollection<Value>, sortPrefix prefix: String = "", descending: Bool = false, limit: Int = 1000, offset: Int = 0
    ) throws -> [(key: String, value: Value)] {
        let range = SortRange(prefix: prefix, isDescending: descending, limit: limit, offset: offset)
        return try session.list(collection.name, in: range, isNumber: Value.self == Int.self).map { (key: $0.key, value: try decode($0.body)) }
    }

    /// How many values have a `sort` that begins with `prefix`.
    public func count<Value>(_ collection: RecordCollection<Value>, sortPrefix prefix: String = "") throws -> Int {
        try session.count(collection.name, prefix: prefix, isNumber: Value.self == Int.self)
    }

    private func encode<Value: Encodable>(_ value: Value) throws -> String {
        if let json = value as? JSONValue { return json.text }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private func decode<Value: Decodable>(_ body: String) throws -> Value {
        if Value.self == JSONValue.self, let json = try JSONValue(parsing: body) as? Value { return json }
        return try JSONDecoder().decode(Value.self, from: Data(body.utf8))
    }
}

// MARK: - Journal

/// One event of a journal stream.
public struct JournalEvent: Sendable, Hashable {
    /// 1, 2, 3 … without gaps in each stream.
    public let sequence: Int
    public let kind: String
    /// Seconds since 1970.
    public let at: Double
    public let body: JSONValue

    public init(sequence: Int, kind: String, at: Double, body: JSONValue) {
        self.sequence = sequence
        self.kind = kind
        self.at = at
        self.body = body
    }
}

extension Transaction {
    /// Adds an event after `last`, the sequence number the caller believes to be the newest (0 for an empty stream).
    ///
    /// - Returns: the new sequence number.
    /// - Throws: `store.journal-conflict` when another writer was first. Nothing is written then: this is what makes a step's effect,
    ///   committed with its event, happen once.
    @discardableResult
    public func append(kind: String, body: JSONValue, at: Double, to stream: String, after last: Int) throws -> Int {
        guard try session.append(kind: kind, body: body.text, at: at, to: stream, after: last) else {
            throw Fault(.journalConflict, "stream \(stream) has moved past event \(last)", remedy: "read it again and decide anew")
        }
        return last + 1
    }

    /// The newest sequence number of a stream; 0 if it is empty.
    public func lastSequence(of stream: String) throws -> Int { try session.lastSequence(of: stream) }

    /// The events of a stream after sequence number `after`, oldest first.
    public func events(of stream: String, after: Int = 0) throws -> [JournalEvent] { try session.events(of: stream, after: after) }

    /// How many events of `kind` all streams that begin with `streamPrefix` hold.
    public func eventCount(kind: String, streamPrefix: String = "") throws -> Int { try session.eventCount(kind: kind, streamPrefix: streamPrefix) }

    /// Puts work in line for whoever claims it from `due` on (seconds since 1970), in this transaction; nil takes it out. Without a ``Store/line`` it does nothing.
    public func line(_ key: String, due: Double?) throws { try session.line(key, due: due) }
}

// MARK: - Ledger

/// A row of the ledger. What `hash` covers is the business of the room that writes it.
public struct LedgerRow: Sendable, Hashable, Codable {
    public let sequence: Int
    public let body: String
    public let previous: String
    public let hash: String

    public init(sequence: Int, body: String, previous: String, hash: String) {
        self.sequence = sequence
        self.body = body
        self.previous = previous
        self.hash = hash
    }
}

extension Transaction {
    /// The newest row; nil for an empty ledger.
    public func lastLedgerRow() throws -> LedgerRow? { try session.newestLedgerRows(limit: 1).first }

    /// Adds a row. Its sequence number must be new.
    /// - Throws: `store.ledger` if it is not.
    public func addLedgerRow(_ row: LedgerRow) throws {
        guard try session.addLedgerRow(row) else { throw Fault(.ledgerConflict, "the ledger has a row \(row.sequence)", remedy: "read its newest row again") }
    }

    /// Rows after `sequence`, oldest first, at most `limit`.
    public func ledgerRows(after sequence: Int = 0, limit: Int = 1000) throws -> [LedgerRow] { try session.ledgerRows(after: sequence, limit: limit) }

    /// The newest rows first.
    public func newestLedgerRows(limit: Int) throws -> [LedgerRow] { try session.newestLedgerRows(limit: limit) }
}
