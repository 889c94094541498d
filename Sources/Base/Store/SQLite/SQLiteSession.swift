import Core
import GRDB

/// The verbs of a transaction in SQLite.
final class SQLiteSession: Session {
    let database: Database

    init(_ database: Database) { self.database = database }

    func savepoint(_ body: () throws -> Void) throws {
        try mappingDatabaseErrors {
            try database.inSavepoint {
                try body()
                return .commit
            }
        }
    }

    // MARK: Records

    func body(of key: String, in collection: String, isNumber: Bool) throws -> String? {
        try String.fetchOne(database.cachedStatement(sql: "SELECT body FROM records WHERE collection = ? AND key = ?"), arguments: [collection, key])
    }

    func put(body: String, as key: String, sort: String, in collection: String, isNumber: Bool) throws {
        let insert = try database.cachedStatement(
            sql: "INSERT INTO records (collection, key, sort, body) VALUES (?, ?, ?, ?) ON CONFLICT (collection, key) DO UPDATE SET sort = excluded.sort, body = excluded.body")
        try insert.execute(arguments: [collection, key, sort, body])
    }

    func add(_ count: Int, to key: String, in collection: String) throws {
        let insert = try database.cachedStatement(
            sql: "INSERT INTO records (collection, key, sort, body) VALUES (?, ?, '', ?) ON CONFLICT (collection, key) DO UPDATE SET body = body + excluded.body")
        try insert.execute(arguments: [collection, key, count])
    }

    func remove(_ key: String, in collection: String, isNumber: Bool) throws -> Bool {
        try database.cachedStatement(sql: "DELETE FROM records WHERE collection = ? AND key = ?").execute(arguments: [collection, key])
        return database.changesCount > 0
    }

    func list(_ collection: String, in range: SortRange, isNumber: Bool) throws -> [(key: String, body: String)] {
        let order = range.isDescending ? "DESC" : "ASC"
        return try Row.fetchAll(
            database,
            sql: "SELECT key, body FROM records WHERE collection = ? AND sort >= ? AND sort < ? "
                + "ORDER BY sort \(order), key \(order) LIMIT ? OFFSET ?",
            arguments: [collection, range.prefix, SortRange.end(of: range.prefix), range.limit, range.offset]
        ).map { (key: $0["key"], body: $0["body"]) }
    }

    func count(_ collection: String, prefix: String, isNumber: Bool) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM records WHERE collection = ? AND sort >= ? AND sort < ?",
            arguments: [collection, prefix, SortRange.end(of: prefix)]) ?? 0
    }

    // MARK: Journal

    func append(kind: String, body: String, at: Double, to stream: String, after last: Int) throws -> Bool {
        // One statement: it inserts only behind the event that the caller knows.
        let insert = try database.cachedStatement(
            sql: "INSERT INTO journal (stream, sequence, kind, at, body) SELECT ?1, ?2 + 1, ?3, ?4, ?5 WHERE (SELECT coalesce(max(sequence), 0) FROM journal WHERE stream = ?1) = ?2")
        try insert.execute(arguments: [stream, last, kind, at, body])
        return database.changesCount == 1
    }

    func lastSequence(of stream: String) throws -> Int {
        try Int.fetchOne(database.cachedStatement(sql: "SELECT max(sequence) FROM journal WHERE stream = ?"), arguments: [stream]) ?? 0
    }

    func events(of stream: String, after: Int) throws -> [JournalEvent] {
        try Row.fetchAll(
            database.cachedStatement(sql: "SELECT sequence, kind, at, body FROM journal WHERE stream = ? AND sequence > ? ORDER BY sequence"), arguments: [stream, after]
        ).map { JournalEvent(sequence: $0["sequence"], kind: $0["kind"], at: $0["at"], body: try JSONValue(parsing: $0["body"])) }
    }

    func eventCount(kind: String, streamPrefix: String) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM journal WHERE stream >= ? AND stream < ? AND kind = ?",
            arguments: [streamPrefix, SortRange.end(of: streamPrefix), kind]) ?? 0
    }

    /// One process owns the data: nobody else looks at a line.
    func line(_ key: String, due: Double?) throws {}

    // MARK: Ledger

    func addLedgerRow(_ row: LedgerRow) throws -> Bool {
        try database.execute(
            sql: "INSERT INTO ledger (sequence, body, previous, hash) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [row.sequence, row.body, row.previous, row.hash])
        return database.changesCount == 1
    }

    func ledgerRows(after sequence: Int, limit: Int) throws -> [LedgerRow] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM ledger WHERE sequence > ? ORDER BY sequence LIMIT ?", arguments: [sequence, limit]
        ).map(Self.ledgerRow)
    }

    func newestLedgerRows(limit: Int) throws -> [LedgerRow] {
        try Row.fetchAll(database, sql: "SELECT * FROM ledger ORDER BY sequence DESC LIMIT ?", arguments: [limit]).map(Self.ledgerRow)
    }

    private static func ledgerRow(_ row: Row) -> LedgerRow {
        LedgerRow(sequence: row["sequence"], body: row["body"], previous: row["previous"], hash: row["hash"])
    }

    // MARK: Passages

    func add(_ passage: Passage, terms: [String]) throws {
        try database.execute(
            sql: "INSERT INTO passages (document, ordinal, text, detail, grade) VALUES (?, ?, ?, ?, ?)",
            arguments: [passage.document, passage.ordinal, passage.text, passage.detail.text, passage.grade])
        try database.execute(
            sql: "INSERT INTO passage_terms (rowid, terms) VALUES (?, ?)",
            arguments: [database.lastInsertedRowID, terms.joined(separator: " ")])
    }

    func removePassages(of document: String) throws -> Int {
        try database.execute(
            sql: "DELETE FROM passage_terms WHERE rowid IN (SELECT id FROM passages WHERE document = ?)", arguments: [document])
        try database.execute(sql: "DELETE FROM passages WHERE document = ?", arguments: [document])
        return database.changesCount
    }

    func search(terms: [String], gradeMax: Int, limit: Int) throws -> [(passage: Passage, score: Double)] {
        // Quoted, so that no term is read as an operator of FTS5.
        let query = terms.map { "\"\($0)\"" }.joined(separator: " OR ")
        return try Row.fetchAll(
            database,
            sql: """
                SELECT passages.*, -bm25(passage_terms) AS score FROM passage_terms JOIN passages ON passages.id = passage_terms.rowid
                WHERE passage_terms MATCH ? AND grade <= ? ORDER BY score DESC, passages.id LIMIT ?
                """,
            arguments: [query, gradeMax, limit]
        ).map { (passage: try Self.passage($0), score: $0["score"]) }
    }

    func passages(of document: String) throws -> [Passage] {
        try Row.fetchAll(database, sql: "SELECT * FROM passages WHERE document = ? ORDER BY ordinal", arguments: [document]).map(Self.passage)
    }

    func passageCount() throws -> Int { try Int.fetchOne(database, sql: "SELECT count(*) FROM passages") ?? 0 }

    private static func passage(_ row: Row) throws -> Passage {
        Passage(
            document: row["document"], ordinal: row["ordinal"], text: row["text"],
            detail: try JSONValue(parsing: row["detail"]), grade: row["grade"])
    }
}
