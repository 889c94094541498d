import Core

/// What a client asks to be learned.
public struct FineTuneSpec: Sendable, Codable, Hashable {
    /// How is learned.
    public enum Method: String, Sendable, Codable, CaseIterable { case supervised, dpo }

    /// The model to begin with.
    public var model: String
    /// Ids of files.
    public var trainingFile: String
    public var validationFile: String?
    /// Part of the new model's name.
    public var suffix: String?
    public var seed: Int
    public var method = Method.supervised
    /// Times that all examples are seen; nil leaves it to the tuner, as in what follows.
    public var epochs: Int?
    public var batch: Int?
    /// Of the tuner's own rate.
    public var rateMultiplier: Double?
    /// How near to the beginning a preferred answer must stay (Rafailov et al. 2023); `dpo` only.
    public var beta: Double?
    /// What the client wants to keep with the job.
    public var metadata: [String: String] = [:]

    public init(model: String, trainingFile: String, seed: Int) { (self.model, self.trainingFile, self.seed) = (model, trainingFile, seed) }
}

/// A job of fine-tuning: a value that takes events and says what it has become. Whatever happens, it moves only along these ways:
///
/// ```
/// validating_files -> queued -> running -> succeeded
///        |              |          |
///        +--------------+----------+----> failed, cancelled
/// ```
public struct FineTuneJob: Sendable, Codable, Hashable {
    /// OpenAI's names.
    public enum Status: String, Sendable, Codable, CaseIterable {
        case validatingFiles = "validating_files"
        case queued, running, succeeded, failed, cancelled

        /// Whether nothing can happen to the job any more.
        public var isFinal: Bool { self == .succeeded || self == .failed || self == .cancelled }
    }

    /// What happens to a job.
    public enum Event: Sendable, Hashable {
        case validated
        case started
        case succeeded(FineTuneOutcome)
        case failed(Failure)
        case cancelled
    }

    /// Why a job failed; without any text of its files.
    public struct Failure: Sendable, Codable, Hashable {
        public var code: String
        public var message: String
        /// The member of the request that is wrong, if one is.
        public var parameter: String?

        public init(code: String, message: String, parameter: String? = nil) { (self.code, self.message, self.parameter) = (code, message, parameter) }
    }

    /// `ftjob-…`
    public let id: String
    /// Rises with each job: the order in which they run.
    public let number: Int
    public let spec: FineTuneSpec
    public let createdAt: Double
    public private(set) var status = Status.validatingFiles
    public private(set) var startedAt: Double?
    public private(set) var finishedAt: Double?
    /// The new model's name.
    public private(set) var fineTunedModel: String?
    public private(set) var trainedTokens: Int?
    public private(set) var failure: Failure?
    /// Ids of files with what was measured.
    public internal(set) var resultFiles: [String] = []
    /// Entries of the job's log so far.
    public internal(set) var eventCount = 0
    public internal(set) var checkpointCount = 0

    init(id: String, number: Int, spec: FineTuneSpec, createdAt: Double) { (self.id, self.number, self.spec, self.createdAt) = (id, number, spec, createdAt) }

    /// A name for the new model that no other job has: `BASE:SUFFIX-` or `BASE:ft-`, and the end of the id.
    public var proposedName: String { "\(spec.model):\(spec.suffix ?? "ft")-\(id.suffix(6))" }

    /// Takes an event.
    ///
    /// - Returns: whether the job moved; an event that comes too late or too early changes nothing.
    @discardableResult
    public mutating func apply(_ event: Event, at now: Double) -> Bool {
        switch (status, event) {
        case (.validatingFiles, .validated): status = .queued
        case (.queued, .started): (status, startedAt) = (.running, now)
        case (.running, .succeeded(let outcome)):
            (status, finishedAt) = (.succeeded, now)
            (fineTunedModel, trainedTokens) = (outcome.model, outcome.trainedTokens)
        case (_, .failed(let why)) where !status.isFinal: (status, finishedAt, failure) = (.failed, now, why)
        case (_, .cancelled) where !status.isFinal: (status, finishedAt) = (.cancelled, now)
        default: return false
        }
        return true
    }
}

/// What a job made.
public struct FineTuneOutcome: Sendable, Codable, Hashable {
    /// The name under which the new model answers.
    public var model: String
    public var trainedTokens: Int

    public init(model: String, trainedTokens: Int) { (self.model, self.trainedTokens) = (model, trainedTokens) }
}

/// What was measured at a step.
public struct FineTuneMetrics: Sendable, Codable, Hashable {
    /// From 1.
    public var step: Int
    public var stepCount: Int
    public var trainingLoss: Double?
    /// The share of learned tokens that were the most probable ones.
    public var trainingAccuracy: Double?
    public var heldOutLoss: Double?
    public var heldOutAccuracy: Double?

    public init(step: Int, stepCount: Int) { (self.step, self.stepCount) = (step, stepCount) }
}

/// An entry of a job's log.
public struct FineTuneLogEntry: Sendable, Codable, Hashable {
    /// How much an entry matters, by OpenAI's names.
    public enum Level: String, Sendable, Codable { case info, warn, error }
    /// `ftevent-…`
    public var id: String
    /// From 1, without gaps in a job.
    public var number: Int
    public var at: Double
    public var level: Level
    public var message: String
    public var metrics: FineTuneMetrics?
}

/// A model as it was in the middle of a job.
public struct FineTuneCheckpoint: Sendable, Codable, Hashable {
    /// `ftckpt-…`
    public var id: String
    /// From 1, without gaps in a job.
    public var number: Int
    public var at: Double
    public var job: String
    /// The name under which it answers.
    public var model: String
    public var metrics: FineTuneMetrics
}
