import Core

/// Ends an attempt that takes too long, or that has given no sign of life for too long.
/// An attempt that does not heed cancellation is left behind (``Deadline``); its effect, being part of what it returns, is never taken.
struct AttemptWatch {
    /// Seconds that an attempt has to end after it was cancelled.
    static let usualGrace = 5.0

    let step: String
    let timeout: Double?
    let heartbeat: Double?
    let life: AttemptLife
    var grace = AttemptWatch.usualGrace

    func watching(_ body: @escaping @Sendable () async throws -> StepOutcome) async throws -> StepOutcome {
        guard timeout != nil || heartbeat != nil else { return try await body() }
        let began = ContinuousClock.now
        return try await Deadline.watching(grace: grace, lateness: { await late(since: began) }, body)
    }

    /// Waits until the attempt is late; nil when it ended before.
    private func late(since began: ContinuousClock.Instant) async -> Fault? {
        while !Task.isCancelled {
            switch judge(worked: began.duration(to: .now), silence: life.silence) {
            case .failure(let fault): return fault
            case .success(let rest): try? await Task.sleep(for: max(.milliseconds(1), rest))
            }
        }
        return nil
    }

    /// How long an attempt may go on before it is looked at again, or what it has failed with.
    func judge(worked: Duration, silence: Duration) -> Swift.Result<Duration, Fault> {
        let left = timeout.map { Duration.seconds($0) - worked }, quiet = heartbeat.map { Duration.seconds($0) - silence }
        if let left, left <= .zero, let timeout {
            return .failure(Fault(.workflowTimeout, "step \(step) took longer than \(timeout) seconds", remedy: "give it a longer timeout, or attempts with retry"))
        }
        if let quiet, quiet <= .zero, let heartbeat {
            return .failure(Fault(.workflowHeartbeat, "step \(step) gave no sign of life for \(heartbeat) seconds", remedy: "give it a longer heartbeat, or attempts with retry"))
        }
        return .success([left, quiet].compactMap { $0 }.min() ?? .seconds(1))
    }
}

extension WorkflowChecker {
    /// A kind that gives no signs of life would be ended whenever it takes longer.
    func heartbeats(in definition: WorkflowDefinition) -> [Diagnostic] {
        everyWorkflow(of: definition).flatMap { allSteps($0.steps) }.compactMap { step in
            guard let seconds = step.heartbeat else { return nil }
            guard step.nested == nil, step.kind != RunState.transform else { return Self.error("heartbeat", "a step of kind \(step.kind) does no work of its own; its inner steps may have a heartbeat", step.id) }
            guard kinds[step.kind]?.beats == false else { return nil }
            return Self.error("heartbeat", "steps of kind \(step.kind) give no signs of life: heartbeat would end every attempt after \(seconds) seconds; use timeout", step.id)
        }
    }
}

extension Fault.Code {
    /// A step gave no sign of life for as long as its heartbeat says.
    public static let workflowHeartbeat = Fault.Code("workflows.heartbeat", .io)
}
