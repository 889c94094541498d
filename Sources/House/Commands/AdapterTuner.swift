import Core
import Foundation
import Inference
import Kernels
import Models
import Synchronization
import Tensors
import Tuning

/// Trains for the API's jobs: an adapter of the usual settings on the model that a job names, kept while it runs, so that a restart goes on with it to the same bits.
struct AdapterTuner: FineTuner {
    let registry: ModelRegistry
    /// Where runs and what they make are kept until they are over.
    let folder: String
    let threads: Int
    /// Bytes that a run may take.
    let byteCountMax: Int
    /// Seconds between two writings of a run.
    var keepEvery: Double = 30
    /// Metrics of a job at most, beside those of its epochs.
    private static let reportCount = 1_000
    /// Epochs at the end whose adapters answer under names of their own, as OpenAI's last three.
    private static let checkpointCount = 3

    private func path(_ job: FineTuneJob, _ ending: String) -> String { folder + "/" + job.id + "." + ending }

    private func prepared(_ job: FineTuneJob, _ files: FineTuneFiles) async throws -> AdapterRun {
        var plan = TrainingPlan()
        let defaults = AdapterRun.defaults
        (plan.epochs, plan.batchCount, plan.seed) = (job.spec.epochs ?? defaults.epochs, job.spec.batch ?? defaults.batch, UInt64(job.spec.seed))
        plan.rate = Float(defaults.rate * (job.spec.rateMultiplier ?? 1))
        let request = AdapterRun.Request(
            model: try await registry.record(job.spec.model).path, data: files.training, validation: files.validation, settings: AdapterSettings(), plan: plan, heldOut: defaults.heldOut)
        let run = try AdapterRun(request, byteCountMax: byteCountMax)
        guard run.set.isPreference == (job.spec.method == .dpo) else {
            throw Fault(.trainingData, "the method \(job.spec.method.rawValue) does not fit the file's rows", remedy: "use the method dpo for preferences, and supervised for everything else")
        }
        return run
    }

    func validate(_ job: FineTuneJob, files: FineTuneFiles) async throws -> [String] {
        let run = try await prepared(job, files)
        let (learned, set) = (run.set.learned, run.set)
        let counted = "\(learned.report.rowCount) rows with \(learned.tokenCount) tokens, \(learned.answerTokenCount) of them learned; \(set.heldOutCount) are measured with; about \(run.memory.total >> 20) MiB are needed"
        let refused = learned.report.refusedCount, repeated = learned.report.repeatedCount
        return [counted] + (refused > 0 ? ["\(refused) rows cannot be used and are left out"] : []) + (repeated > 0 ? ["\(repeated) rows are repeated"] : [])
    }

    func train(_ job: FineTuneJob, files: FineTuneFiles, report: @escaping @Sendable (FineTuneReport) async throws -> Void) async throws -> FineTuneOutcome {
        let run = try await prepared(job, files)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let isStopped = StopSign()
        let (events, continuation) = AsyncThrowingStream.makeStream(of: FineTuneReport.self)
        return try await withTaskCancellationHandler {
            // Steps take seconds and would hold one of the few threads that tasks share.
            Thread.detachNewThread {
                let result = Result { try self.run(run, job, isStopped: { isStopped.isSet }) { continuation.yield($0) } }
                switch result {
                case .success: continuation.finish()
                case .failure(let error): continuation.finish(throwing: error)
                }
            }
            // In a task of its own, which is not cancelled with this one: the next job begins when nothing of this one runs.
            let refusal = try await Task {
                var refusal: (any Error)?
                for try await event in events where refusal == nil {
                    do {
                        if case .checkpoint(let model, let metrics) = event { try await register(path(job, "\(metrics.step).gguf"), as: model, job) }
                        try await report(event)
                    } catch {
                        refusal = error
                        isStopped.set()
                    }
                }
                return refusal
            }.value
            if let refusal { throw refusal }
            try Task.checkCancellation()
            try await register(path(job, "gguf"), as: job.proposedName, job)
            remove(job)
            return FineTuneOutcome(model: job.proposedName, trainedTokens: run.set.learned.answerTokenCount * run.plan.epochs)
        } onCancel: {
            isStopped.set()
        }
    }

    /// Makes an adapter answer under a name. A process that ended after that finds the name taken by the job's own adapter.
    private func register(_ path: String, as model: String, _ job: FineTuneJob) async throws {
        if try await registry.findAdapter(model) == nil { try await registry.addAdapter(path, base: job.spec.model, name: String(model.dropFirst(job.spec.model.count + 1))) }
        try? FileManager.default.removeItem(atPath: path)
    }

    func discard(_ job: FineTuneJob) async {
        remove(job)
        for adapter in (try? await registry.allAdapters()) ?? [] where adapter.name.hasPrefix(job.proposedName) { try? await registry.remove(adapter.name) }
    }

    private func remove(_ job: FineTuneJob) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(job.id + ".") { try? FileManager.default.removeItem(atPath: folder + "/" + name) }
    }

    // MARK: - On its own thread

    private func run(_ prepared: AdapterRun, _ job: FineTuneJob, isStopped: () -> Bool, report: (FineTuneReport) -> Void) throws {
        let workspace = Workspace(pool: try ThreadPool(width: threads), byteCountMax: max(64 << 20, byteCountMax - prepared.memory.weights))
        let decoder = try prepared.decoder(in: workspace)
        if prepared.set.isPreference {
            try drive(try PreferenceTuning(decoder, beta: Float(job.spec.beta ?? 0.1)), prepared.set.preferences, prepared, job, isStopped: isStopped, report: report) { $0.decoder }
        } else {
            try drive(decoder, prepared.set.examples, prepared, job, isStopped: isStopped, report: report) { $0 }
        }
    }

    private func drive<Network: TrainableNetwork>(
        _ network: Network, _ parts: (training: [Network.Example], heldOut: [Network.Example]), _ prepared: AdapterRun, _ job: FineTuneJob, isStopped: () -> Bool,
        report: (FineTuneReport) -> Void, decoder: (Network) -> AdaptedDecoder
    ) throws {
        var plan = prepared.plan
        plan.data += " \(job.spec.beta ?? 0)"
        var trainer = try Trainer(network, training: parts.training, heldOut: parts.heldOut, plan: plan)
        let kept = path(job, "run")
        if FileManager.default.fileExists(atPath: kept) { try trainer.resume(from: kept) }
        var last = ContinuousClock.now
        // Read before the first step too: a job that was cancelled meanwhile takes none.
        while true {
            guard !isStopped() else {
                try trainer.write(to: kept)
                throw CancellationError()
            }
            var metrics = FineTuneMetrics(step: trainer.step, stepCount: trainer.stepCount)
            switch try trainer.next() {
            case .finished:
                guard let best = trainer.best else { throw Fault(.trainingData, "nothing was measured", remedy: "give more rows") }
                return try decoder(trainer.network).adapter(best.parameters, notes: prepared.notes(license: "not stated")).write(to: path(job, "gguf"))
            case .trained(let step, let loss, _):
                (metrics.step, metrics.trainingLoss) = (step, Double(loss))
                if step % max(1, trainer.stepCount / Self.reportCount) == 0 { report(.metrics(metrics)) }
            case .evaluated(let epoch, let loss, _, _):
                metrics.heldOutLoss = Double(loss)
                report(.metrics(metrics))
                // Before the run is kept: one that was cut off in between makes it again, under the same name.
                if epoch > plan.epochs - Self.checkpointCount {
                    try decoder(trainer.network).adapter(notes: prepared.notes(license: "not stated")).write(to: path(job, "\(trainer.step).gguf"))
                    report(.checkpoint(model: "\(job.proposedName):ckpt-step-\(trainer.step)", metrics))
                }
                try trainer.write(to: kept)
                last = .now
            }
            guard ContinuousClock.now - last >= .seconds(keepEvery) else { continue }
            try trainer.write(to: kept)
            last = .now
        }
    }
}

/// Whether work on another thread is to stop.
private final class StopSign: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
}
