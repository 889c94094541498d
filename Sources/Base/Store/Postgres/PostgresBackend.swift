#if Postgres
import Core
import Foundation
import Synchronization

/// A schema of a PostgreSQL server, shared with other processes.
///
/// Writes are serializable: whatever a body reads and writes, the outcome is that of some order of all transactions, as with SQLite's single writer. Where two cannot be brought into an order the server refuses one, and its
/// lane runs it again. Reads are of one snapshot. A server that is gone is looked for again for a while; work that was not yet being committed is then done again, and of what was, the callers hear that it is not known.
final class PostgresBackend: Backend {
    /// The most transactions in one commit. Each is a part of the same transaction for the server, so one in the way of others holds up all of them.
    static let batchCountMax = 32

    private let writers: [PostgresLane]
    private let readers: [PostgresLane]
    private let committer: GroupCommitter
    private let reader: GroupCommitter
    private let isReadOnly: Bool
    private let shared: PostgresLine

    init(_ settings: PostgresSettings, access: Store.Access) throws {
        do { try PostgresSchema.prepare(settings, access: access) } catch { throw fault(of: error) }
        writers = (0..<PostgresSettings.writerCount).map { _ in PostgresLane(settings, isWriter: true) }
        readers = (0..<PostgresSettings.readerCount).map { _ in PostgresLane(settings, isWriter: false) }
        committer = GroupCommitter(lanes: writers, batchCountMax: Self.batchCountMax)
        reader = GroupCommitter(lanes: readers, batchCountMax: 1, isReading: true)
        isReadOnly = access == .reader
        shared = PostgresLine(settings)
    }

    func read<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result { try await reader.submit(body) }

    func write<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
        guard !isReadOnly else { throw Fault(.storeDatabase, "the store was opened for reading only", remedy: "open it as owner") }
        return try await committer.submit(body)
    }

    var statistics: (commits: Int, transactions: Int) { committer.statistics }
    var line: (any WorkLine)? { shared }

    /// Transactions that were run again because others were in the way.
    var repeatCount: Int { writers.reduce(0) { $0 + $1.repeatCount } }

    func loseConnections() {
        for lane in writers + readers { lane.drop() }
        shared.dropSeat()
    }

    /// The server's processes for the connections that are open.
    var processes: [Int] { (writers + readers).compactMap(\.process) }

    func close() throws {
        for lane in writers + readers { lane.close() }
        shared.close()
    }
}

/// One connection, and what is done with it: transactions, one after another.
final class PostgresLane: CommitLane {
    /// How often a transaction is run again when others are in the way; from the third time on each job by itself.
    static let attemptCountMax = 40

    private struct State {
        var connection: PostgresConnection?
        var isClosed = false
        var repeats = 0
    }
    private let settings: PostgresSettings
    private let isWriter: Bool
    private let state = Mutex(State())

    init(_ settings: PostgresSettings, isWriter: Bool) { (self.settings, self.isWriter) = (settings, isWriter) }

    var repeatCount: Int { state.withLock { $0.repeats } }
    var process: Int? { state.withLock { $0.connection?.process } }

    func close() {
        state.withLock { state in
            state.isClosed = true
            state.connection?.close()
            state.connection = nil
        }
    }

    func commit(_ jobs: [CommitJob]) {
        var patience = Patience()
        for attempt in 1...Self.attemptCountMax {
            switch transaction(jobs, &patience) {
            case .done: return jobs.forEach { $0.finish(nil) }
            case .failed(let error): return jobs.forEach { $0.finish(fault(of: error)) }
            case .again(let error):
                state.withLock { $0.repeats += 1 }
                if jobs.count > 1, attempt >= 2 {
                    // By themselves they are in fewer others' way.
                    for job in jobs { commit([job]) }
                    return
                }
                if attempt == Self.attemptCountMax { return jobs.forEach { $0.finish(fault(of: error)) } }
                // The server's process number parts those who were in one another's way.
                let step = state.withLock { ($0.connection?.process ?? 0) % 7 + 1 }
                Thread.sleep(forTimeInterval: min(0.1, 0.0005 * Double(step * attempt)))
            }
        }
    }

    private enum Outcome {
        case done
        case failed(any Error)
        case again(PostgresError)
    }

    /// One attempt. A job that fails by itself is taken back and hears of it from its own result.
    private func transaction(_ jobs: [CommitJob], _ patience: inout Patience) -> Outcome {
        let connection: PostgresConnection
        do { connection = try connected(&patience) } catch { return .failed(error) }
        let session = PostgresSession(connection, channel: "banyan_\(settings.schema)")
        do {
            try session.script(isWriter ? "BEGIN" : "BEGIN READ ONLY")
            for job in jobs {
                let error = job.run(session, jobs.count == 1)
                if let trouble = session.trouble { throw trouble }
                if jobs.count == 1, error != nil {
                    try session.script("ROLLBACK")
                    return .done
                }
                // The server would take the commit for the end of what has failed.
                guard !session.isBroken else { throw Fault(.storeDatabase, "a transaction failed and was not given up", remedy: "run again") }
            }
        } catch {
            return interrupted(session.trouble ?? (error as? PostgresError), error, &patience)
        }
        do {
            try connection.script("COMMIT")
            return .done
        } catch let error as PostgresError {
            guard error.isLost else { return interrupted(error, error, &patience) }
            drop()
            // A snapshot that was only read is as good as read again.
            guard isWriter else { return .done }
            return .failed(Fault(.storeUncertain, "the connection to the database was lost while a change was committed; whether it was kept is not known", remedy: "look at what it should have changed; runs of workflows find out by themselves"))
        } catch { return .failed(error) }
    }

    /// Nothing was committed: whether the transaction is run again.
    private func interrupted(_ trouble: PostgresError?, _ error: any Error, _ patience: inout Patience) -> Outcome {
        guard let trouble else {
            drop()
            return .failed(error)
        }
        if trouble.isLost {
            drop()
            return patience.isOver ? .failed(trouble) : .again(trouble)
        }
        do { try state.withLock { try $0.connection?.script("ROLLBACK") } } catch { drop() }
        return trouble.isContention ? .again(trouble) : .failed(trouble)
    }

    /// The connection, made anew if there is none. A server that does not answer is asked again until patience ends.
    private func connected(_ patience: inout Patience) throws -> PostgresConnection {
        while true {
            let (known, isClosed) = state.withLock { ($0.connection, $0.isClosed) }
            guard !isClosed else { throw Fault(.storeDatabase, "the store is closed", remedy: "open it again") }
            if let known { return known }
            do {
                let new = try settings.connect(isWriter: isWriter)
                state.withLock { $0.connection = new }
                return new
            } catch {
                guard (error as? Fault)?.code == .storeUnreachable, patience.waits() else { throw error }
            }
        }
    }

    /// Closes the connection; the next transaction makes another.
    func drop() {
        state.withLock { state in
            state.connection?.close()
            state.connection = nil
        }
    }
}

/// How long a server that is gone is waited for.
private struct Patience {
    private static let pause = 0.25
    private var began: ContinuousClock.Instant?

    /// By the clock: a connection that is tried takes its time too.
    var isOver: Bool { began.map { $0.duration(to: .now) >= .seconds(PostgresSettings.patienceSeconds) } ?? false }

    /// Waits a little; false when it was long enough.
    mutating func waits() -> Bool {
        began = began ?? .now
        guard !isOver else { return false }
        Thread.sleep(forTimeInterval: Self.pause)
        return true
    }
}
#endif
