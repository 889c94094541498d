import Core
import Foundation
import Store

/// Jobs of fine-tuning: one trains at a time, in the order of their creation, and a restart goes on where the process ended.
public actor FineTuneQueue {
    /// What jobs may take.
    public struct Bounds: Sendable {
        /// Jobs that are not over.
        public var openCount = 32
        /// Jobs that are kept; the oldest that are over make room.
        public var jobCount = 1000
        /// Metrics of a job's log come in until it has as many entries, messages until it has twice as many.
        public var entryCount = 10_000
        /// Checkpoints of a job.
        public var checkpointCount = 100

        public init() {}
    }

    public nonisolated let files: FileShelf
    let store: Store
    let clock: any WallClock
    private let tuner: any FineTuner
    private let ids: IdentifierSource
    private let bounds: Bounds
    /// What is under way for a job: the tuner's work, which may be cancelled, and what follows it, which may not: a cancelled task can neither read nor write the store.
    private struct Turn {
        var job: String
        var cancel: @Sendable () -> Void
        var whole: Task<Void, Never>
    }
    private var validating: Turn?
    private var training: Turn?
    private var isStopped = false

    public init(files: FileShelf, tuner: any FineTuner, clock: any WallClock, ids: IdentifierSource, bounds: Bounds = Bounds()) {
        (self.files, store, self.tuner, self.clock, self.ids, self.bounds) = (files, files.store, tuner, clock, ids, bounds)
    }

    // MARK: - What clients ask for

    /// Takes a job; its files are validated first, then it waits for its turn.
    ///
    /// - Throws: `models.fine-tune-full`; `models.file-unknown` for a file that is not there or not for fine-tuning.
    public func create(_ spec: FineTuneSpec) async throws -> FineTuneJob {
        for id in [spec.trainingFile, spec.validationFile].compactMap({ $0 }) {
            guard try await files.file(id).purpose == .fineTune else { throw Fault(.fileUnknown, "the file \(id) is not for fine-tuning", remedy: "upload it with the purpose fine-tune") }
        }
        let (id, now, bounds, entry) = (ids.next("ftjob"), clock.now, bounds, entry(.info, "Created fine-tuning job"))
        let job = try await store.write { transaction in
            let all = try transaction.list(FineTuneRecords.jobs, limit: bounds.jobCount + 1).map(\.value)
            guard all.count(where: { !$0.status.isFinal }) < bounds.openCount else {
                throw Fault(.fineTuneFull, "\(bounds.openCount) jobs wait or run already", remedy: "wait until one is over, or cancel one")
            }
            for old in all.filter(\.status.isFinal).prefix(max(0, all.count - bounds.jobCount + 1)) { try FineTuneRecords.remove(old, transaction) }
            var job = FineTuneJob(id: id, number: (all.last?.number ?? 0) + 1, spec: spec, createdAt: now)
            try FineTuneRecords.log(&job, entry, transaction)
            return job
        }
        await advance()
        return job
    }

    /// Ends a job.
    ///
    /// - Throws: `models.fine-tune-unknown`; `models.fine-tune-over` when it is over already.
    public func cancel(_ id: String) async throws -> FineTuneJob {
        guard try await move(id, .cancelled, [entry(.info, "The job was cancelled")]) else {
            throw Fault(.fineTuneOver, "the job \(id) is \(try await job(id).status.rawValue)", remedy: "only jobs that wait or run can be cancelled")
        }
        let cancelled = try await job(id)
        if training?.job == id { training?.cancel() }
        if validating?.job == id { validating?.cancel() }
        // A job that trains is discarded when nothing of it runs any more.
        if training?.job != id { await tuner.discard(cancelled) }
        return cancelled
    }

    // MARK: - After a start, before an end

    /// Goes on with what the last process left. Call once, before the first job.
    public func resume() async throws {
        try await files.sweep()
        await advance()
    }

    /// Stops what is under way without ending jobs: the next start goes on with them. Returns when nothing runs any more.
    public func stop() async {
        isStopped = true
        let turns = [validating, training].compactMap { $0 }
        for turn in turns { turn.cancel() }
        for turn in turns { await turn.whole.value }
    }

    /// Waits until no job waits or runs; for tests and for programs that end after their jobs.
    public func drain() async {
        while let turn = training ?? validating { await turn.whole.value }
    }

    // MARK: - Turns

    /// A turn came for a job that has moved on: the list from which the job was taken was older than a turn of another task.
    private struct Late: Error {}

    /// Begins what can begin.
    private func advance() async {
        guard !isStopped, let open = try? await openJobs() else { return }
        if validating == nil, let next = open.first(where: { $0.status == .validatingFiles }) {
            let work = Task { try await self.validate(next.id) }
            validating = Turn(job: next.id, cancel: { work.cancel() }, whole: Task { await self.validated(next.id, await work.result) })
        }
        // A job that ran when the last process ended comes first: it is the oldest.
        if training == nil, let next = open.first(where: { $0.status == .queued || $0.status == .running }) {
            let work = Task { try await self.train(next.id) }
            training = Turn(job: next.id, cancel: { work.cancel() }, whole: Task { await self.trained(next.id, await work.result) })
        }
    }

    private func validate(_ id: String) async throws -> [String] {
        let job = try await job(id)
        guard job.status == .validatingFiles else { throw Late() }
        return try await tuner.validate(job, files: try await paths(job))
    }

    private func validated(_ id: String, _ result: Result<[String], any Error>) async {
        do {
            try await move(id, .validated, try result.get().map { entry(.info, $0) } + [entry(.info, "Files validated, moving job to queued state")])
        } catch {
            await fail(id, error, parameter: "training_file")
        }
        validating = nil
        await advance()
    }

    private func train(_ id: String) async throws -> FineTuneOutcome {
        try await move(id, .started, [entry(.info, "Fine-tuning job started")])
        let job = try await job(id)
        guard job.status == .running else { throw Late() }
        return try await tuner.train(job, files: try await paths(job)) { try await self.note($0, of: id) }
    }

    private func trained(_ id: String, _ result: Result<FineTuneOutcome, any Error>) async {
        do {
            try await finish(id, try result.get())
        } catch {
            await fail(id, error, parameter: nil)
        }
        if let over = try? await job(id), over.status == .failed || over.status == .cancelled { await tuner.discard(over) }
        training = nil
        await advance()
    }

    /// Ends a job that met an error, unless the process is stopping: then the job is to go on later.
    private func fail(_ id: String, _ error: any Error, parameter: String?) async {
        guard !isStopped, !(error is Late) else { return }
        let failure: FineTuneJob.Failure
        if let fault = error as? Fault {
            failure = .init(code: fault.code.name, message: fault.description, parameter: parameter)
        } else {
            failure = .init(code: "server_error", message: "an unexpected error of kind \(type(of: error))", parameter: nil)
        }
        _ = try? await move(id, .failed(failure), [entry(.error, "The job failed: \(failure.message)")])
    }

    private func paths(_ job: FineTuneJob) async throws -> FineTuneFiles {
        var paths = FineTuneFiles(training: files.path(of: try await files.file(job.spec.trainingFile)))
        if let id = job.spec.validationFile { paths.validation = files.path(of: try await files.file(id)) }
        return paths
    }

    // MARK: - Records

    private func entry(_ level: FineTuneLogEntry.Level, _ message: String, _ metrics: FineTuneMetrics? = nil) -> FineTuneLogEntry {
        FineTuneLogEntry(id: ids.next("ftevent"), number: 0, at: clock.now, level: level, message: message, metrics: metrics)
    }

    /// Lets an event happen to a job and logs it; false when the job does not move.
    @discardableResult
    private func move(_ id: String, _ event: FineTuneJob.Event, _ entries: [FineTuneLogEntry]) async throws -> Bool {
        let now = clock.now
        return try await store.write { transaction in
            guard var job = try transaction.get(id, in: FineTuneRecords.jobs) else { throw Self.unknown(id) }
            guard job.apply(event, at: now) else { return false }
            for entry in entries { try FineTuneRecords.log(&job, entry, transaction) }
            return true
        }
    }

    private func note(_ report: FineTuneReport, of id: String) async throws {
        try Task.checkCancellation()
        let entry: FineTuneLogEntry
        var checkpoint: FineTuneCheckpoint?
        switch report {
        case .message(let text): entry = self.entry(.info, text)
        case .warning(let text): entry = self.entry(.warn, text)
        case .metrics(let metrics): entry = self.entry(.info, Self.text(metrics), metrics)
        case .checkpoint(let model, let metrics):
            entry = self.entry(.info, "Checkpoint created at step \(metrics.step)")
            checkpoint = FineTuneCheckpoint(id: ids.next("ftckpt"), number: 0, at: clock.now, job: id, model: model, metrics: metrics)
        }
        let (made, bounds) = (checkpoint, bounds)
        try await store.write { transaction in
            guard var job = try transaction.get(id, in: FineTuneRecords.jobs), job.status == .running else { throw CancellationError() }
            if let made {
                guard job.checkpointCount < bounds.checkpointCount else { return }
                try FineTuneRecords.add(&job, made, transaction)
            }
            guard job.eventCount < bounds.entryCount * (entry.metrics == nil ? 2 : 1) else { return }
            try FineTuneRecords.log(&job, entry, transaction)
        }
    }

    private static func text(_ metrics: FineTuneMetrics) -> String {
        func number(_ value: Double) -> String { String(format: "%.4f", value) }
        let parts = [
            metrics.trainingLoss.map { "training loss=\(number($0))" }, metrics.heldOutLoss.map { "validation loss=\(number($0))" },
        ].compactMap { $0 }
        return (["Step \(metrics.step)/\(metrics.stepCount)"] + parts).joined(separator: ": ")
    }

    /// Keeps what was measured as a file, then ends the job.
    private func finish(_ id: String, _ outcome: FineTuneOutcome) async throws {
        let job = try await job(id)
        guard job.status == .running else { return }
        let measured = try await store.read { try $0.list(FineTuneRecords.entries, sortPrefix: id + "|", limit: job.eventCount + 1).compactMap(\.value.metrics) }
        var results: [String] = job.resultFiles
        if results.isEmpty { results = [try await files.add(Array(Self.table(measured).utf8), name: "step_metrics.csv", purpose: .fineTuneResults).id] }
        let (now, kept) = (clock.now, results)
        let entries = [entry(.info, "New fine-tuned model created"), entry(.info, "The job has successfully completed")]
        let moved = try await store.write { transaction in
            guard var job = try transaction.get(id, in: FineTuneRecords.jobs), job.apply(.succeeded(outcome), at: now) else { return false }
            job.resultFiles = kept
            for entry in entries { try FineTuneRecords.log(&job, entry, transaction) }
            return true
        }
        // Cancelled in the last moment.
        if !moved { for file in kept { try await files.remove(file) } }
    }

    /// What was measured, as CSV; steps that a resumed run took again stand once.
    static func table(_ metrics: [FineTuneMetrics]) -> String {
        var last: [Int: FineTuneMetrics] = [:]
        for own in metrics { last[own.step] = own }
        func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
        let rows = last.values.sorted { $0.step < $1.step }.map { "\($0.step),\(text($0.trainingLoss)),\(text($0.trainingAccuracy)),\(text($0.heldOutLoss)),\(text($0.heldOutAccuracy))" }
        return (["step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy"] + rows).joined(separator: "\n") + "\n"
    }
}
