import Core
import Labels
import Store

/// Something that was done to data, and by whom. No values: ids, counts and labels.
public struct AuditEntry: Sendable, Codable, Hashable {
    /// A person's name or the part of Banyan that acted.
    public var actor: String
    /// A verb: grade, protect, close, answer …
    public var action: String
    /// The id of what it was done to.
    public var subject: String
    public var detail: JSONValue
    public var label: Label?

    public init(actor: String, action: String, subject: String, detail: JSONValue = [:], label: Label? = nil) {
        self.actor = actor
        self.action = action
        self.subject = subject
        self.detail = detail
        self.label = label
    }
}

/// An entry in its place in the log.
public struct AuditRecord: Sendable, Codable, Hashable {
    public let sequence: Int
    /// Seconds since 1970.
    public let at: Double
    public let entry: AuditEntry
}

/// What ``AuditLog/verify()`` found.
public struct AuditVerification: Sendable, Codable, Hashable {
    public let rowCount: Int
    /// The first row that does not fit; nil when all do.
    public let firstBroken: Int?
    public let reason: String?
}

/// The hash chain of the audit log, as arithmetic over rows.
///
/// ```
/// hash(n) = SHA-256( n ‖ 0x0A ‖ hash(n-1) ‖ 0x0A ‖ body(n) )        hash(0) = 64 zeros
/// ```
/// The *anchor* (number and hash of the newest row) is kept apart in the same transaction, so that rows missing at the end are noticed too. Whoever can rewrite
/// the whole database can rewrite both: copy the anchor elsewhere from time to time (`banyan audit verify --json` prints the row count) for that.
public enum AuditChain {
    /// The newest row, as the log last wrote it.
    public struct Anchor: Sendable, Codable, Hashable {
        public let sequence: Int
        public let hash: String
    }

    static let origin = String(repeating: "0", count: 64)

    /// The row after `last`.
    static func row(after last: LedgerRow?, body: String) -> LedgerRow {
        let sequence = (last?.sequence ?? 0) + 1
        let previous = last?.hash ?? origin
        return LedgerRow(sequence: sequence, body: body, previous: previous, hash: hash(sequence: sequence, previous: previous, body: body))
    }

    static func hash(sequence: Int, previous: String, body: String) -> String { SHA256.hex(Array("\(sequence)\n\(previous)\n\(body)".utf8)) }

    /// Why a row does not follow `last`; nil when it does.
    static func flaw(in row: LedgerRow, after last: LedgerRow?) -> String? {
        if row.sequence != (last?.sequence ?? 0) + 1 { return "a row is missing or out of order" }
        if row.previous != (last?.hash ?? origin) { return "the row does not follow the one before" }
        if row.hash != hash(sequence: row.sequence, previous: row.previous, body: row.body) { return "the row was altered" }
        return nil
    }

    /// What a walk over `rowCount` fitting rows that ended at `last` says, compared with the anchor.
    static func verdict(atEnd last: LedgerRow?, anchor: Anchor?, rowCount: Int) -> AuditVerification {
        let (sequence, anchored) = (last?.sequence ?? 0, anchor?.sequence ?? 0)
        if sequence != anchored {
            return AuditVerification(
                rowCount: rowCount, firstBroken: min(sequence, anchored) + 1, reason: sequence < anchored ? "rows at the end are missing" : "rows were added at the end")
        }
        let isSame = (last?.hash ?? origin) == (anchor?.hash ?? origin)
        return AuditVerification(rowCount: rowCount, firstBroken: isSame ? nil : sequence, reason: isSame ? nil : "the newest row was altered")
    }

    /// Checks a whole log.
    public static func verify(rows: [LedgerRow], anchor: Anchor?) -> AuditVerification {
        var last: LedgerRow?
        for row in rows {
            if let flaw = flaw(in: row, after: last) { return AuditVerification(rowCount: rows.count, firstBroken: (last?.sequence ?? 0) + 1, reason: flaw) }
            last = row
        }
        return verdict(atEnd: last, anchor: anchor, rowCount: rows.count)
    }
}

/// The audit log: append-only, hash-chained.
public struct AuditLog: Sendable {
    private let store: Store
    private let clock: any WallClock
    private let anchors = RecordCollection<AuditChain.Anchor>("audit-anchor")

    public init(store: Store, clock: any WallClock) {
        self.store = store
        self.clock = clock
    }

    /// Adds an entry in the transaction of what it reports: both happen or neither.
    public func record(_ entry: AuditEntry, in transaction: Transaction) throws {
        var members: [String: JSONValue] = [
            "at": .double(clock.now), "actor": .string(entry.actor), "action": .string(entry.action), "subject": .string(entry.subject), "detail": entry.detail,
        ]
        if let label = entry.label {
            members["grade"] = .int(label.grade.rawValue)
            members["categories"] = .array(label.categories.sorted().map { .string($0.name) })
        }
        let row = AuditChain.row(after: try transaction.lastLedgerRow(), body: JSONValue.object(members).text)
        try transaction.addLedgerRow(row)
        try transaction.put(AuditChain.Anchor(sequence: row.sequence, hash: row.hash), as: "head", in: anchors)
    }

    /// Adds an entry in a transaction of its own.
    public func record(_ entry: AuditEntry) async throws {
        try await store.write { try record(entry, in: $0) }
    }

    /// Checks every row. Reads pages of 1,000, so that memory stays flat.
    public func verify() async throws -> AuditVerification {
        let anchors = anchors
        return try await store.read { transaction in
            var last: LedgerRow?
            var count = 0
            while true {
                let page = try transaction.ledgerRows(after: last?.sequence ?? 0, limit: 1000)
                if page.isEmpty { break }
                for row in page {
                    count += 1
                    if let flaw = AuditChain.flaw(in: row, after: last) {
                        return AuditVerification(rowCount: count, firstBroken: (last?.sequence ?? 0) + 1, reason: flaw)
                    }
                    last = row
                }
            }
            return AuditChain.verdict(atEnd: last, anchor: try transaction.get("head", in: anchors), rowCount: count)
        }
    }

    /// The newest entries first.
    public func newest(_ limit: Int) async throws -> [AuditRecord] {
        try await store.read { try $0.newestLedgerRows(limit: limit).map(Self.record) }
    }

    private static func record(_ row: LedgerRow) throws -> AuditRecord {
        let body = try JSONValue(parsing: row.body)
        let label = body["grade"]?.int.flatMap(Grade.init(rawValue:)).map { grade in
            Label(grade, Set((body["categories"]?.array ?? []).compactMap(\.string).map { Category($0) }))
        }
        let entry = AuditEntry(
            actor: body["actor"]?.string ?? "", action: body["action"]?.string ?? "", subject: body["subject"]?.string ?? "",
            detail: body["detail"] ?? .null, label: label)
        return AuditRecord(sequence: row.sequence, at: body["at"]?.double ?? 0, entry: entry)
    }
}
