import Core

/// What a ``Transaction`` asks of a database, in the words of that database: one implementation each.
///
/// Texts sort by their bytes. A value of a collection of whole numbers is `isNumber`: a database may keep what is added to it apart, so that those who count do not wait for one another.
protocol Session: AnyObject {
    /// Runs `body`; its error takes back what it did, and only that.
    func savepoint(_ body: () throws -> Void) throws

    // Records
    func body(of key: String, in collection: String, isNumber: Bool) throws -> String?
    func put(body: String, as key: String, sort: String, in collection: String, isNumber: Bool) throws
    func add(_ count: Int, to key: String, in collection: String) throws
    func remove(_ key: String, in collection: String, isNumber: Bool) throws -> Bool
    func list(_ collection: String, in range: SortRange, isNumber: Bool) throws -> [(key: String, body: String)]
    func count(_ collection: String, prefix: String, isNumber: Bool) throws -> Int

    // Journal
    /// Adds an event behind `last`; false, and nothing is done, if that is not the newest.
    func append(kind: String, body: String, at: Double, to stream: String, after last: Int) throws -> Bool
    func lastSequence(of stream: String) throws -> Int
    func events(of stream: String, after: Int) throws -> [JournalEvent]
    func eventCount(kind: String, streamPrefix: String) throws -> Int
    /// Puts work in line or takes it out (``WorkLine``).
    func line(_ key: String, due: Double?) throws

    // Ledger
    /// False if there is a row of that number.
    func addLedgerRow(_ row: LedgerRow) throws -> Bool
    func ledgerRows(after sequence: Int, limit: Int) throws -> [LedgerRow]
    func newestLedgerRows(limit: Int) throws -> [LedgerRow]

    // Passages
    func add(_ passage: Passage, terms: [String]) throws
    func removePassages(of document: String) throws -> Int
    /// - Parameter terms: Letters and digits, at least one term.
    func search(terms: [String], gradeMax: Int, limit: Int) throws -> [(passage: Passage, score: Double)]
    func passages(of document: String) throws -> [Passage]
    func passageCount() throws -> Int
}

/// A part of a collection in its order.
struct SortRange {
    var prefix: String
    var isDescending: Bool
    var limit: Int
    var offset: Int

    /// No text that begins with the prefix sorts at or behind it.
    static func end(of prefix: String) -> String { prefix + "\u{10FFFF}" }
}

/// A database that holds the records, the journal, the ledger and the passages of a ``Store``.
protocol Backend: Sendable {
    /// Runs `body` on a consistent snapshot. It may be run again after a connection was lost.
    func read<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result
    /// Runs `body` as if alone, and returns when its changes are on disk. It may be run again when others were in the way; only its last run counts.
    func write<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result
    var statistics: (commits: Int, transactions: Int) { get }
    /// Work that several processes share; nil when this process is alone with the data.
    var line: (any WorkLine)? { get }
    func close() throws
}

/// Work that several processes share: keys that were put in line (``Transaction/line(_:due:)``), each carried out by whoever has claimed it.
///
/// A claim is held while its holder's connection to the database lives and it is renewed; then the work is free again. It saves work that two would do, and no more than that: what must happen once is decided by the journal.
public protocol WorkLine: Sendable {
    /// Seconds after which a claim that was not renewed is free.
    var leaseSeconds: Double { get }
    /// Claims work that is due, what is due first before others.
    /// - Parameter others: Keys to leave in line.
    func claim(due now: Double, limit: Int, except others: [String]) async throws -> [String]
    /// Claims one piece of work, in line or not, or renews a claim.
    /// - Returns: false when somebody else holds it.
    func claim(_ key: String) async throws -> Bool
    /// Gives a claim back.
    func release(_ key: String) async throws
    /// Waits until work is put in line that is due, at most so long.
    /// - Returns: the keys that were put in line; those of long ago may be missing.
    func told(seconds: Double) async throws -> [String]
}
