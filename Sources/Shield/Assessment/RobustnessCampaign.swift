import Core
import Scanning

/// Says what a text is: a classifier, a tagger, a step.
public protocol Labeler: Sendable {
    func label(of text: String) async throws -> String
}

/// A text, and what it is.
public struct LabeledSample: Sendable, Hashable {
    public let text: String
    public let label: String

    public init(_ text: String, _ label: String) { (self.text, self.label) = (text, label) }
}

/// Changes texts and looks whether a labeler still says the same.
///
/// ```swift
/// let report = try await RobustnessCampaign(labeler, meter: QueryMeter(budget: 1_000), seed: 1).run(samples)
/// ```
public struct RobustnessCampaign: Sendable {
    /// What was found. Samples are named by their number.
    public struct Report: Sendable {
        /// Samples that were looked at with every perturbation; fewer than were given when the budget was used up.
        public var sampleCount = 0
        /// Right as they are, and right however they were changed: shares of the samples.
        public var accuracy = 0.0, robustAccuracy = 0.0
        /// Right as they are and wrong in some variant, of those that are right as they are.
        public var success = Rate(hits: 0, trials: 0, most: 1)
        /// The same for each perturbation, of the samples that it can change.
        public var byPerturbation: [String: Rate] = [:]
        public var queryCount = 0
        public var isCut = false
        /// Variants that succeeded, those with the fewest changed characters first.
        public var worst: [Example] = []

        /// The accuracy when every text may be changed by one perturbation: a sample counts that is right as it is and in every variant of it.
        public func accuracy(under perturbation: String) -> Double { Double(success.trials - (byPerturbation[perturbation]?.hits ?? 0)) / Double(max(1, sampleCount)) }
    }

    /// A variant that succeeded, without its text.
    public struct Example: Sendable, Hashable {
        public let sample: Int
        public let perturbation: String
        /// Characters of the sample, and places that differ.
        public let length: Int
        public let changed: Int
        public let expected: String
        public let given: String
    }

    private let labeler: any Labeler
    private let meter: QueryMeter
    private let perturbations: [any Perturbation]
    private let attempts: Int
    private let seed: UInt64
    static let exampleCountMax = 20, sampleCountMax = 50_000
    /// Of the places that can be changed, in the attempts one after another.
    private static let shares = [0.1, 0.3, 1.0]
    public static let attemptCountMax = 30

    /// - Parameter attempts: variants of a sample by each perturbation, at most. The default is 3.
    /// - Throws: `assessment.campaign`.
    public init(_ labeler: any Labeler, meter: QueryMeter, perturbations: [any Perturbation] = Perturbations.all, attempts: Int = 3, seed: UInt64) throws {
        guard (1...Self.attemptCountMax).contains(attempts), !perturbations.isEmpty else { throw Fault(.campaign, "attempts are 1 to \(Self.attemptCountMax), of at least one perturbation", remedy: "choose others") }
        (self.labeler, self.meter, self.perturbations, self.attempts, self.seed) = (labeler, meter, perturbations, attempts, seed)
    }

    /// What one sample came to.
    private struct Outcome {
        var isRight = false
        /// Whether each perturbation succeeded; those that cannot change the sample are missing.
        var successes: [String: Bool] = [:]
        var examples: [Example] = []
    }

    /// - Throws: `assessment.campaign` for no samples or too many; what the labeler throws. Cancelling ends it between two questions.
    public func run(_ samples: [LabeledSample]) async throws -> Report {
        guard !samples.isEmpty, samples.count <= Self.sampleCountMax else { throw Fault(.campaign, "a campaign needs 1 to \(Self.sampleCountMax) samples", remedy: "give some") }
        let before = meter.used
        var (outcomes, report) = ([Outcome](), Report())
        do {
            for (number, sample) in samples.enumerated() { outcomes.append(try await outcome(of: sample, number)) }
        } catch let fault as Fault where fault.code == .queryBudget {
            // A sample that was not finished counts for nothing.
            report.isCut = true
        }
        report.queryCount = meter.used - before
        report.sampleCount = outcomes.count
        let right = outcomes.filter(\.isRight)
        let held = right.count { !$0.successes.values.contains(true) }
        report.accuracy = Double(right.count) / Double(max(1, outcomes.count))
        report.robustAccuracy = Double(held) / Double(max(1, outcomes.count))
        report.success = Self.rate(right.count - held, right.count)
        for perturbation in perturbations {
            let tried = right.compactMap { $0.successes[perturbation.id] }
            report.byPerturbation[perturbation.id] = Self.rate(tried.count { $0 }, tried.count)
        }
        report.worst = Array(outcomes.flatMap(\.examples).sorted { ($0.changed, $0.sample, $0.perturbation) < ($1.changed, $1.sample, $1.perturbation) }.prefix(Self.exampleCountMax))
        return report
    }

    private func outcome(of sample: LabeledSample, _ number: Int) async throws -> Outcome {
        var outcome = Outcome()
        outcome.isRight = try await ask(sample.text) == sample.label
        guard outcome.isRight else { return outcome }
        for (place, perturbation) in perturbations.enumerated() {
            var random = SeededRandom(seed: seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(place) &* 0xBF58_476D_1CE4_E5B9)
            for attempt in 0..<attempts {
                guard let variant = perturbation.variant(of: sample.text, share: Self.shares[attempt % Self.shares.count], using: &random) else { break }
                let given = try await ask(variant)
                outcome.successes[perturbation.id] = given != sample.label
                guard given != sample.label else { continue }
                let changed = zip(Array(sample.text), Array(variant)).count { $0 != $1 } + abs(sample.text.count - variant.count)
                outcome.examples.append(.init(sample: number, perturbation: perturbation.id, length: sample.text.count, changed: changed, expected: sample.label, given: given))
                break
            }
        }
        return outcome
    }

    private func ask(_ text: String) async throws -> String {
        try Task.checkCancellation()
        try meter.spend()
        return try await labeler.label(of: text)
    }

    static func rate(_ hits: Int, _ trials: Int) -> Rate { Rate(hits: hits, trials: trials, most: BinomialBound.upper(hits: hits, trials: trials, confidence: 0.95)) }
}
