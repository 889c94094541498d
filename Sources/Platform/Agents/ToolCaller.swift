import Core
import Synchronization

/// Calls tools within their time.
public enum ToolCaller {
    /// Runs a call, and ends it when it takes longer than it may.
    /// - Throws: `agents.timeout`; a body that does not heed cancellation is left behind, ends later, and its result is dropped.
    public static func limited<Result: Sendable>(_ seconds: Double, _ tool: String, _ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        // A task group would wait for the deaf body too.
        let work = Task { try await body() }, timer = Task { try await Task.sleep(for: .seconds(seconds)) }, first = FirstResult<Result>()
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                first.hold(continuation)
                Task { first.end(with: await work.result) }
                Task {
                    guard (try? await timer.value) != nil else { return }
                    first.end(with: .failure(Fault(.agentTimeout, "\(tool) took longer than \(seconds) seconds", remedy: "ask for less")))
                    work.cancel()
                }
            }
        } onCancel: {
            work.cancel()
        }
    }

    /// Who is answered, once.
    private final class FirstResult<Value: Sendable>: Sendable {
        private let held = Mutex<CheckedContinuation<Value, any Error>?>(nil)

        func hold(_ continuation: CheckedContinuation<Value, any Error>) { held.withLock { $0 = continuation } }

        func end(with result: Swift.Result<Value, any Error>) {
            let waiting = held.withLock { held in
                defer { held = nil }
                return held
            }
            waiting?.resume(with: result)
        }
    }
}
