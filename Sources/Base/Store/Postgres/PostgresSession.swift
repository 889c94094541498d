#if Postgres
import Core
import Foundation

/// The verbs of a transaction in PostgreSQL.
///
/// A transaction in which another one was in the way, or whose connection is lost, cannot go on, whatever its body makes of the error: `trouble` says so to the lane, which runs it again.
final class PostgresSession: Session {
    let connection: PostgresConnection
    /// Messages of LISTEN go to this channel.
    let channel: String
    private(set) var trouble: PostgresError?
    /// An error has ended the transaction, or the part of it since the newest savepoint.
    private(set) var isBroken = false
    private var depth = 0

    init(_ connection: PostgresConnection, channel: String) {
        self.connection = connection
        self.channel = channel
    }

    private func run(_ sql: String, _ values: [String?]) throws -> PostgresRows {
        if let trouble { throw fault(of: trouble) }
        do { return try connection.execute(sql, values) } catch let error as PostgresError {
            if error.isContention || error.isLost { trouble = error }
            isBroken = true
            throw fault(of: error)
        }
    }

    private func number(_ sql: String, _ values: [String?]) throws -> Int { try run(sql, values).values.first?[0].flatMap { Int($0) } ?? 0 }

    /// Runs what surrounds statements of bodies.
    func script(_ sql: String) throws {
        if let trouble { throw fault(of: trouble) }
        do { try connection.script(sql) } catch let error as PostgresError {
            if error.isContention || error.isLost { trouble = error }
            isBroken = true
            throw fault(of: error)
        }
    }

    func savepoint(_ body: () throws -> Void) throws {
        let name = "p\(depth)"
        try script("SAVEPOINT \(name)")
        depth += 1
        defer { depth -= 1 }
        do {
            try body()
            // A body that went on after an error of the database has not done what it thinks.
            guard !isBroken else { throw Fault(.storeDatabase, "a part of a transaction failed and was not given up", remedy: "run again") }
        } catch {
            if trouble == nil { try script("ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)") }
            isBroken = false
            throw error
        }
        try script("RELEASE SAVEPOINT \(name)")
    }

    // MARK: Records

    func body(of key: String, in collection: String, isNumber: Bool) throws -> String? {
        try run("SELECT body FROM \(isNumber ? "numbers" : "records") WHERE collection = $1 AND key = $2", [collection, key]).values.first?[0]
    }

    func put(body: String, as key: String, sort: String, in collection: String, isNumber: Bool) throws {
        if isNumber { _ = try run("DELETE FROM counts WHERE collection = $1 AND key = $2", [collection, key]) }
        _ = try run(
            "INSERT INTO records (collection, key, sort, body) VALUES ($1, $2, $3, $4) ON CONFLICT (collection, key) DO UPDATE SET sort = excluded.sort, body = excluded.body",
            [collection, key, sort, body])
    }

    func add(_ count: Int, to key: String, in collection: String) throws {
        _ = try run(
            "INSERT INTO counts (collection, key, shard, count) VALUES ($1, $2, $3, $4) ON CONFLICT (collection, key, shard) DO UPDATE SET count = counts.count + excluded.count",
            [collection, key, String(connection.process % Self.shardCount), String(count)])
    }

    /// Shards of a number. Two connections that share one wait for one another.
    static let shardCount = 64

    func remove(_ key: String, in collection: String, isNumber: Bool) throws -> Bool {
        let counts = isNumber ? try run("DELETE FROM counts WHERE collection = $1 AND key = $2", [collection, key]).changed : 0
        return try run("DELETE FROM records WHERE collection = $1 AND key = $2", [collection, key]).changed + counts > 0
    }

    func list(_ collection: String, in range: SortRange, isNumber: Bool) throws -> [(key: String, body: String)] {
        let order = range.isDescending ? "DESC" : "ASC"
        return try run(
            "SELECT key, body FROM \(isNumber ? "numbers" : "records") WHERE collection = $1 AND sort >= $2 AND sort < $3 ORDER BY sort \(order), key \(order) LIMIT $4 OFFSET $5",
            [collection, range.prefix, SortRange.end(of: range.prefix), String(range.limit), String(range.offset)]
        ).values.map { (key: $0[0] ?? "", body: $0[1] ?? "") }
    }

    func count(_ collection: String, prefix: String, isNumber: Bool) throws -> Int {
        try number(
            "SELECT count(*) FROM \(isNumber ? "numbers" : "records") WHERE collection = $1 AND sort >= $2 AND sort < $3", [collection, prefix, SortRange.end(of: prefix)])
    }

    // MARK: Journal

    func append(kind: String, body: String, at: Double, to stream: String, after last: Int) throws -> Bool {
        // Only behind the event that the caller knows: the row of the stream is the gate, and there is one.
        let gate = last == 0
            ? "INSERT INTO streams (stream, last) VALUES ($1, $2::bigint + 1) ON CONFLICT DO NOTHING RETURNING last"
            : "UPDATE streams SET last = last + 1 WHERE stream = $1 AND last = $2::bigint RETURNING last"
        let sql = "WITH gate AS (\(gate)) INSERT INTO journal (stream, sequence, kind, at, body) SELECT $1, last, $3, $4, $5 FROM gate"
        return try run(sql, [stream, String(last), kind, String(at), body]).changed == 1
    }

    func lastSequence(of stream: String) throws -> Int { try number("SELECT last FROM streams WHERE stream = $1", [stream]) }

    func events(of stream: String, after: Int) throws -> [JournalEvent] {
        try run("SELECT sequence, kind, at, body FROM journal WHERE stream = $1 AND sequence > $2 ORDER BY sequence", [stream, String(after)]).values.map { row in
            guard let sequence = row[0].flatMap({ Int($0) }), let kind = row[1], let at = row[2].flatMap({ Double($0) }), let body = row[3] else {
                throw Fault(.storeDatabase, "an event of stream \(stream) is damaged", remedy: "restore a backup of the database")
            }
            return JournalEvent(sequence: sequence, kind: kind, at: at, body: try JSONValue(parsing: body))
        }
    }

    func eventCount(kind: String, streamPrefix: String) throws -> Int {
        try number("SELECT count(*) FROM journal WHERE stream >= $1 AND stream < $2 AND kind = $3", [streamPrefix, SortRange.end(of: streamPrefix), kind])
    }

    func line(_ key: String, due: Double?) throws {
        guard let due else {
            // A claim outlives it: whoever works on it gives the place back.
            _ = try run("DELETE FROM line WHERE key = $1 AND holder IS NULL", [key])
            _ = try run("UPDATE line SET due = 'infinity' WHERE key = $1", [key])
            return
        }
        // Whoever waits is told of what is new, when this is committed.
        _ = try run(
            """
            WITH put AS (INSERT INTO line (key, due) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET due = excluded.due WHERE line.due <> excluded.due RETURNING key)
            SELECT pg_notify('\(channel)', left($1, 1000)) FROM put
            """, [key, String(due)])
    }

    // MARK: Ledger

    func addLedgerRow(_ row: LedgerRow) throws -> Bool {
        try run(
            "INSERT INTO ledger (sequence, body, previous, hash) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", [String(row.sequence), row.body, row.previous, row.hash]
        ).changed == 1
    }

    func ledgerRows(after sequence: Int, limit: Int) throws -> [LedgerRow] {
        try ledger("WHERE sequence > $1 ORDER BY sequence LIMIT $2", [String(sequence), String(limit)])
    }

    func newestLedgerRows(limit: Int) throws -> [LedgerRow] { try ledger("ORDER BY sequence DESC LIMIT $1", [String(limit)]) }

    private func ledger(_ rest: String, _ values: [String?]) throws -> [LedgerRow] {
        try run("SELECT sequence, body, previous, hash FROM ledger \(rest)", values).values.map {
            LedgerRow(sequence: $0[0].flatMap { Int($0) } ?? 0, body: $0[1] ?? "", previous: $0[2] ?? "", hash: $0[3] ?? "")
        }
    }

    // MARK: Passages (the statements are in PostgresSession+Passages.swift)

    func rows(_ sql: String, _ values: [String?]) throws -> PostgresRows { try run(sql, values) }
}
#endif
