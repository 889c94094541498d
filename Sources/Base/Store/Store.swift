import Core
import Foundation

/// # Store: the one room that knows databases
///
/// A data directory holds one SQLite file, `banyan.sqlite` (WAL, `synchronous = FULL`), and content-addressed `blobs/`. Where one machine
/// is not enough, a PostgreSQL server takes the place of the file (``Session`` and ``Backend`` are what differs) and several processes share
/// it. Rooms above never see SQL; they speak in five nouns:
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
/// **One owner.** A lock file names the process that owns the directory; others may open it read-only. With PostgreSQL there is no lock: every
/// write is a serializable transaction, and who carries out which work is agreed in a ``WorkLine``.
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

    /// Work that several processes share; nil when this one is alone with the data, as the owner of a directory is.
    public var line: (any WorkLine)? { backend.line }

    let backend: any Backend
    private let lock: DirectoryLock?

    private init(directory: String, backend: any Backend, lock: DirectoryLock?) {
        self.directory = directory
        self.backend = backend
        self.lock = lock
        blobs = BlobStore(directory: directory + "/blobs")
    }

    /// Opens (and as owner creates) a data directory.
    ///
    /// - Parameters:
    ///   - database: A connection string of PostgreSQL (`postgresql://…`) for all but the blobs. Several processes may then be owners. By default `banyan.sqlite` in the directory.
    ///   - schema: Of PostgreSQL; made if it is not there. The default is `banyan`.
    /// - Throws: ``Fault`` `store.locked` when another process owns it, `store.newer` when a newer Banyan wrote it, `store.missing` when
    ///   a reader finds none, `core.disk-full`, `store.database`; with a `database` `store.unreachable`, and `store.no-postgres` in a build without it.
    public static func open(at directory: String, access: Access = .owner, database: String? = nil, schema: String = "banyan") throws -> Store {
        if let database {
            try createDirectory(directory)
            #if Postgres
            return Store(directory: directory, backend: try PostgresBackend(PostgresSettings(database, schema: schema), access: access), lock: nil)
            #else
            throw Fault(.storeNoPostgres, "this Banyan was built without PostgreSQL", remedy: "build it with `swift build -c release --traits Postgres` (it needs libpq-dev)")
            #endif
        }
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
        return Store(directory: directory, backend: try SQLiteBackend(directory: directory, access: access), lock: lock)
    }

    /// Reads a consistent snapshot; never waits for writers. A `body` may be run again when a connection was lost.
    public func read<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result { try await backend.read(body) }

    /// Runs `body` as if alone and returns when its changes are on disk. An error rolls back this body alone.
    ///
    /// A `body` may be run again, when other processes were in its way: whatever it does outside of its transaction must bear that. Only its last run counts.
    /// - Throws: what `body` throws; `store.contended` when others were in the way again and again; `store.uncertain` when the connection was lost while committing.
    public func write<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result { try await backend.write(body) }

    /// The number of commits (fsyncs) and of transactions so far: their ratio is what group commit saves.
    public var commitStatistics: (commits: Int, transactions: Int) { backend.statistics }

    /// Merges the write-ahead log and gives up the directory. Further use throws.
    public func close() throws {
        try backend.close()
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
    /// The database reported an error.
    public static let storeDatabase = Fault.Code("store.database", .io)
    /// Two writers wanted the same sequence number of a journal stream.
    public static let journalConflict = Fault.Code("store.journal-conflict", .conflict)
    /// A row of the ledger has the number of another.
    public static let ledgerConflict = Fault.Code("store.ledger", .conflict)
    /// The database server does not answer, or not to this user.
    public static let storeUnreachable = Fault.Code("store.unreachable", .io)
    /// The connection was lost while a change was committed: it was kept whole or not at all, and which is not known.
    public static let storeUncertain = Fault.Code("store.uncertain", .io)
    /// Other processes wrote to the same data again and again.
    public static let storeContended = Fault.Code("store.contended", .io)
    /// PostgreSQL was asked for and is not in this build.
    public static let storeNoPostgres = Fault.Code("store.no-postgres", .missing)
    /// A blob's bytes no longer match its name, or it is gone.
    public static let blobDamaged = Fault.Code("store.blob-damaged", .io)
}

func createDirectory(_ path: String) throws {
    do {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
        throw Fault(.file, "cannot create the folder \(path)", remedy: "check the permissions of its parent folder", cause: error)
    }
}
