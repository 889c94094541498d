import Core
import Store
import Synchronization

/// The signs of life of one attempt: in memory, but for the checkpoints that it asks to keep.
final class AttemptLife: Sendable {
    private struct State {
        var lastBeat = ContinuousClock.now
        var lastKept: ContinuousClock.Instant?
    }
    let runID: String
    let step: String
    private let kind: String
    let attempt: Int
    private let engine: WorkflowEngine
    private let state = Mutex(State())

    init(runID: String, step: String, kind: String, attempt: Int, engine: WorkflowEngine) {
        (self.runID, self.step, self.kind, self.attempt, self.engine) = (runID, step, kind, attempt, engine)
        engine.board.set(StepSign(step: step, kind: kind, attempt: attempt, startedAt: engine.clock.now), of: runID)
    }

    /// How long it has been silent.
    var silence: Duration { state.withLock { $0.lastBeat.duration(to: .now) } }

    func beat() { state.withLock { $0.lastBeat = .now } }

    func tell(done: Int?, total: Int?, note: String) {
        beat()
        engine.board.update(runID, step, attempt) { sign in
            (sign.done, sign.total, sign.at) = (done ?? sign.done, total ?? sign.total, engine.clock.now)
            if !note.isEmpty { sign.note = note }
        }
    }

    /// Keeps a value for the next attempt, if the last one is old enough.
    func keep(_ checkpoint: JSONValue) async throws -> Bool {
        beat()
        let text = checkpoint.text
        guard text.utf8.count <= StepContext.checkpointByteCountMax else {
            throw Fault(.workflowCheckpoint, "step \(step): a checkpoint of \(text.utf8.count) bytes; at most \(StepContext.checkpointByteCountMax) are kept", remedy: "keep a place to go on from, not the work")
        }
        let isDue = state.withLock { state in
            if let last = state.lastKept, last.duration(to: .now) < .seconds(engine.checkpointSeconds) { return false }
            state.lastKept = .now
            return true
        }
        guard isDue else { return false }
        return try await engine.keep(checkpoint, of: step, attempt: attempt, runID: runID)
    }

    func end() { engine.board.remove(runID, step, attempt) }
}

/// Where an attempt at work says that it is. What it says is written in its kind's source, not taken from values.
public struct StepSign: Sendable, Hashable {
    /// The step's path.
    public let step: String
    public let kind: String
    public let attempt: Int
    public let startedAt: Double
    public var done: Int?
    public var total: Int?
    public var note = ""
    /// When it last said something, seconds since 1970; nil before.
    public var at: Double?

    init(step: String, kind: String, attempt: Int, startedAt: Double) { (self.step, self.kind, self.attempt, self.startedAt) = (step, kind, attempt, startedAt) }

    /// 0 to 1, if it has said how much there is.
    public var fraction: Double? { done.flatMap { done in total.map { $0 > 0 ? min(1, max(0, Double(done) / Double($0))) : 1 } } }
}

/// What attempts of this engine say while they work: one entry an attempt at work, so it is as bounded as those are.
final class LifeBoard: Sendable {
    private let signs = Mutex<[String: [String: StepSign]]>([:])

    func set(_ sign: StepSign, of run: String) { signs.withLock { $0[run, default: [:]][sign.step] = sign } }

    func update(_ run: String, _ step: String, _ attempt: Int, _ body: (inout StepSign) -> Void) {
        signs.withLock { signs in
            guard var sign = signs[run]?[step], sign.attempt == attempt else { return }
            body(&sign)
            signs[run]?[step] = sign
        }
    }

    func remove(_ run: String, _ step: String, _ attempt: Int) {
        signs.withLock { signs in
            // A later attempt of the step may have taken its place.
            guard signs[run]?[step]?.attempt == attempt else { return }
            signs[run]?[step] = nil
            if signs[run]?.isEmpty == true { signs[run] = nil }
        }
    }

    func signs(of run: String) -> [StepSign] { signs.withLock { $0[run]?.values.sorted { $0.step < $1.step } ?? [] } }

    /// Attempts at work by kind.
    var counts: [String: Int] { signs.withLock { signs in signs.values.reduce(into: [:]) { counts, run in for sign in run.values { counts[sign.kind, default: 0] += 1 } } } }
}

extension StepContext {
    /// Bytes of a checkpoint's JSON.
    public static let checkpointByteCountMax = 64 << 10

    /// Says that the attempt lives. A step with `heartbeat: 30` whose attempt says nothing for 30 seconds is ended as by a timeout.
    public func heartbeat() { life?.beat() }

    /// Says how far the attempt is; a sign of life too. People see it while it works; nothing of it is kept.
    /// - Parameter note: what is counted. It is fixed text of the source, so it can tell nothing of the data.
    public func progress(_ done: Int, of total: Int? = nil, _ note: StaticString = "") { life?.tell(done: done, total: total, note: note.description) }

    /// Keeps a place to go on from: the next attempt finds it in ``checkpoint``, after a crash too. It is as grave as the step's input and is shown to nobody; it is forgotten when the step or the run ends.
    ///
    /// At most one every ten seconds is kept, others are let go, so it may be called for every item.
    /// - Returns: whether it was kept.
    /// - Throws: `workflows.checkpoint` for more than 64 KiB.
    @discardableResult
    public func keep(_ checkpoint: JSONValue) async throws -> Bool { try await life?.keep(checkpoint) ?? false }
}

/// A checkpoint as it lies in the store.
struct KeptCheckpoint: Codable, Sendable {
    let attempt: Int
    let value: String
}

extension WorkflowEngine {
    private var checkpoints: RecordCollection<KeptCheckpoint> { RecordCollection(Self.checkpointName) }

    /// Idempotency keys of the steps that have kept a checkpoint: those at work and those that will be taken up. What a kind keeps outside of the store for any other step is of use to nobody.
    /// - Returns: nil when there are more than 100,000.
    public static func stepsWithCheckpoint(in transaction: Transaction) throws -> Set<String>? {
        let keys = try transaction.list(RecordCollection<KeptCheckpoint>(checkpointName), limit: checkpointCountMax + 1).map(\.key)
        guard keys.count <= checkpointCountMax else { return nil }
        // A step's path has no bar; a run's id may.
        return Set(keys.compactMap { key in key.lastIndex(of: "|").map { "\(key[..<$0])/\(key[key.index(after: $0)...])" } })
    }

    private static let (checkpointName, checkpointCountMax) = ("step-checkpoints", 100_000)

    /// What attempts at work say: in memory of this engine.
    public func signs(of runID: String) -> [StepSign] { board.signs(of: runID) }

    /// A record beside the journal, not an event in it: the newest replaces the one before, and nothing of the run's state follows from it.
    func keep(_ checkpoint: JSONValue, of step: String, attempt: Int, runID: String) async throws -> Bool {
        let (checkpoints, kept) = (checkpoints, KeptCheckpoint(attempt: attempt, value: checkpoint.text))
        return try await store.write { transaction in
            // An attempt that was given up and still works may not overwrite what a later one keeps.
            if let known = try transaction.get("\(runID)|\(step)", in: checkpoints), known.attempt > attempt { return false }
            try transaction.put(kept, as: "\(runID)|\(step)", sort: runID + "|", in: checkpoints)
            return true
        }
    }

    func checkpoint(of step: String, runID: String) async throws -> JSONValue? {
        let checkpoints = checkpoints
        return try await store.read { try $0.get("\(runID)|\(step)", in: checkpoints) }.map { try JSONValue(parsing: $0.value) }
    }

    func forgetCheckpoint(of step: String, runID: String, in transaction: Transaction) throws { try transaction.remove("\(runID)|\(step)", in: checkpoints) }

    func forgetCheckpoints(ofRun runID: String, in transaction: Transaction) throws {
        for (key, _) in try transaction.list(checkpoints, sortPrefix: runID + "|", limit: 10_000) { try transaction.remove(key, in: checkpoints) }
    }
}

extension Fault.Code {
    /// A checkpoint is larger than one may be.
    public static let workflowCheckpoint = Fault.Code("workflows.checkpoint", .input)
}
