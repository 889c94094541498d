/// Who does the training behind a ``FineTuneQueue``. Rooms above give one; the queue owns order, log, and what survives a restart.
public protocol FineTuner: Sendable {
    /// Checks data and model before a job waits for its turn.
    ///
    /// - Returns: what a person should know, such as counts and warnings; no text of the data.
    /// - Throws: a fault that says what is wrong; the job fails with it.
    func validate(_ job: FineTuneJob, files: FineTuneFiles) async throws -> [String]

    /// Trains. Called again for the same job after a restart: then it goes on with what it kept under the job's id.
    ///
    /// Ends early, with an error of any kind, once the task is cancelled, and returns only when nothing of it runs any more: the next job begins then. Work that takes long between two points of suspension belongs
    /// on a thread of its own.
    /// - Parameter report: told what happens; waits until it is on disk. Metrics of many steps may be thinned out by the caller.
    func train(_ job: FineTuneJob, files: FineTuneFiles, report: @escaping @Sendable (FineTuneReport) async throws -> Void) async throws -> FineTuneOutcome

    /// Removes what was kept for a job that is over without success.
    func discard(_ job: FineTuneJob) async
}

/// Where the files of a job are.
public struct FineTuneFiles: Sendable, Hashable {
    public var training: String
    public var validation: String?
}

/// What a tuner says on the way.
public enum FineTuneReport: Sendable, Hashable {
    case message(String)
    case warning(String)
    case metrics(FineTuneMetrics)
    /// A model that answers under a name already.
    case checkpoint(model: String, FineTuneMetrics)
}
