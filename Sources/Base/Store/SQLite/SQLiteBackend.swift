import Core
import Foundation
import GRDB
import Synchronization

/// `banyan.sqlite` in a data directory: one writer, four readers.
final class SQLiteBackend: Backend {
    /// The most transactions in one commit.
    static let batchCountMax = 256

    private let pool: DatabasePool
    private let committer: GroupCommitter

    /// Opens, and as owner creates and upgrades, the file.
    init(directory: String, access: Store.Access) throws {
        pool = try mappingDatabaseErrors {
            let pool = try DatabasePool(path: directory + "/banyan.sqlite", configuration: Self.configuration(access))
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
            return pool
        }
        committer = GroupCommitter(lanes: [SQLiteLane(pool: pool)], batchCountMax: Self.batchCountMax)
    }

    private static func configuration(_ access: Store.Access) -> Configuration {
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

    func read<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
        do { return try await pool.read { try body(Transaction(session: SQLiteSession($0))) } } catch { throw mapDatabaseError(error) }
    }

    func write<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
        do { return try await committer.submit(body) } catch { throw mapDatabaseError(error) }
    }

    var statistics: (commits: Int, transactions: Int) { committer.statistics }
    var line: (any WorkLine)? { nil }

    /// SQLite's level of `synchronous` for writes: 2 is FULL. GRDB sets NORMAL when it opens a pool, after a configuration's own preparations.
    func synchronousLevel() async throws -> Int? { try await pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") } }

    func close() throws { try mappingDatabaseErrors { try pool.close() } }
}

/// The one writer.
private struct SQLiteLane: CommitLane {
    let pool: DatabasePool

    func commit(_ jobs: [CommitJob]) {
        let failures = Failures()
        do {
            try pool.write { database in
                let session = SQLiteSession(database)
                // Alone it needs no savepoint: its error takes back the whole transaction.
                if jobs.count == 1, let error = jobs[0].run(session, true) { throw AloneFailure(error: error) }
                if jobs.count > 1 { for job in jobs { failures.add(job.run(session, false)) } }
            }
            jobs.forEach { $0.finish(nil) }
        } catch is AloneFailure {
            jobs.forEach { $0.finish(nil) }
        } catch {
            // SQLite ends the whole transaction by itself when the disk is full, and the commit then reports only that there is none.
            let cause = failures.fullDisk ?? error
            jobs.forEach { $0.finish(cause) }
        }
    }
}

/// The only job of a commit failed; its caller hears what with.
private struct AloneFailure: Error { let error: any Error }

/// What the jobs of one commit failed with.
private final class Failures: Sendable {
    private let full = Mutex<(any Error)?>(nil)
    var fullDisk: (any Error)? { full.withLock { $0 } }

    func add(_ error: (any Error)?) {
        if let database = error as? DatabaseError, database.resultCode == .SQLITE_FULL { full.withLock { $0 = error } }
        if let fault = error as? Fault, fault.code == .diskFull { full.withLock { $0 = error } }
    }
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
