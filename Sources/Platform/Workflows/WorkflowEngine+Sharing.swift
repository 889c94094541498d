import Core
import Store
import Synchronization

// Several processes over one store: a run is carried on by whoever has claimed it. Claims save work that two would do; that nothing happens twice is the journal's business, with them as without.
extension WorkflowEngine {
    /// What became of a run that ``work(atOnce:report:)`` took up: where it stands now, or why nobody knows.
    public struct WorkReport: Sendable {
        public let runID: String
        /// Nil when the store, or the run's journal, was in trouble; the run is tried again.
        public let status: RunStatus?
        public let trouble: String?
    }

    /// Carries on what is in line, until cancelled: the heart of `banyan worker`. What is at work then is given back: others take it up at its next step.
    ///
    /// It looks when it is told of new work, when a run ends, and once a second. A server that is gone is looked for again. It does nothing in a store that no other process shares.
    /// - Parameters:
    ///   - limit: Runs at once.
    ///   - report: Called when a run that was taken up ends, waits or sleeps.
    public func work(atOnce limit: Int = tendedCountMax, report: @escaping @Sendable (WorkReport) -> Void = { _ in }) async {
        guard let line = store.line else { return }
        let (bell, ring) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let desk = WorkDesk()
        await withDiscardingTaskGroup { group in
            group.addTask {
                while !Task.isCancelled {
                    do { for runID in try await line.told(seconds: 1) { self.ask(runID); desk.welcome(runID) } } catch { try? await Task.sleep(for: .seconds(1)) }
                    ring.yield()
                }
            }
            for await _ in bell {
                if Task.isCancelled { break }
                let room = limit - desk.count, now = clock.now
                guard room > 0, let taken = try? await line.claim(due: now, limit: room, except: desk.unwelcome(at: now)) else { continue }
                for runID in taken {
                    desk.enter()
                    group.addTask { [self] in
                        let ended = await workOn(runID, at: desk)
                        desk.leave()
                        ring.yield()
                        report(ended)
                    }
                }
            }
            group.cancelAll()
        }
    }

    private func workOn(_ runID: String, at desk: WorkDesk) async -> WorkReport {
        do {
            let status = try await advance(runID, lastWritten: nil, isClaimed: true)
            // It can move and did not: its steps are of other engines' kinds, or another process has it after all.
            if status == .running { desk.refuse(runID, until: clock.now + 10) }
            return WorkReport(runID: runID, status: status, trouble: nil)
        } catch {
            desk.refuse(runID, until: clock.now + 1)
            return WorkReport(runID: runID, status: nil, trouble: (error as? Fault)?.message ?? "\(type(of: error))")
        }
    }

    /// Carries a run on until it ends, waits or sleeps; while another process does, it waits for that one.
    public func carry(_ runID: String) async throws -> RunStatus {
        while true {
            let status = try await advance(runID)
            guard status == .running, let line = store.line else { return status }
            // Nobody has it: either it has just been left, or its steps are of other engines' kinds.
            if try await line.claim(runID) { return try await advance(runID, lastWritten: nil, isClaimed: true) }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Runs `body` while this process has the claim on a run, which it keeps renewing.
    /// - Returns: nil when somebody else has it.
    func claiming(_ runID: String, isClaimed: Bool, _ body: @escaping @Sendable () async throws -> RunStatus) async throws -> RunStatus? {
        guard let line = store.line else { return try await body() }
        if !isClaimed { guard try await line.claim(runID) else { return nil } }
        do {
            let status = try await withThrowingTaskGroup(of: RunStatus?.self) { group in
                defer { group.cancelAll() }
                group.addTask { try await body() }
                group.addTask {
                    // Refused for longer than a lease, it is somebody else's for certain: an own claim of before a lost connection is over by then.
                    var refused: ContinuousClock.Instant?
                    while (try? await Task.sleep(for: .seconds(line.leaseSeconds / 3))) != nil {
                        guard (try? await line.claim(runID)) == false else {
                            refused = nil
                            continue
                        }
                        if let since = refused, since.duration(to: .now) > .seconds(line.leaseSeconds) { return nil }
                        refused = refused ?? .now
                    }
                    return nil
                }
                return try await group.next() ?? nil
            }
            // A claim that cannot be given back ends by itself.
            try? await line.release(runID)
            if status == nil { try Task.checkCancellation() }
            return status
        } catch {
            try? await line.release(runID)
            throw error
        }
    }

    /// Whether steps of a kind can run here. Where others share the runs, what was not allowed here is left to them.
    func carriesOut(_ kind: String?) -> Bool { kind.flatMap { kinds[$0] }.map { store.line == nil || $0.refusal == nil } ?? false }

    /// When a run stands in line: now if it can move, at its time if it sleeps, not at all if it waits for somebody or has ended.
    func due(_ summary: RunSummary, nextTime: Double?) -> Double? {
        switch summary.status {
        case .running: summary.startedAt
        case .sleeping, .waiting: nextTime
        case .paused, .completed, .failed, .cancelled: nil
        }
    }
}

/// How many runs a process works on, and which it would take up in vain.
private final class WorkDesk: Sendable {
    /// Runs that are remembered; with more, all are tried again.
    static let refusedCountMax = 10_000

    private struct State {
        var count = 0
        var refused: [String: Double] = [:]
    }
    private let state = Mutex(State())

    var count: Int { state.withLock { $0.count } }
    func enter() { state.withLock { $0.count += 1 } }
    func leave() { state.withLock { $0.count -= 1 } }

    func refuse(_ runID: String, until time: Double) {
        state.withLock { state in
            if state.refused.count >= Self.refusedCountMax { state.refused = [:] }
            state.refused[runID] = time
        }
    }

    /// Something happened to it: another look is worth it.
    func welcome(_ runID: String) { state.withLock { $0.refused[runID] = nil } }

    func unwelcome(at now: Double) -> [String] {
        state.withLock { state in
            state.refused = state.refused.filter { $0.value > now }
            return Array(state.refused.keys)
        }
    }
}
