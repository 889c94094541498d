import Core
import Foundation
import GRDB

/// # Store: the one room that knows databases
///
/// A data directory holds one SQLite file, `banyan.sqlite` (WAL, `synchronous = FULL`), and content-addressed `blobs/`. Rooms above
/// never see SQL; they speak in five nouns:
///
/// - *records*: Codable values in a ``RecordCollection``, found by key or by a sortable text;
/// - the *journal*: streams of events with gapless sequence numbers (``Transaction/append(_:to:expecting:)``);
/// - *passages*: full-text search (``Transaction/search(_:gradeMax:limit:)``);
/// - the *ledger*: an append-only table of chained rows; and
/// - *blobs*: bytes named by their SHA-256 (``BlobStore``).
///
/// **Group commit.** A durable commit costs one `fdatasync`, about 6 ms on a small machine, whoever asks. ``Store/write(_:)`` therefore
/// collects the transactions that arrive while one commit is under way and commits them together, each in a savepoint of its own: one
/// caller's error rolls back that caller only, and nobody is told "done" before the disk has it. Rejected: `synchronous = NORMAL`, which
/// is a hundred times cheaper and loses the last commits when the power fails.
///
/// **One owner.** A lock file names the process that owns the directory; others may open it read-only.
///
/// ```swift
/// let store = try Store.open(at: "./banyan-data")
/// let notes = RecordCollection<String>("notes")
/// try await store.write { try $0.put("hello", as: "1", in: notes) }
/// ```
public final class Store: Sendable {
    /// An owner reads and writes, one process at a time; readers may stand beside it.
    public enum Access: Sendable { case owner, reader }

    /// Bytes named by their hash.
    public let blobs: BlobStore
    /// The data directory.
    public let directory: String

    private let pool: DatabasePool
    private let committer: GroupCommitter
    private let lock: DirectoryLock?

    private init(directory: String, pool: DatabasePool, lock: DirectoryLock?) {
        self.directory = directory
        self.pool = pool
        self.lock = lock
        blobs = BlobStore(directory: directory + "/blobs")
        committer = GroupCommitter(pool: pool)
    }

    /// Opens (and as owner creates) a data directory.
    ///
    /// - Throws: ``Fault`` `store.locked` when another process owns it, `store.newer` when a newer Banyan wrote it, `store.missing` when
    ///   a reader finds none, `core.disk-full`, `store.database`.
    public static func open(at directory: String, access: Access = .owner) throws -> Store {
        var lock: DirectoryLock?
        switch access {
        case .owner:
            try createDirectory(directory)
            lock = try DirectoryLock(directory: directory)
        case .reader:
            guard FileManager.default.fileExists(atPath: directory + "/banyan.sqlite") else {
                throw Fault(.storeMissing, "no Banyan data in \(directory)", remedy: "give --data DIR, or run `banyan demo government` first")
            }
        }
        return try mappingDatabaseErrors {
            let pool = try DatabasePool(path: directory + "/banyan.sqlite", configuration: configuration(access))
            let migrator = Schema.migrator
            if try pool.read(migrator.hasBeenSuperseded) {
                throw Fault(.storeNewer, "the data in \(directory) was written by a newer Banyan", remedy: "use that version, or another --data directory")
            }
            switch access {
            case .owner:
                try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
                try migrator.migrate(pool)
            case .reader:
                guard try pool.read(migrator.hasCompletedMigrations) else {
                    throw Fault(.storeMissing, "the data in \(directory) is of an older Banyan", remedy: "open it once with `banyan serve` to upgrade it")
                }
            }
            return Store(directory: directory, pool: pool, lock: lock)
        }
    }

    private static func configuration(_ access: Access) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = access == .reader
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // 4 MiB a connection: five connections stay within the resident-memory budget of a small machine.
            try database.execute(sql: "PRAGMA cache_size = -4096")
        }
        return configuration
    }

    /// Reads a consistent snapshot; never waits for writers.
    public func read<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
        do { return try await pool.read { try body(Transaction(database: $0)) } } catch { throw mapDatabaseError(error) }
    }

    /// Runs `body` and returns when its changes are on disk. An error rolls back this body alone.
    public func write<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
        do { return try await committer.submit(body) } catch { throw mapDatabaseError(error) }
    }

    /// The number of commits (fsyncs) and of transactions so far: their ratio is what group commit saves.
    public var commitStatistics: (commits: Int, transactions: Int) { committer.statistics }

    /// SQLite's level of `synchronous` for writes: 2 is FULL. GRDB sets NORMAL when it opens a pool, after a configuration's own preparations.
    func synchronousLevel() async throws -> Int? { try await pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") } }

    /// Merges the write-ahead log and gives up the directory. Further use throws.
    public func close() throws {
        try mappingDatabaseErrors { try pool.close() }
        lock?.release()
    }
}

extension Fault.Code {
    /// Another process owns the data directory.
    public static let storeLocked = Fault.Code("store.locked", .conflict)
    /// A newer Banyan wrote the data.
    public static let storeNewer = Fault.Code("store.newer", .newer)
    /// There is no data, or it must be upgraded by an owner.
    public static let storeMissing = Fault.Code("store.missing", .notFound)
    /// SQLite reported an error.
    public static let storeDatabase = Fault.Code("store.database", .io)
    /// Two writers wanted the same sequence number of a journal stream.
    public static let journalConflict = Fault.Code("store.journal-conflict", .conflict)
    /// A blob's bytes no longer match its name, or it is gone.
    public static let blobDamaged = Fault.Code("store.blob-damaged", .io)
}

/// SQLite's codes as faults with remedies; other errors unchanged. SQL text and arguments never appear in the message.
func mapDatabaseError(_ error: any Error) -> any Error {
    guard let database = error as? DatabaseError else { return error }
    switch database.resultCode {
    case .SQLITE_FULL:
        return Fault(.diskFull, "the disk is full; nothing of this change was kept", remedy: "free some space and run again: work resumes where it stopped")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
        return Fault(.storeLocked, "the database stayed locked for 10 seconds", remedy: "end the other program that uses it")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
        return Fault(.storeDatabase, "the database file is damaged", remedy: "restore a copy of the data directory")
    case .SQLITE_READONLY:
        return Fault(.storeDatabase, "the database is read-only", remedy: "open it as owner, or check the permissions of the data directory")
    default:
        return Fault(.storeDatabase, "the database reported code \(database.extendedResultCode.rawValue)", remedy: "check disk and permissions of the data directory", cause: nil)
    }
}

func mappingDatabaseErrors<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch { throw mapDatabaseError(error) }
}

func createDirectory(_ path: String) throws {
    do {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
        throw Fault(.file, "cannot create the folder \(path)", remedy: "check the permissions of its parent folder", cause: error)
    }
}
