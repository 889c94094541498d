import Core

/// Calls tools within their time.
public enum ToolCaller {
    /// Runs a call, and ends it when it takes longer than it may.
    /// - Throws: `agents.timeout`; a body that does not heed cancellation ends later and its result is dropped.
    public static func limited<Result: Sendable>(_ seconds: Double, _ tool: String, _ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            guard let first = try await group.next(), let result = first else {
                throw Fault(.agentTimeout, "\(tool) took longer than \(seconds) seconds", remedy: "ask for less")
            }
            return result
        }
    }
}
