import Core
import Workflows

/// Calls tools within their time.
public enum ToolCaller {
    /// Runs a call, and ends it when it takes longer than it may.
    /// - Throws: `agents.timeout`; a body that does not heed cancellation is left behind, ends later, and its result is dropped.
    public static func limited<Result: Sendable>(_ seconds: Double, _ tool: String, _ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        try await Deadline.watching(grace: 0, lateness: { (try? await Task.sleep(for: .seconds(seconds))).map { Fault(.agentTimeout, "\(tool) took longer than \(seconds) seconds", remedy: "ask for less") } }, body)
    }
}
