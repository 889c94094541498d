import Core
import Foundation
import Inference
import Kernels
import Models
import Nodes
import Synchronization
import Tensors
import Tuning

/// Fine-tunes for steps of workflows: an adapter of the usual settings, kept while it is trained, so that a step that was cut off goes on with it to the same bits.
struct StepAdapterMaker: AdapterMaker {
    let registry: ModelRegistry
    /// Where runs are kept until their steps have ended.
    let folder: String
    let threads: Int
    /// Bytes that a run may take.
    let byteCountMax: Int
    /// Seconds between two writings of a run.
    var keepEvery = 30.0

    /// Endings of what is kept.
    private static let endings = ["run", "gguf"]

    func make(_ request: AdapterRequest, key: String, progress: @escaping @Sendable (Int, Int) -> Void) async throws -> MadeAdapter {
        let base = try await model(request.base)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/lora-" + key
        try Data(request.data).write(to: URL(fileURLWithPath: path + ".jsonl"), options: .atomic)
        // It is written anew in each attempt, so that what was learned from does not stay in the clear.
        defer { try? FileManager.default.removeItem(atPath: path + ".jsonl") }
        let run = try prepared(request, base, path)
        let sign = Sign()
        let result = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<(bytes: [UInt8], score: Double), any Error>) in
                // Steps take seconds and would hold one of the few threads that tasks share.
                Thread.detachNewThread { continuation.resume(with: Result { try train(run, path, sign, progress) }) }
            }
        } onCancel: {
            sign.set()
        }
        return MadeAdapter(
            bytes: result.bytes, base: base.name, rowCount: run.set.learned.report.rowCount, tokenCount: run.set.learned.answerTokenCount * request.epochs, score: result.score
        ) { try? forget(key) }
    }

    func keptKeys() throws -> Set<String> {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return Set(
            try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { name in
                guard name.hasPrefix("lora-"), let dot = name.firstIndex(of: "."), Self.endings.contains(String(name[name.index(after: dot)...])) else { return nil }
                return String(name[..<dot].dropFirst("lora-".count))
            })
    }

    func forget(_ key: String) throws {
        for ending in Self.endings where FileManager.default.fileExists(atPath: "\(folder)/lora-\(key).\(ending)") { try FileManager.default.removeItem(atPath: "\(folder)/lora-\(key).\(ending)") }
    }

    private func prepared(_ request: AdapterRequest, _ base: ModelRecord, _ path: String) throws -> AdapterRun {
        var settings = AdapterSettings(), plan = TrainingPlan()
        (settings.rank, settings.alpha, settings.context) = (request.rank, Float(2 * request.rank), request.context)
        try settings.check()
        (plan.epochs, plan.batchCount, plan.seed, plan.rate) = (request.epochs, request.batchCount, request.seed, Float(request.rate))
        let run = try AdapterRun(AdapterRun.Request(model: base.path, data: path + ".jsonl", settings: settings, plan: plan, heldOut: request.heldOut), byteCountMax: byteCountMax)
        guard !run.set.isPreference else { throw Fault(.trainingData, "the records are preferences", remedy: "give conversations; preferences are for `banyan tune lora`") }
        return run
    }

    private func train(_ run: AdapterRun, _ path: String, _ sign: Sign, _ progress: (Int, Int) -> Void) throws -> (bytes: [UInt8], score: Double) {
        let workspace = Workspace(pool: try ThreadPool(width: threads), byteCountMax: max(64 << 20, byteCountMax - run.memory.weights))
        var trainer = try Trainer(try run.decoder(in: workspace), training: run.set.examples.training, heldOut: run.set.examples.heldOut, plan: run.plan)
        let kept = path + ".run"
        if FileManager.default.fileExists(atPath: kept) { try trainer.resume(from: kept) }
        var last = ContinuousClock.now
        while true {
            guard !sign.isSet else {
                try trainer.write(to: kept)
                throw CancellationError()
            }
            if case .finished = try trainer.next() { break }
            progress(trainer.step, trainer.stepCount)
            guard ContinuousClock.now - last >= .seconds(keepEvery) else { continue }
            try trainer.write(to: kept)
            last = .now
        }
        try trainer.write(to: kept)
        guard let best = trainer.best else { throw Fault(.trainingData, "nothing was measured", remedy: "give more records") }
        try trainer.network.adapter(best.parameters, notes: run.notes(license: "not stated")).write(to: path + ".gguf")
        return (try FileTree.read(path + ".gguf", byteCountMax: 1 << 30), best.accuracy)
    }

    func check(_ adapter: [UInt8], as name: String) async throws { try await using(adapter, as: name) { _, _ in } }

    func serve(_ adapter: [UInt8], as name: String) async throws {
        try await using(adapter, as: name) { path, base in try await registry.replaceAdapter(path, base: base, name: name) }
    }

    /// Runs `body` with the path of an adapter that fits the model of its name, and with the model's name.
    private func using(_ adapter: [UInt8], as name: String, _ body: (String, String) async throws -> Void) async throws {
        guard let colon = name.firstIndex(of: ":") else { throw Fault(.nodeInput, "the name of an adapter is MODEL:NAME", remedy: "write it so") }
        let base = String(name[..<colon])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // Two may look at one name at once.
        let path = "\(folder)/serve-\(SHA256.hex(Array(name.utf8) + adapter).prefix(16))-\(UUID().uuidString).gguf"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(adapter).write(to: URL(fileURLWithPath: path), options: .atomic)
        try Adapter(path: path).check(fits: try GGUFFile(path: try await registry.record(base).path))
        try await body(path, base)
    }

    private func model(_ name: String?) async throws -> ModelRecord {
        if let name { return try await registry.record(name) }
        let models = try await registry.all().filter { $0.task == .chat }
        guard let model = models.first, models.count == 1 else {
            throw Fault(
                .nodeUnavailable, models.isEmpty ? "no language model is imported" : "several language models are imported and none was named", remedy: "import one with `banyan model import`, or name one as base")
        }
        return model
    }
}

/// Whether work on another thread is to stop.
private final class Sign: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
}
