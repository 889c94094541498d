import Core
import Labels

/// What a run is doing.
public enum RunStatus: String, Sendable, Codable, CaseIterable {
    case running
    /// For a person.
    case waiting
    /// For a time.
    case sleeping
    /// By a person, until ``WorkflowEngine/unpause(_:)``.
    case paused
    case completed, failed, cancelled

    /// Whether nothing will happen any more.
    public var isFinal: Bool { self == .completed || self == .failed || self == .cancelled }
}

/// A run in one line. Written when its status changes, so `stepsDone` of a running run lags behind.
public struct RunSummary: Sendable, Codable, Hashable {
    public var id: String
    public var workflow: String
    public var status: RunStatus
    public var startedAt: Double
    public var endedAt: Double?
    public var stepsDone: Int
    public var label: Label
    /// Why it failed, if it did.
    public var failure: String?
    /// The run whose work it went on from, if any.
    public var forkedFrom: String?
}

/// One step of a run as it stands.
public struct StepRecord: Sendable, Codable, Hashable {
    /// The step's path; see ``RunState``.
    public var id: String
    public var kind: String
    /// pending, started, failed, waiting, sleeping, opened (its inner steps run), done, skipped, undone, undo-failed, or kept: done by the run that this one was forked from.
    public var status: String
    /// Start of the newest attempt.
    public var startedAt: Double
    public var endedAt: Double?
    public var attempts = 0
    public var label: Label?
    public var output: [String: JSONValue]?
    public var failure: String?
    /// What a model read and wrote for it.
    public var usage: StepUsage?
    /// The event that ended it, or that what ended it followed from.
    var endedBy: Int?

    public init(id: String, kind: String, status: String, startedAt: Double) {
        self.id = id
        self.kind = kind
        self.status = status
        self.startedAt = startedAt
    }
}

/// A run in full. Outputs carry labels in `steps`: show them by clearance.
public struct RunDetail: Sendable {
    public let summary: RunSummary
    public let definition: WorkflowDefinition
    public let input: Labeled<[String: JSONValue]>
    /// In the order of the definition; steps not yet reached are `pending`.
    public let steps: [StepRecord]
    public let outputs: [String: [String: JSONValue]]
    /// What the run gives; nil until its steps have ended.
    public let result: Labeled<[String: JSONValue]>?
    /// What models read and wrote for the run, by model.
    public let usages: [StepUsage]
    /// How many times each step stands where, by its shape: `each[].mask` for all items of the map `each`.
    public let tallies: [String: StepTally]
    /// The newest event of the run: what a page shows is what this says.
    public let lastSequence: Int
}

/// A run as a page shows it.
public struct RunView: Sendable {
    public let detail: RunDetail
    public let trace: RunTrace
    /// What steps took; of those inside steps that have ended the first 5,000. Show them by clearance.
    public let inputs: [String: Labeled<[String: JSONValue]>]
    /// What attempts at work say.
    public let signs: [StepSign]
}

/// Step attempts of some runs.
public struct StepCounts: Sendable, Codable, Hashable {
    public var started: Int
    /// Ended with their effect: the same number however often the work was cut short.
    public var done: Int
    public var failed: Int

    /// Attempts that a crash cut short, `waiting` being steps that wait for a person or a time now.
    public func cutShort(waiting: Int) -> Int { max(0, started - done - failed - waiting) }
}

/// Counts over all runs of a store.
public struct WorkflowStatistics: Sendable, Codable, Hashable {
    public var runs: [RunStatus: Int]
    /// Step attempts that were started.
    public var stepsRun: Int
    /// Step attempts that took up one cut short by a crash.
    public var stepsResumed: Int
}
