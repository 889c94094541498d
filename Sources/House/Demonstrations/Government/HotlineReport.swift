import Core

/// What a round of the hotline achieved. Everything but latency, memory and resumed steps is the same in every repetition.
public struct HotlineReport: Sendable, Codable, Equatable {
    /// Precision and recall of one kind of finding.
    public struct Detection: Sendable, Codable, Equatable {
        public var truePositives = 0
        public var falsePositives = 0
        public var falseNegatives = 0
        /// 1 when nothing was found, as nothing found is wrong then.
        public var precision: Double { truePositives + falsePositives == 0 ? 1 : Double(truePositives) / Double(truePositives + falsePositives) }
        public var recall: Double { truePositives + falseNegatives == 0 ? 1 : Double(truePositives) / Double(truePositives + falseNegatives) }
        /// The harmonic mean of precision and recall.
        public var f1: Double {
            let denominator = 2 * truePositives + falsePositives + falseNegatives
            return denominator == 0 ? 1 : Double(2 * truePositives) / Double(denominator)
        }

        mutating func add(_ other: Detection) {
            truePositives += other.truePositives
            falsePositives += other.falsePositives
            falseNegatives += other.falseNegatives
        }
    }

    /// A share with its counts, so that a reader can judge it.
    public struct Share: Sendable, Codable, Equatable {
        public var right = 0
        public var of = 0

        public init(right: Int = 0, of: Int = 0) {
            self.right = right
            self.of = of
        }

        /// 0 when there is nothing to share.
        public var value: Double { of == 0 ? 0 : Double(right) / Double(of) }

        mutating func count(_ isRight: Bool) {
            of += 1
            if isRight { right += 1 }
        }
    }

    /// Milliseconds from the start of a request's first step to the end of its last, without the time that people took.
    public struct Latency: Sendable, Codable, Equatable {
        public var p50 = 0.0
        public var p95 = 0.0
        public var count = 0
    }

    public var round = 0
    public var requests = 0
    /// Requests whose run completed, or waits for a person.
    public var handled = 0
    public var closed = 0
    public var failed = 0
    public var routing = Share()
    public var urgency = Share()
    /// By type id. Text requests count exact offsets; images count equal values, as OCR moves offsets.
    public var detection: [String: Detection] = [:]
    public var detectionTotal = Detection()
    /// By standard, then level: how many requests.
    public var grades: [String: [String: Int]] = [:]
    /// Requests with a gold document among the first three documents retrieved.
    public var hitAt3 = Share()
    public var repliesWithCitations = 0
    /// By drafter, `extractive` for sentences of the documents: how many replies.
    public var repliesByDrafter: [String: Int] = [:]
    public var humanTasks = 0
    public var humanTasksOpen = 0
    public var textLatency = Latency()
    public var imageLatency = Latency()
    public var peakResidentMegabytes = 0.0
    /// Steps of the round that took effect.
    public var stepsRun = 0
    /// Attempts that were cut short and taken up again.
    public var stepsResumed = 0
    /// Steps whose effect was committed more than once. Anything but 0 is a defect.
    public var effectsRepeated = 0
    public var knowledgeDocuments = 0
    /// Rows that the round added to the audit log.
    public var auditRows = 0

    public init() {}

    /// The report as JSON for `--json`; shares carry their value beside the counts.
    public var json: JSONValue {
        [
            "round": .int(round), "requests": .int(requests), "handled": .int(handled), "closed": .int(closed), "failed": .int(failed),
            "routing_accuracy": share(routing), "urgency_accuracy": share(urgency), "hit_at_3": share(hitAt3),
            "detection": .object(detection.mapValues(score).merging(["total": score(detectionTotal)]) { $1 }),
            "grades": .object(grades.mapValues { .object($0.mapValues { .int($0) }) }),
            "replies_with_citations": .int(repliesWithCitations), "replies_by_drafter": .object(repliesByDrafter.mapValues { .int($0) }), "human_tasks": .int(humanTasks), "human_tasks_open": .int(humanTasksOpen),
            "latency_ms": ["text": latency(textLatency), "image": latency(imageLatency)],
            "peak_rss_mb": .double(peakResidentMegabytes.rounded(places: 1)), "steps_run": .int(stepsRun), "steps_resumed": .int(stepsResumed),
            "effects_repeated": .int(effectsRepeated), "knowledge_documents": .int(knowledgeDocuments), "audit_rows": .int(auditRows),
        ]
    }

    private func share(_ share: Share) -> JSONValue {
        ["value": .double(share.value.rounded(places: 4)), "right": .int(share.right), "of": .int(share.of)]
    }

    private func score(_ score: Detection) -> JSONValue {
        [
            "precision": .double(score.precision.rounded(places: 4)), "recall": .double(score.recall.rounded(places: 4)),
            "f1": .double(score.f1.rounded(places: 4)), "tp": .int(score.truePositives), "fp": .int(score.falsePositives),
            "fn": .int(score.falseNegatives),
        ]
    }

    private func latency(_ latency: Latency) -> JSONValue {
        ["p50": .double(latency.p50.rounded(places: 1)), "p95": .double(latency.p95.rounded(places: 1)), "count": .int(latency.count)]
    }
}

extension Double {
    /// Rounded to `places` decimals.
    func rounded(places: Int) -> Double {
        let scale = (0..<places).reduce(1.0) { power, _ in power * 10 }
        return (self * scale).rounded() / scale
    }
}
