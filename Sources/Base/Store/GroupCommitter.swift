import Core
import Dispatch
import GRDB
import Synchronization

/// Collects write transactions and commits them together (see the essay in ``Store``).
///
/// Two columns, one fsync for B and C:
/// ```
/// caller A: submit ── runs ── commit+fsync ── done
/// caller B:     submit ········ waits ········ runs ┐
/// caller C:        submit ····· waits ········ runs ┴ commit+fsync ── both done
/// ```
final class GroupCommitter: Sendable {
    /// The most transactions in one commit: keeps the latency of the first in line bounded.
    static let batchCountMax = 256

    /// One caller's work. `run` never throws: it keeps its result or error for `finish`, and returns the error.
    private struct Job: Sendable {
        let run: @Sendable (Database, _ isAlone: Bool) -> (any Error)?
        /// Called after the commit with nil, or with the commit's own error.
        let finish: @Sendable ((any Error)?) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var isRunning = false
        var commits = 0
        var transactions = 0
    }

    private let pool: DatabasePool
    /// Where commits run, one after another: a thread may wait for the disk here, on Swift's own it may not.
    private let queue = DispatchQueue(label: "banyan.commit", qos: .userInitiated)
    private let state = Mutex(State())

    init(pool: DatabasePool) { self.pool = pool }

    var statistics: (commits: Int, transactions: Int) { state.withLock { ($0.commits, $0.transactions) } }

    func submit<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
        let outcome = Outcome<Result>()
        return try await withCheckedThrowingContinuation { continuation in
            let job = Job(
                run: { database, isAlone in
                    let result = Swift.Result { isAlone ? try body(Transaction(database: database)) : try Self.inSavepoint(database, body) }
                    outcome.set(result)
                    return result.error
                },
                finish: { failure in
                    if let failure { continuation.resume(throwing: failure) } else { continuation.resume(with: outcome.get()) }
                })
            let mustStart = state.withLock { state in
                state.waiting.append(job)
                defer { state.isRunning = true }
                return !state.isRunning
            }
            // It ends by itself when nobody waits; every caller in it is awaited through its own continuation.
            if mustStart { queue.async { self.drain() } }
        }
    }

    private func drain() {
        while let batch = nextBatch() {
            let failures = Failures()
            do {
                try pool.write { database in
                    // Alone it needs no savepoint: its error takes back the whole transaction.
                    if batch.count == 1, let error = batch[0].run(database, true) { throw AloneFailure(error: error) }
                    if batch.count > 1 { for job in batch { failures.add(job.run(database, false)) } }
                }
                batch.forEach { $0.finish(nil) }
            } catch is AloneFailure {
                batch.forEach { $0.finish(nil) }
            } catch {
                // SQLite ends the whole transaction by itself when the disk is full, and the commit then reports only that there is none.
                let cause = failures.fullDisk ?? error
                batch.forEach { $0.finish(cause) }
            }
        }
    }

    private func nextBatch() -> [Job]? {
        state.withLock { state in
            let batch = Array(state.waiting.prefix(Self.batchCountMax))
            state.waiting.removeFirst(batch.count)
            guard !batch.isEmpty else {
                state.isRunning = false
                return nil
            }
            state.commits += 1
            state.transactions += batch.count
            return batch
        }
    }

    private static func inSavepoint<Result>(_ database: Database, _ body: (Transaction) throws -> Result) throws -> Result {
        var result: Result?
        try database.inSavepoint {
            result = try body(Transaction(database: database))
            return .commit
        }
        guard let result else { throw Fault(.defect, "a savepoint ended without a result") }
        return result
    }
}

/// The only job of a commit failed; its caller hears what with.
private struct AloneFailure: Error { let error: any Error }

/// What the jobs of one commit failed with.
private final class Failures: Sendable {
    private let full = Mutex<(any Error)?>(nil)
    var fullDisk: (any Error)? { full.withLock { $0 } }

    func add(_ error: (any Error)?) {
        guard let error = error as? DatabaseError, error.resultCode == .SQLITE_FULL else { return }
        full.withLock { $0 = error }
    }
}

extension Result {
    fileprivate var error: (any Error)? { if case .failure(let error) = self { error } else { nil } }
}

/// A slot written inside the commit and read after it.
private final class Outcome<Value: Sendable>: Sendable {
    private let slot = Mutex<Result<Value, any Error>?>(nil)
    func set(_ result: Result<Value, any Error>) { slot.withLock { $0 = result } }
    func get() -> Result<Value, any Error> {
        slot.withLock { $0 } ?? .failure(Fault(.defect, "a transaction was never run"))
    }
}
