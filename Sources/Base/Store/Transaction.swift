import Core
import Foundation
import GRDB

/// The verbs of a read or write. Valid inside the closure it was given to, and only there.
public struct Transaction {
    let database: Database
}

extension Transaction {
    /// Runs a part of the transaction that can fail by itself: its error takes back what the part did, and the rest may go on.
    public func attempt<Result>(_ body: () throws -> Result) throws -> Result {
        var result: Result?
        try mappingDatabaseErrors {
            try database.inSavepoint {
                result = try body()
                return .commit
            }
        }
        guard let result else { throw Fault(.defect, "a savepoint ended without a result") }
        return result
    }
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
        let body = try String.fetchOne(
            database.cachedStatement(sql: "SELECT body FROM records WHERE collection = ? AND key = ?"), arguments: [collection.name, key])
        return try body.map { try decode($0) }
    }

    /// Writes `value` under `key`, replacing what was there.
    public func put<Value>(_ value: Value, as key: String, sort: String = "", in collection: RecordCollection<Value>) throws {
        try put(body: try encode(value), as: key, sort: sort, in: collection.name)
    }

    /// Writes `value` under `key` in several collections, each with its own `sort`.
    public func put<Value>(_ value: Value, as key: String, in collections: [(collection: RecordCollection<Value>, sort: String)]) throws {
        let body = try encode(value)
        for (collection, sort) in collections { try put(body: body, as: key, sort: sort, in: collection.name) }
    }

    private func put(body: String, as key: String, sort: String, in collection: String) throws {
        let insert = try database.cachedStatement(
            sql: "INSERT INTO records (collection, key, sort, body) VALUES (?, ?, ?, ?) ON CONFLICT (collection, key) DO UPDATE SET sort = excluded.sort, body = excluded.body")
        try insert.execute(arguments: [collection, key, sort, body])
    }

    /// Adds to a number under `key`, 0 if there was none.
    public func add(_ count: Int, to key: String, in collection: RecordCollection<Int>) throws {
        let insert = try database.cachedStatement(
            sql: "INSERT INTO records (collection, key, sort, body) VALUES (?, ?, '', ?) ON CONFLICT (collection, key) DO UPDATE SET body = body + excluded.body")
        try insert.execute(arguments: [collection.name, key, count])
    }

    /// Removes the value under `key`; true if there was one.
    @discardableResult
    public func remove<Value>(_ key: String, in collection: RecordCollection<Value>) throws -> Bool {
        try database.cachedStatement(sql: "DELETE FROM records WHERE collection = ? AND key = ?").execute(arguments: [collection.name, key])
        return database.changesCount > 0
    }

    /// Keys and values whose `sort` begins with `prefix`, in the order of `sort` then key.
    /// - Parameter limit: at most this many. The default is 1,000.
    public func list<Value>(
        _ collection: RecordCollection<Value>, sortPrefix prefix: String = "", descending: Bool = false, limit: Int = 1000, offset: Int = 0
    ) throws -> [(key: String, value: Value)] {
        let order = descending ? "DESC" : "ASC"
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT key, body FROM records WHERE collection = ? AND sort >= ? AND sort < ? "
                + "ORDER BY sort \(order), key \(order) LIMIT ? OFFSET ?",
            arguments: [collection.name, prefix, prefix + "\u{10FFFF}", limit, offset])
        return try rows.map { (key: $0["key"], value: try decode($0["body"])) }
    }

    /// How many values have a `sort` that begins with `prefix`.
    public func count<Value>(_ collection: RecordCollection<Value>, sortPrefix prefix: String = "") throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM records WHERE collection = ? AND sort >= ? AND sort < ?",
            arguments: [collection.name, prefix, prefix + "\u{10FFFF}"]) ?? 0
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
        // One statement: it inserts only behind the event that the caller knows.
        let insert = try database.cachedStatement(
            sql: "INSERT INTO journal (stream, sequence, kind, at, body) SELECT ?1, ?2 + 1, ?3, ?4, ?5 WHERE (SELECT coalesce(max(sequence), 0) FROM journal WHERE stream = ?1) = ?2")
        try insert.execute(arguments: [stream, last, kind, at, body.text])
        guard database.changesCount == 1 else {
            throw Fault(.journalConflict, "stream \(stream) has moved past event \(last)", remedy: "read it again and decide anew")
        }
        return last + 1
    }

    /// The newest sequence number of a stream; 0 if it is empty.
    public func lastSequence(of stream: String) throws -> Int {
        try Int.fetchOne(database.cachedStatement(sql: "SELECT max(sequence) FROM journal WHERE stream = ?"), arguments: [stream]) ?? 0
    }

    /// The events of a stream after sequence number `after`, oldest first.
    public func events(of stream: String, after: Int = 0) throws -> [JournalEvent] {
        try Row.fetchAll(
            database.cachedStatement(sql: "SELECT sequence, kind, at, body FROM journal WHERE stream = ? AND sequence > ? ORDER BY sequence"), arguments: [stream, after]
        ).map { JournalEvent(sequence: $0["sequence"], kind: $0["kind"], at: $0["at"], body: try JSONValue(parsing: $0["body"])) }
    }

    /// How many events of `kind` all streams that begin with `streamPrefix` hold.
    public func eventCount(kind: String, streamPrefix: String = "") throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM journal WHERE stream >= ? AND stream < ? AND kind = ?",
            arguments: [streamPrefix, streamPrefix + "\u{10FFFF}", kind]) ?? 0
    }
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
    public func lastLedgerRow() throws -> LedgerRow? {
        try Row.fetchOne(database, sql: "SELECT * FROM ledger ORDER BY sequence DESC LIMIT 1").map(ledgerRow)
    }

    /// Adds a row. Its sequence number must be new.
    public func addLedgerRow(_ row: LedgerRow) throws {
        try database.execute(
            sql: "INSERT INTO ledger (sequence, body, previous, hash) VALUES (?, ?, ?, ?)",
            arguments: [row.sequence, row.body, row.previous, row.hash])
    }

    /// Rows after `sequence`, oldest first, at most `limit`.
    public func ledgerRows(after sequence: Int = 0, limit: Int = 1000) throws -> [LedgerRow] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM ledger WHERE sequence > ? ORDER BY sequence LIMIT ?", arguments: [sequence, limit]
        ).map(ledgerRow)
    }

    /// The newest rows first.
    public func newestLedgerRows(limit: Int) throws -> [LedgerRow] {
        try Row.fetchAll(database, sql: "SELECT * FROM ledger ORDER BY sequence DESC LIMIT ?", arguments: [limit]).map(ledgerRow)
    }

    private func ledgerRow(_ row: Row) -> LedgerRow {
        LedgerRow(sequence: row["sequence"], body: row["body"], previous: row["previous"], hash: row["hash"])
    }
}
