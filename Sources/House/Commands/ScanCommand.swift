import ArgumentParser
import Core
import Detection
import Foundation
import Kernels
import Labels
import Protection
import Scanning
import Store

/// `banyan scan`
struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Find and grade sensitive data in files, archives, databases, mail, repositories and whole trees. Never prints a matched value.",
        discussion: """
            PATH is a file, a folder, or - for standard input. Texts may be UTF-8, UTF-16 or GB18030; archives are opened four deep; tables are read by column.
            With --data a scan of a folder goes on where it was interrupted, and reads only what has changed since the last one.
            `banyan scan - --jsonl` is a filter: each line {"id":…,"text":"…"} gives one line of findings, in order; start and end count Unicode scalars.
            """)

    @Argument(help: ArgumentHelp("A file, a folder, or -.", valueName: "path"))
    var path: String
    @OptionGroup(title: "What is looked for") var search: ScanSearchOptions
    @OptionGroup(title: "Reports") var report: ScanReportOptions
    @Option(name: .long, help: ArgumentHelp("A data directory that makes scans of folders resumable and incremental.", valueName: "dir"))
    var data: String?
    @Option(name: .long, help: ArgumentHelp("Read a part of a folder's files only, with a bound of what may be missed: a share such as 10%.", valueName: "share"))
    var sample: String?
    @Option(name: .long, help: ArgumentHelp("The same with a number of files.", valueName: "files"))
    var sampleCount: Int?
    @Option(name: .long, help: "The confidence of the bound.")
    var confidence: Double = 0.95
    @Option(name: .long, help: "Decides which files a sample has.")
    var seed: UInt64 = 1
    @Option(name: .long, help: "Files at once. The default is one a core.")
    var threads: Int?

    func validate() throws {
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads must be 1 to 64") }
        guard confidence > 0.5, confidence < 1 else { throw ValidationError("--confidence must be more than 0.5 and less than 1") }
        if let sampleCount, !(1...1_000_000).contains(sampleCount) { throw ValidationError("--sample-count must be 1 to 1000000") }
        if sample != nil, sampleCount != nil { throw ValidationError("give --sample or --sample-count, not both") }
        if sample != nil, share == nil { throw ValidationError("--sample must be a share such as 10%, more than 0 and at most 100%") }
        if data != nil, search.reveal { throw ValidationError("matched values are not written to a data directory: leave out --reveal or --data") }
    }

    private var share: Double? {
        guard let sample, let number = Double(sample.hasSuffix("%") ? String(sample.dropLast()) : sample) else { return nil }
        let share = sample.hasSuffix("%") ? number / 100 : number
        return share > 0 && share <= 1 ? share : nil
    }

    private var width: Int { threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

    func run() async throws {
        AlignedMemory.returnFreedAtOnce()
        let detector = try search.detector()
        let options = try search.options(detector)
        if path == "-", report.format == .jsonl { return try await filter(detector, options) }
        let scanner = FileScanner(
            detector: detector, options: options, explains: report.explain, documents: KnowledgeTexts(tools: DataOptions.tools()), scratch: NSTemporaryDirectory(), classifier: try BundledClassifier.load())
        let scanned = try await scan(scanner)
        let graded = try grade(scanned)
        let context = ReportContext(
            label: "\(graded.label)", verdicts: graded.results.map { ReportVerdict(standard: $0.standard, level: $0.level, clause: $0.clause, reason: $0.reason, isConfirmed: $0.confirmed) },
            isChinese: Terminal.language == .zh, explains: report.explain, version: BanyanCommand.configuration.version
        ) { SensitiveType(id: $0).title }
        try report.write(scanned, context)
        if try search.fails(scanned, grade: graded.label.grade) { throw ExitStatus.found }
    }

    private func filter(_ detector: Detector, _ options: ScanOptions) async throws {
        let input = FileReader.standardInput
        let filter = LineFilter(detector: detector, options: options, explains: report.explain, threads: width)
        let (lines, malformed) = try await filter.run(read: { try input.read(upTo: $0) }, write: StandardOutput.write)
        if malformed > 0 { Terminal.note(Terminal.say("\(malformed) of \(lines) lines are malformed", "\(lines) 行中有 \(malformed) 行格式错误")) }
    }

    private func scan(_ scanner: FileScanner) async throws -> ScanReport {
        var single = ScanReport(root: path)
        if path == "-" {
            let input = FileReader.standardInput
            var bytes: [UInt8] = []
            while true {
                let piece = try input.read(upTo: 1 << 20)
                if piece.isEmpty { break }
                bytes += piece
                guard bytes.count <= Self.inputByteCountMax else { throw Fault(.file, "standard input is longer than \(Self.inputByteCountMax) bytes", remedy: "split it, or give a file") }
            }
            single.add(await scanner.scan(bytes, name: "-"))
            return single
        }
        guard try FileStatus(of: path).kind != .other else { throw Fault(.file, "\(path) is no regular file", remedy: "give a file or folder") }
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let progress = ProgressLine(isQuiet: !Terminal.errorIsTerminal)
        guard try FileStatus(of: target).kind == .directory, !FileScanner.isRepository(target) else {
            // A single file that cannot be read is the scan's failure, not a line of its report.
            if try FileStatus(of: target).kind == .file { _ = try FileReader(path: target) }
            single.add(await scanner.scan(path: target, name: path))
            return single
        }
        return try await scan(folder: target, scanner, progress)
    }

    private func scan(folder: String, _ scanner: FileScanner, _ progress: ProgressLine) async throws -> ScanReport {
        let sampling: Sampling? = sampleCount.map { .count($0) } ?? share.map { .share($0) }
        var excluded: Set<String> = []
        var store: Store?
        if let data {
            store = try Store.open(at: data)
            excluded.insert(URL(fileURLWithPath: data).resolvingSymlinksInPath().path)
        }
        let journal = try store.map {
            try ScanJournal(store: $0, scanner: scanner, root: folder, width: width, version: try search.version(), clock: SystemWallClock(), ids: IdentifierSource())
        }
        let scan = DirectoryScan(scanner: scanner, root: folder, excluding: excluded, width: width, journal: journal, sampling: sampling, seed: seed, confidence: confidence)
        let (found, statistics) = try await scan.run(progress: progress.sink)
        var scanned = found
        if Terminal.errorIsTerminal { Terminal.note("") }
        scanned.root = path
        if journal != nil, statistics.unchanged + statistics.resumed > 0 {
            Terminal.note(Terminal.say("\(statistics.unchanged) files unchanged, \(statistics.resumed) done before the interruption", "\(statistics.unchanged) 个文件未变化，\(statistics.resumed) 个在中断前已完成"))
        }
        try store?.close()
        return scanned
    }

    /// Standard input is one text in memory.
    static let inputByteCountMax = 256 << 20

    private func grade(_ report: ScanReport) throws -> (label: Label, results: [GradingResult]) {
        // Standards count findings of a type; a place says nothing to them.
        let findings = report.counts.sorted { $0.key < $1.key }.flatMap { type, count in
            repeatElement(Finding(type: SensitiveType(id: type), start: 0, end: 0, byteStart: 0, byteEnd: 0, confidence: 1, recognizer: "", reasons: []), count: min(count, 1_000_000))
        }
        return Grader(standards: try GradingStandards.builtIn()).grade(findings)
    }
}
