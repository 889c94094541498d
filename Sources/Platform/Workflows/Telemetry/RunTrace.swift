import Core
import Labels
import Store

/// A run as a trace: spans for the run, its steps, the bodies of steps (items, rounds, cases, calls) and every attempt.
///
/// ```
/// run ─┬─ take-in ── attempt 1 ✗, attempt 2
///      └─ each ─┬─ each[0] ─ mask ── attempt 1
///               └─ each[1] ─ mask ── attempt 1
/// ```
/// It is a function of the run's events: whoever makes it again, after a crash or in another process, gets the same spans with the same ids, so a collector that is sent some twice can tell. Attributes say kinds, states,
/// grades, counts and names from the definition; values, labels' categories and messages of failures are in none.
public struct RunTrace: Sendable {
    public let id: String
    /// Those that have ended and those that have not, in the order in which they ended.
    public let spans: [TraceSpan]
    public let runID: String
    /// Whether the run has ended; then every span has.
    public let hasEnded: Bool
    /// The newest event it was made of.
    public let lastSequence: Int

    /// - Parameters:
    ///   - resources: by step kind; see ``StepKind/resource``.
    ///   - prices: what models' tokens cost.
    /// - Throws: as ``RunState/init(runID:events:)``.
    public init(runID: String, events: [JournalEvent], resources: [String: String] = [:], prices: ModelPrices = ModelPrices()) throws {
        try self.init(runID: runID, events: events, resources: resources, prices: prices, definitions: DefinitionCache())
    }

    init(runID: String, events: [JournalEvent], resources: [String: String], prices: ModelPrices, definitions: DefinitionCache) throws {
        let state = try RunState(runID: runID, events: events, definitions: definitions)
        let builder = SpanBuilder(state: state, events: events, attempts: AttemptReader(events).attempts, resources: resources, prices: prices)
        (id, self.runID, hasEnded, lastSequence) = (Self.traceID(of: runID), runID, state.ended != nil, state.lastSequence)
        spans = builder.spans.sorted { ($0.endedBy ?? .max, $0.start, $0.path, $0.attempt) < ($1.endedBy ?? .max, $1.start, $1.path, $1.attempt) }
    }

    /// 32 hexadecimal digits.
    static func traceID(of runID: String) -> String { hash("trace", [runID], byteCount: 16) }

    /// 16 hexadecimal digits.
    static func spanID(_ role: TraceSpan.Role, run: String, path: String, attempt: Int) -> String { hash(role.rawValue, [run, path, "\(attempt)"], byteCount: 8) }

    /// Ids of nothing but zeros mean no id.
    private static func hash(_ role: String, _ parts: [String], byteCount: Int) -> String {
        var bytes = Array(SHA256.digest(Array(([role] + parts).joined(separator: "\u{0}").utf8)).prefix(byteCount))
        if bytes.allSatisfy({ $0 == 0 }) { bytes[byteCount - 1] = 1 }
        return hexText(bytes)
    }
}

/// One span.
public struct TraceSpan: Sendable, Hashable {
    /// What it is of.
    public enum Role: String, Sendable { case run, step, body, attempt, undo }
    /// How what it is of ended.
    public enum Status: Sendable, Hashable { case unset, done, failed }
    /// Something that happened at a time within it.
    public struct Event: Sendable, Hashable {
        public let name: String
        public let at: Double
        public var attributes: [String: JSONValue] = [:]
    }

    public let id: String
    public let parent: String?
    public let role: Role
    public let name: String
    /// The step's path; empty for the run.
    public let path: String
    /// 0 but for attempts.
    public let attempt: Int
    /// Seconds since 1970.
    public let start: Double
    /// Nil while it goes on.
    public var end: Double?
    /// The event that ended it.
    public var endedBy: Int?
    public var status = Status.unset
    public var attributes: [String: JSONValue] = [:]
    public var events: [Event] = []
    /// Events that were too many.
    public var droppedEventCount = 0
    /// The run's root span of the trace it went on from.
    public var link: (traceID: String, spanID: String)? { linked.map { (RunTrace.traceID(of: $0), RunTrace.spanID(.run, run: $0, path: "", attempt: 0)) } }
    var linked: String?
}

/// Attempts as the journal tells of them.
struct AttemptReader {
    struct Attempt {
        let number: Int
        let start: Double
        let isUndo: Bool
        var end: (at: Double, sequence: Int)?
        /// done, failed, waits, cut-short (a crash), abandoned (the run failed or was cancelled).
        var result = ""
        /// What it waits for: a person, a time, an event.
        var wait: String?
        var failure: String?
        var usage: StepUsage?
    }
    private(set) var attempts: [String: [Attempt]] = [:]
    private var open = Set<String>()

    init(_ events: [JournalEvent]) { for event in events { read(event) } }

    private mutating func read(_ event: JournalEvent) {
        if [RunEvent.failing, RunEvent.failed, RunEvent.completed, RunEvent.cancelled].contains(event.kind) {
            // Nothing of what is still at work will be kept.
            for key in open { end(key, event, "abandoned") }
            return open = []
        }
        guard let path = event.body["step"]?.string else { return }
        let isUndo = event.kind.hasPrefix("undo-"), key = isUndo ? path + "/undo" : path
        switch event.kind {
        case RunEvent.stepStarted, RunEvent.undoStarted:
            end(key, event, isUndo ? "failed" : "cut-short")
            attempts[key, default: []].append(Attempt(number: event.body["attempt"]?.int ?? 1, start: event.at, isUndo: isUndo))
            open.insert(key)
        case RunEvent.stepDone: end(key, event, "done") { $0.usage = event.body["usage"].map { StepUsage(json: $0) } }
        case RunEvent.undoDone: end(key, event, "done")
        case RunEvent.stepTurned: end(key, event, "turned")
        case RunEvent.stepFailed: end(key, event, "failed") { $0.failure = event.body["code"]?.string }
        case RunEvent.undoFailed: end(key, event, "failed")
        case RunEvent.taskOpened: end(key, event, "waits") { $0.wait = "person" }
        case RunEvent.timerSet: end(key, event, "waits") { $0.wait = "time" }
        case RunEvent.eventAwaited: end(key, event, "waits") { $0.wait = "event" }
        default: break
        }
    }

    private mutating func end(_ key: String, _ event: JournalEvent, _ result: String, _ more: (inout Attempt) -> Void = { _ in }) {
        guard open.remove(key) != nil, var attempt = attempts[key]?.popLast() else { return }
        (attempt.end, attempt.result) = ((event.at, event.sequence), result)
        more(&attempt)
        attempts[key]?.append(attempt)
    }
}
