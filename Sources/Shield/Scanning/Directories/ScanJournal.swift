import Core
import Labels
import Store
import Workflows

/// Which run of a scan a step belongs to.
public struct ScanGeneration: Sendable, Hashable, Codable {
    var scan: String
    var number: Int
    var isDone: Bool
    var batches: Int
}

/// Keeps what scans have done: steps as runs of the workflow engine, results by content.
public struct ScanJournal: Sendable {
    /// Contents whose results are kept; when they are so many, no further ones are.
    static let contentCountMax = 2_000_000

    private let store: Store
    private let engine: WorkflowEngine
    private let definition: WorkflowDefinition
    private let fingerprint: String
    private static let generations = RecordCollection<ScanGeneration>("scans")
    private static let batches = RecordCollection<[FileResult]>("scan-batches")
    private static let counters = RecordCollection<Int>("scan-counters")
    private static let contents = RecordCollection<FileResult>("scan-contents")

    /// - Parameters:
    ///   - scanner: what files are scanned with; its options must not reveal values, because results are kept.
    ///   - version: of the detector with everything that changes its findings (a tagger, patterns of a person's own).
    ///   - root, width: as of the ``DirectoryScan``.
    public init(store: Store, scanner: FileScanner, root: String, width: Int, version: String, clock: any WallClock, ids: IdentifierSource) throws {
        guard !scanner.parts.options.reveals else {
            throw Fault(.scanOption, "matched values are not written to a data directory", remedy: "leave out --reveal or --data")
        }
        self.store = store
        fingerprint = SHA256.hex(Array("\(version)|\(scanner.parts.options.fingerprint)|\(scanner.parts.explains)|\(scanner.parts.limits)".utf8))
        let contents = Self.contents
        let step = ScanStep(work: BatchWork(scanner: scanner, root: root, width: width), fingerprint: fingerprint) { key in try await store.read { try $0.get(key, in: contents) } } keep: { transaction, runID, result in
            try Self.keep(result, runID, in: transaction)
        }
        engine = WorkflowEngine(store: store, kinds: [step], clock: clock, ids: ids)
        definition = try WorkflowDefinition(yaml: Self.yaml)
    }

    private static let yaml = """
        workflow: scan-batch
        version: 1
        inputs:
          files: {type: array, grade: L1}
        steps:
          - id: scan
            kind: scan-files
            with: {files: "${input.files}"}
        """

    /// Takes up an interrupted scan of the same tree with the same options, or begins a new one.
    func begin(root: String, sampling: String) async throws -> ScanGeneration {
        let scan = String(SHA256.hex(Array("\(root)|\(sampling)|\(fingerprint)".utf8)).prefix(24))
        return try await store.write { transaction in
            var generation = try transaction.get(scan, in: Self.generations) ?? ScanGeneration(scan: scan, number: 0, isDone: true, batches: 0)
            if generation.isDone {
                for (key, _) in try transaction.list(Self.batches, sortPrefix: scan, limit: 10_000_000) { try transaction.remove(key, in: Self.batches) }
                generation = ScanGeneration(scan: scan, number: generation.number + 1, isDone: false, batches: 0)
                try transaction.put(generation, as: scan, in: Self.generations)
            }
            return generation
        }
    }

    /// Marks a scan as done; the next one begins anew.
    func end(_ generation: ScanGeneration) async throws {
        var done = generation
        done.isDone = true
        let record = done
        try await store.write { try $0.put(record, as: record.scan, in: Self.generations) }
    }

    /// One step: what it did before the scan was killed, or does now.
    func batch(_ units: [ScanUnit], _ number: Int, _ generation: ScanGeneration) async throws -> BatchResult {
        // A step whose files are no longer the same is another step.
        let list = SHA256.hex(Array(units.map { "\($0.path)|\($0.byteCount)|\($0.modified)" }.joined(separator: "\n").utf8)).prefix(16)
        let runID = "scan-\(generation.scan)-\(generation.number)-\(number)-\(list)"
        if let done = try await store.read({ try $0.get(runID, in: Self.batches) }) { return BatchResult(files: done, keys: [], isResumed: true) }
        let files = units.map { unit -> JSONValue in ["path": .string(unit.path), "bytes": .int(unit.byteCount), "modified": .int(unit.modified)] }
        _ = try await engine.start(definition, input: Labeled(["files": .array(files)], Label(.level1)), runID: runID)
        let status = try await engine.carry(runID)
        guard status == .completed, let done = try await store.read({ try $0.get(runID, in: Self.batches) }) else {
            let failure = try await engine.detail(runID).summary.failure
            throw Fault(.sourceDamaged, "step \(number) of the scan ended as \(status.rawValue)\(failure.map { ": \($0)" } ?? "")", remedy: "run the scan again; it resumes")
        }
        let output = try await engine.detail(runID).outputs["scan"]
        return BatchResult(files: done, keys: [], unchanged: output?["unchanged"]?.int ?? 0)
    }

    private static func keep(_ result: BatchResult, _ runID: String, in transaction: Transaction) throws {
        var count = try transaction.get("contents", in: counters) ?? 0
        for (index, key) in result.keys.enumerated() {
            guard let key, count < contentCountMax else { continue }
            try transaction.put(result.files[index].unmoved(from: result.paths[index]), as: key, in: contents)
            count += 1
        }
        try transaction.put(count, as: "contents", in: counters)
        let scan = runID.split(separator: "-")[1]
        try transaction.put(result.files, as: runID, sort: String(scan), in: batches)
    }
}
