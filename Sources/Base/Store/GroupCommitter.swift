import Core
import Dispatch
import Synchronization

/// Collects transactions and commits them together (see the essay in ``Store``).
///
/// Two columns, one fsync for B and C:
/// ```
/// caller A: submit ── runs ── commit+fsync ── done
/// caller B:     submit ········ waits ········ runs ┐
/// caller C:        submit ····· waits ········ runs ┴ commit+fsync ── both done
/// ```
/// SQLite has one lane, as it has one writer. Over PostgreSQL each lane is a connection, and what waits goes to the first that is free.
final class GroupCommitter: Sendable {
    private struct State {
        var waiting: [CommitJob] = []
        /// Lanes with nothing to do, the one that was used last at the end.
        var idle: [Int]
        var commits = 0
        var transactions = 0
    }

    private let lanes: [any CommitLane]
    /// Where commits of a lane run, one after another: a thread may wait for the disk here, on Swift's own it may not.
    private let queues: [DispatchQueue]
    private let batchCountMax: Int
    private let isReading: Bool
    private let state: Mutex<State>

    /// - Parameters:
    ///   - batchCountMax: The most transactions in one commit: keeps the latency of the first in line bounded.
    ///   - isReading: Nothing is committed. The default is false.
    init(lanes: [any CommitLane], batchCountMax: Int, isReading: Bool = false) {
        self.lanes = lanes
        self.isReading = isReading
        self.batchCountMax = batchCountMax
        queues = lanes.map { _ in DispatchQueue(label: "banyan.commit", qos: .userInitiated) }
        state = Mutex(State(idle: Array(lanes.indices.reversed())))
    }

    var statistics: (commits: Int, transactions: Int) { state.withLock { ($0.commits, $0.transactions) } }

    func submit<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws -> Result {
        let (outcome, isReading) = (Outcome<Result>(), isReading)
        return try await withCheckedThrowingContinuation { continuation in
            let job = CommitJob(
                run: { session, isAlone in
                    // A body that is run again begins anew.
                    let transaction = Transaction(session: session, sequel: isReading ? nil : Sequel())
                    let result = Swift.Result { isAlone ? try body(transaction) : try transaction.attempt { try body(transaction) } }
                    outcome.set(result, transaction.sequel)
                    return result.error
                },
                finish: { failure in
                    if let failure { return continuation.resume(throwing: failure) }
                    outcome.play()
                    continuation.resume(with: outcome.get())
                })
            let lane = state.withLock { state in
                state.waiting.append(job)
                return state.idle.popLast()
            }
            // It ends by itself when nobody waits; every caller in it is awaited through its own continuation.
            if let lane { queues[lane].async { self.drain(lane) } }
        }
    }

    private func drain(_ lane: Int) {
        while let batch = nextBatch(for: lane) { lanes[lane].commit(batch) }
    }

    private func nextBatch(for lane: Int) -> [CommitJob]? {
        state.withLock { state in
            let batch = Array(state.waiting.prefix(batchCountMax))
            state.waiting.removeFirst(batch.count)
            guard !batch.isEmpty else {
                state.idle.append(lane)
                return nil
            }
            state.commits += 1
            state.transactions += batch.count
            return batch
        }
    }
}

/// One caller's work. `run` never throws: it keeps its result or error for `finish`, and returns the error.
struct CommitJob: Sendable {
    /// In a savepoint of its own unless it is alone in its transaction.
    let run: @Sendable (any Session, _ isAlone: Bool) -> (any Error)?
    /// Called after the commit with nil, or with the commit's own error.
    let finish: @Sendable ((any Error)?) -> Void
}

/// Where jobs are committed together, one commit after another.
protocol CommitLane: Sendable {
    /// Runs the jobs in one transaction, and finishes each of them.
    func commit(_ jobs: [CommitJob])
}

extension Result {
    fileprivate var error: (any Error)? { if case .failure(let error) = self { error } else { nil } }
}

/// A slot written inside the commit and read after it.
private final class Outcome<Value: Sendable>: Sendable {
    private let slot = Mutex<(result: Result<Value, any Error>, sequel: Sequel?)?>(nil)
    func set(_ result: Result<Value, any Error>, _ sequel: Sequel?) { slot.withLock { $0 = (result, sequel) } }
    func get() -> Result<Value, any Error> {
        slot.withLock { $0?.result } ?? .failure(Fault(.defect, "a transaction was never run"))
    }

    /// Does what follows the commit, if the body's changes are in it.
    func play() {
        let sequel = slot.withLock { slot in slot.flatMap { $0.result.error == nil ? $0.sequel : nil } }
        sequel?.play()
    }
}
