import Core
import Labels
import Store

/// A step of a finished attempt, run again beside what the journal says.
public struct ReplayedStep: Sendable, Hashable {
    /// What came of it.
    public enum Verdict: Sendable, Hashable {
        case same
        /// The names of the outputs that differ; `tokens of the answer` when a model wrote others.
        case different([String])
        /// It could not be run again.
        case failed(String)
        /// Its kind does not promise the same output for the same input: a person, a search, a request to others.
        case notRepeatable
    }

    /// The step's path, as `each[3].mask`.
    public let step: String
    public let kind: String
    public let verdict: Verdict
}

extension WorkflowEngine {
    /// Runs the steps of a run again with the inputs that they had, and compares: whether a model still writes what it wrote, a recognizer finds what it found. Nothing is written; effects are left out.
    ///
    /// - Parameters:
    ///   - step: Only the step of this path, and those inside it.
    ///   - each: Called with every step as it is judged.
    /// - Returns: in the order in which the steps ended; steps that a fork kept are left out.
    /// - Throws: `workflows.unknown` for no such run or no such step.
    public func replay(_ runID: String, step wanted: String? = nil, each: (@Sendable (ReplayedStep) -> Void)? = nil) async throws -> [ReplayedStep] {
        let events = try await store.read { try $0.events(of: Self.stream(runID)) }
        var state = try RunState(runID: runID, events: Array(events.prefix(1)), definitions: definitions)
        var attempts: [String: StartedAttempt] = [:], judged: [ReplayedStep] = []
        for event in events.dropFirst() {
            try Task.checkCancellation()
            try state.apply(event, definitions: definitions)
            guard let path = event.body["step"]?.string, wanted.map({ path == $0 || path.hasPrefix($0 + "[") || path.hasPrefix($0 + ".") }) ?? true else { continue }
            switch event.kind {
            case RunEvent.stepStarted:
                guard let definition = state.definition(of: path), let input = state.input(for: path) else { continue }
                attempts[path] = StartedAttempt(path: path, attempt: event.body["attempt"]?.int ?? 1, step: definition, kind: definition.kind, input: input, isUndo: false, runPriority: state.definition.priority)
            case RunEvent.stepDone:
                guard let attempt = attempts.removeValue(forKey: path), event.body["event"] == nil, let output = event.body["output"]?.object else { continue }
                let result = ReplayedStep(step: path, kind: attempt.kind, verdict: try await verdict(on: attempt, output: output, fingerprint: event.body["usage"]?["fingerprint"]?.string, runID: runID))
                judged.append(result)
                each?(result)
            default: continue
            }
        }
        guard wanted == nil || !judged.isEmpty else { throw Fault(.workflowUnknown, "no step \(wanted ?? "") of run \(runID) has ended", remedy: "see `banyan workflow show \(runID)`") }
        return judged
    }

    private func verdict(on attempt: StartedAttempt, output expected: [String: JSONValue], fingerprint: String?, runID: String) async throws -> ReplayedStep.Verdict {
        guard let kind = kinds[attempt.kind], kind.isRepeatable else { return .notRepeatable }
        do {
            guard case .done(let output, _, _, let usage) = try await execute(attempt, runID: runID) else { return .notRepeatable }
            var different = Set(output.keys).union(expected.keys).filter { output[$0] ?? .null != expected[$0] ?? .null }.sorted()
            if let fingerprint, let again = usage?.fingerprint, again != fingerprint { different.append("tokens of the answer") }
            return different.isEmpty ? .same : .different(different)
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            return .failed((error as? Fault)?.description ?? "the step failed with \(type(of: error))")
        }
    }
}
