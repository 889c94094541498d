import Core
import Synchronization

/// Ends work that is late, whether it heeds that or not.
///
/// ```
/// works ──────────────┬── ends ─────────────────────────── its result
///                     └── late ── cancelled ──┬─ ends ──── the fault of its lateness
///                                             └─ grace passes: left behind, the same fault
/// ```
/// What does not heed cancellation is left behind after the grace, with its task: whatever it returns later reaches nobody. Rejected: a task group, which waits for its deaf children too.
public enum Deadline {
    /// Who is answered, once.
    private final class Verdict<Value: Sendable>: Sendable {
        private struct State {
            var continuation: CheckedContinuation<Value, any Error>?
            var late: Fault?
            var watcher: Task<Void, Never>?
            var isOver = false
        }
        private let state = Mutex(State())

        func hold(_ continuation: CheckedContinuation<Value, any Error>) { state.withLock { $0.continuation = continuation } }

        func watch(with watcher: Task<Void, Never>) {
            let isOver = state.withLock { state in
                state.watcher = watcher
                return state.isOver
            }
            if isOver { watcher.cancel() }
        }

        /// From now on the work has failed with this, whatever it returns.
        /// - Returns: false when it had ended before.
        func isLate(with fault: Fault) -> Bool {
            state.withLock { state in
                if !state.isOver { state.late = fault }
                return !state.isOver
            }
        }

        func end(with result: Swift.Result<Value, any Error>) {
            let (continuation, late, watcher) = state.withLock { state in
                defer { (state.continuation, state.isOver) = (nil, true) }
                return (state.continuation, state.late, state.watcher)
            }
            watcher?.cancel()
            continuation?.resume(with: late.map { .failure($0) } ?? result)
        }
    }

    /// Runs `body` until it ends or is late.
    ///
    /// - Parameters:
    ///   - grace: seconds that it has to end after it was cancelled.
    ///   - lateness: waits until the body is late, and says with what it has failed then; nil when it was cancelled before.
    public static func watching<Value: Sendable>(
        grace: Double, lateness: @escaping @Sendable () async -> Fault?, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let (work, verdict) = (Task { try await body() }, Verdict<Value>())
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                verdict.hold(continuation)
                Task { verdict.end(with: await work.result) }
                verdict.watch(with: Task {
                    guard let fault = await lateness(), verdict.isLate(with: fault) else { return }
                    work.cancel()
                    if grace > 0 { try? await Task.sleep(for: .seconds(grace)) }
                    if !Task.isCancelled { verdict.end(with: .failure(fault)) }
                })
            }
        } onCancel: {
            work.cancel()
        }
    }
}
