import Core
import Detection
import Labels
import Store
import Workflows

/// Scans a tree on all cores, some hundred files a step.
///
/// With a store each step is a run of the workflow engine: a scan that was killed goes on with the first step that is not done, and a later scan takes over the result of every file whose content (and
/// detector) is the same. Without one everything is read anew.
public struct DirectoryScan: Sendable {
    /// Files of a step: its three commits then cost less than 50 µs a file.
    static let batchFileCount = 256
    static let batchByteCount = 64 << 20
    /// Steps under way at once: while one waits for the disk, the other computes.
    static let batchesInFlight = 2

    let scanner: FileScanner
    let root: String
    let excluded: Set<String>
    let width: Int
    let journal: ScanJournal?
    let sampling: Sampling?
    let seed: UInt64
    let confidence: Double

    /// - Parameters:
    ///   - excluding: absolute paths of folders that are left out.
    ///   - width: files at once.
    ///   - journal: makes the scan resumable and incremental; nil for neither.
    ///   - sampling: which files are read; nil for all.
    ///   - confidence: of the bound that a sample gives.
    public init(
        scanner: FileScanner, root: String, excluding: Set<String> = [], width: Int, journal: ScanJournal? = nil, sampling: Sampling? = nil, seed: UInt64 = 1, confidence: Double = 0.95
    ) {
        (self.scanner, self.root, excluded, self.width, self.journal) = (scanner, root, excluding, max(1, width), journal)
        (self.sampling, self.seed, self.confidence) = (sampling, seed, confidence)
    }

    /// Scans the tree.
    /// - Throws: `core.file` when the root cannot be read; faults of the store; `CancellationError`.
    public func run(progress: ProgressSink? = nil) async throws -> (report: ScanReport, statistics: ScanStatistics) {
        var walk = try DirectoryWalk(root: root, excluding: excluded)
        var report = ScanReport(root: root)
        var statistics = ScanStatistics()
        var sampler = sampling.map { Sampler($0, seed: seed) }
        let generation = try await journal?.begin(root: root, sampling: sampling.map { "\($0) \(seed)" } ?? "")
        var queue = BatchQueue()
        try await withThrowingTaskGroup(of: (Int, BatchResult).self) { group in
            var hitsByType: [String: Int] = [:]
            func take(_ waiting: Int) async throws {
                while queue.inFlight > waiting, let (number, result) = try await group.next() {
                    for result in queue.finish(number, result) {
                        statistics.add(result)
                        for file in result.files {
                            report.add(file)
                            if sampling != nil { for type in Set(file.findings.map(\.type)) { hitsByType[type, default: 0] += 1 } }
                        }
                        progress?(JobProgress(phase: "scan", done: report.files, total: nil))
                    }
                }
            }
            func send(_ units: [ScanUnit]) async throws {
                guard !units.isEmpty else { return }
                try await take(Self.batchesInFlight - 1)
                let number = queue.start()
                group.addTask { (number, try await scan(units, number, generation)) }
            }
            var units: [ScanUnit] = [], byteCount = 0
            func add(_ unit: ScanUnit) async throws {
                units.append(unit)
                byteCount += unit.byteCount
                guard units.count >= Self.batchFileCount || byteCount >= Self.batchByteCount else { return }
                try await send(units)
                (units, byteCount) = ([], 0)
            }
            while let step = walk.next() {
                switch step {
                case .problem(let diagnostic): report.add(diagnostic)
                case .unit(let unit):
                    if sampler == nil { try await add(unit) } else if let chosen = sampler?.take(unit) { try await add(chosen) }
                }
            }
            for unit in sampler?.kept ?? [] { try await add(unit) }
            try await send(units)
            try await take(0)
            if let sampler { report.sample = SampleReport(population: sampler.population, sampled: report.files, hits: report.filesWithFindings, hitsByType: hitsByType, confidence: confidence) }
        }
        if let generation { try await journal?.end(generation) }
        return (report, statistics)
    }

    private func scan(_ units: [ScanUnit], _ number: Int, _ generation: ScanGeneration?) async throws -> BatchResult {
        if let journal, let generation { return try await journal.batch(units, number, generation) }
        return try await BatchWork(scanner: scanner, root: root, width: width).scan(units) { _ in nil }
    }
}

/// How a scan went, beside what it found.
public struct ScanStatistics: Sendable, Hashable {
    /// Files whose result was taken over from an earlier scan.
    public var unchanged = 0
    /// Files of steps that an interrupted scan had done.
    public var resumed = 0

    mutating func add(_ result: BatchResult) {
        unchanged += result.unchanged
        if result.isResumed { resumed += result.files.count }
    }
}

/// What a step gave.
struct BatchResult: Sendable {
    var files: [FileResult]
    /// What ``ScanJournal`` keeps a result of a content under; nil for what is not kept.
    var keys: [String?]
    /// Of the files; only where results are kept.
    var paths: [String] = []
    var unchanged = 0
    var isResumed = false
}

/// Puts results that come in any order into the order of the steps. It holds no more than are under way.
struct BatchQueue {
    private var started = 0
    private var reported = 0
    private var finished = 0
    private var waiting: [Int: BatchResult] = [:]

    var inFlight: Int { started - finished }

    mutating func start() -> Int {
        started += 1
        return started - 1
    }

    mutating func finish(_ number: Int, _ result: BatchResult) -> [BatchResult] {
        finished += 1
        waiting[number] = result
        var ready: [BatchResult] = []
        while let next = waiting.removeValue(forKey: reported) {
            ready.append(next)
            reported += 1
        }
        return ready
    }
}
