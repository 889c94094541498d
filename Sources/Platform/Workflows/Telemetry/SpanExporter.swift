import Core
import Labels
import Store
import Synchronization

/// Sends the spans of runs to a collector of OpenTelemetry, as they end.
///
/// How far each run was sent is a record of the store, written after the collector has taken a batch: after a crash nothing is lost, at most one batch is sent twice, and its spans have the ids that they had. It reads the
/// journal and writes those records; the engine never waits for it, and while the collector is away all that piles up is a set of names.
public final class SpanExporter: Sendable {
    /// Where and what.
    public struct Settings: Sendable {
        /// The whole address, `/v1/traces` included.
        public var address: HTTPAddress
        /// Sent with every request: keys of the collector, say.
        public var headers: [(name: String, value: String)] = []
        /// `service.name` and the like.
        public var resource: [String: JSONValue] = ["service.name": "banyan"]
        public var version = "0"
        /// Spans of one request.
        public var batchCountMax = 512
        /// Seconds of reading above which a run that still moves is left alone for twenty times as long.
        public var patience = 0.05

        public init(address: HTTPAddress) { self.address = address }
    }

    /// What became of spans.
    public struct Statistics: Sendable, Hashable {
        public var sent = 0
        /// By a collector that said so; they are not sent again.
        public var refused = 0
        /// Requests that failed and are tried again.
        public var failures = 0
    }

    /// How far a run was sent.
    private struct Cursor: Codable, Sendable, Hashable {
        /// Of spans that ended by events up to this one all were sent.
        var sequence = 0
        /// And of those that ended by the next so many.
        var offset = 0
        var isDone = false
    }
    /// Seconds between two tries at most.
    static let pauseMax = 60.0
    /// Of its time at most a twentieth goes into reading one run that moves all the time.
    static let share = 20.0

    private let store: Store
    private let engine: WorkflowEngine
    private let transport: any HTTPTransport
    private let settings: Settings
    private let clock: any WallClock
    private let cursors = RecordCollection<Cursor>("trace-cursors")
    private let since = RecordCollection<Double>("trace-since")
    private struct State {
        var waiting = Set<String>()
        /// Runs that were read a moment ago and are large.
        var notBefore: [String: Double] = [:]
        var statistics = Statistics()
        var failuresInLine = 0
        var isBusy = false
        /// Runs that had ended before are left alone; when more moved than are remembered by name, all others are looked at.
        var began = 0.0, isBehind = false
    }
    private let state = Mutex(State())

    public init(store: Store, engine: WorkflowEngine, transport: any HTTPTransport, settings: Settings, clock: any WallClock) {
        (self.store, self.engine, self.transport, self.settings, self.clock) = (store, engine, transport, settings, clock)
    }

    public var statistics: Statistics { state.withLock { $0.statistics } }
    /// Runs with spans to send.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Takes up what was not sent. Runs that had ended before there ever was an exporter over this store are left alone.
    public func open() async throws {
        engine.touches.watch()
        let (now, since) = (clock.now, since)
        let began = try await store.write { transaction -> Double in
            if let began = try transaction.get("began", in: since) { return began }
            try transaction.put(now, as: "began", in: since)
            return now
        }
        state.withLock { $0.began = began }
        try await lookAtAll(since: began)
    }

    private func lookAtAll(since began: Double) async throws {
        let (summaries, cursors, page) = (engine.summaries, cursors, 1_000)
        for offset in stride(from: 0, to: WorkflowEngine.resumeCountMax, by: page) {
            let (unsent, isLast) = try await store.read { transaction in
                let runs = try transaction.list(summaries, descending: true, limit: page, offset: offset).map(\.value)
                let unsent = try runs.filter { run in
                    let cursor = try transaction.get(run.id, in: cursors)
                    if cursor == nil, run.status.isFinal, (run.endedAt ?? run.startedAt) < began { return false }
                    return try cursor?.isDone != true && transaction.lastSequence(of: WorkflowEngine.stream(run.id)) > cursor?.sequence ?? 0
                }
                return (unsent.map(\.id), runs.count < page)
            }
            state.withLock { $0.waiting.formUnion(unsent) }
            if isLast { return }
        }
    }

    /// Sends what there is to send now.
    /// - Returns: whether all that had ended by then is sent; false when the collector did not take a batch, or more is left for later.
    @discardableResult
    public func exportOnce() async throws -> Bool {
        // Two at once would send the same.
        let isFree = state.withLock { state in
            defer { state.isBusy = true }
            return !state.isBusy
        }
        guard isFree else { return false }
        defer { state.withLock { $0.isBusy = false } }
        let (touched, isOver) = engine.touches.take()
        let (isBehind, began) = state.withLock { state in
            state.waiting.formUnion(touched)
            state.isBehind = state.isBehind || isOver
            return (state.isBehind, state.began)
        }
        if isBehind {
            try await lookAtAll(since: began)
            state.withLock { $0.isBehind = false }
        }
        let now = clock.now
        let due = state.withLock { state in
            state.notBefore = state.notBefore.filter { $0.value > now }
            return state.waiting.filter { state.notBefore[$0] == nil }.sorted()
        }
        let prices = try await ModelPrices.read(from: store)
        var (batch, moved) = ([(traceID: String, span: TraceSpan)](), [String: Cursor]())
        do {
            for run in due {
                // Whatever moves it from here on asks for another look.
                state.withLock { _ = $0.waiting.remove(run) }
                try Task.checkCancellation()
                let began = ContinuousClock.now
                guard let (trace, known) = try await trace(of: run, prices: prices) else { continue }
                let spent = began.duration(to: .now) / .seconds(1)
                if spent > settings.patience, !trace.hasEnded { state.withLock { $0.notBefore[run] = now + spent * Self.share } }
                var cursor = known
                for span in Self.unsent(trace.spans, after: known) {
                    if batch.count == settings.batchCountMax {
                        try await send(batch, moved)
                        (batch, moved) = ([], [:])
                    }
                    batch.append((trace.id, span))
                    let sequence = span.endedBy ?? 0
                    // The one before has been sent whole once a later one begins.
                    cursor = Cursor(sequence: sequence - 1, offset: cursor.sequence == sequence - 1 ? cursor.offset + 1 : 1)
                    moved[run] = cursor
                }
                cursor = Cursor(sequence: trace.lastSequence, offset: 0, isDone: trace.hasEnded)
                if cursor != known { moved[run] = cursor }
            }
            if !moved.isEmpty { try await send(batch, moved) }
        } catch {
            // Those that are looked at again and had gone out already have nothing unsent.
            let isCancelled = error is CancellationError
            state.withLock { state in
                state.waiting.formUnion(due)
                if !isCancelled { (state.statistics.failures, state.failuresInLine) = (state.statistics.failures + 1, state.failuresInLine + 1) }
            }
            if isCancelled { throw error }
            return false
        }
        return state.withLock { state in
            state.failuresInLine = 0
            return state.waiting.isEmpty
        }
    }

    /// A run's trace and how far it was sent; nil when nothing is new.
    private func trace(of run: String, prices: ModelPrices) async throws -> (RunTrace, Cursor)? {
        let (cursors, stream) = (cursors, WorkflowEngine.stream(run))
        let (cursor, events) = try await store.read { transaction -> (Cursor, [JournalEvent]) in
            let cursor = try transaction.get(run, in: cursors) ?? Cursor()
            guard !cursor.isDone, try transaction.lastSequence(of: stream) > cursor.sequence else { return (cursor, []) }
            return (cursor, try transaction.events(of: stream))
        }
        guard !events.isEmpty else { return nil }
        // A run that cannot be read (another Banyan's) must not hold up the others.
        guard let trace = try? RunTrace(runID: run, events: events, resources: engine.resourcesByKind, prices: prices, definitions: engine.definitions) else { return nil }
        return (trace, cursor)
    }

    /// Spans are in the order in which they ended, which only grows at its end.
    private static func unsent(_ spans: [TraceSpan], after cursor: Cursor) -> some Sequence<TraceSpan> {
        spans.lazy.filter { ($0.endedBy ?? 0) > cursor.sequence && $0.end != nil }.dropFirst(cursor.offset)
    }

    private func send(_ batch: [(traceID: String, span: TraceSpan)], _ moved: [String: Cursor]) async throws {
        if !batch.isEmpty {
            let body = OTLPEncoder(resource: settings.resource, version: settings.version).request(batch)
            var request = OutgoingRequest(method: "POST", address: settings.address, headers: [("Content-Type", "application/json")] + settings.headers, body: Array(body.text.utf8))
            request.limits.headSeconds = 10
            request.limits.idleSeconds = 10
            request.limits.bodyByteCountMax = 64 << 10
            // Whoever stops this waits for the request that is under way: a collector that has taken it need not get it again.
            let (transport, outgoing) = (transport, request)
            let answer = try await Task { try await transport.send(outgoing) }.value
            // Too busy, or not there at the moment: the same again later. Any other refusal would be the same the next time.
            guard ![408, 429, 502, 503, 504].contains(answer.status) else {
                throw Fault(.workflowExport, "the collector answered with status \(answer.status)", remedy: "it is tried again")
            }
            let isTaken = (200...299).contains(answer.status)
            let refused = isTaken ? Self.refused(try? await answer.body.collect(byteCountMax: 64 << 10)) : batch.count
            state.withLock { state in
                state.statistics.refused += min(refused, batch.count)
                state.statistics.sent += batch.count - min(refused, batch.count)
            }
        }
        let cursors = cursors
        try await store.write { transaction in for (run, cursor) in moved { try transaction.put(cursor, as: run, sort: cursor.isDone ? "done" : "open", in: cursors) } }
    }

    /// What a collector says that it did not keep.
    private static func refused(_ body: [UInt8]?) -> Int {
        guard let body, let json = try? JSONValue(parsing: String(decoding: body, as: UTF8.self)), let count = json["partialSuccess"]?["rejectedSpans"] else { return 0 }
        return max(0, count.int ?? count.string.flatMap { Int($0) } ?? 0)
    }

    /// Sends as runs move, until cancelled.
    /// - Parameter pause: seconds between two looks; more, up to a minute, while the collector is away.
    public func tend(pause: Double = 2) async {
        while !Task.isCancelled {
            _ = try? await exportOnce()
            let failures = state.withLock { $0.failuresInLine }
            var wait = pause
            for _ in 0..<min(failures, 16) { wait = min(Self.pauseMax, wait * 2) }
            try? await Task.sleep(for: .seconds(wait))
        }
    }

    /// Sends what is left before a process ends.
    /// - Parameter seconds: the most it may take. The next process sends what is left then.
    /// - Returns: whether all is sent.
    @discardableResult
    public func flush(seconds: Double) async -> Bool {
        let began = ContinuousClock.now
        while began.duration(to: .now) < .seconds(seconds), !Task.isCancelled {
            state.withLock { $0.notBefore = [:] }
            if (try? await exportOnce()) ?? false { return true }
            try? await Task.sleep(for: .seconds(0.5))
        }
        return false
    }
}
