import Core
import Labels
import Protection
import Scanning
import Workflows

/// Scans a file or a folder below the import root, archives, tables and mail included. It tells numbers by type and the grade that they mean; what and where is in no output. With a subject the number of findings is a reading.
struct ScanNode: StepKind {
    let services: NodeServices
    let id = "scan"
    let signature = StepSignature(
        inputs: ["path": .init(.string), "subject": .init(.string, isRequired: false)], outputs: ["files": .number, "findings": .number, "counts": .object, "highest": .number], clearance: .all, labelRule: .raises(.level2))
    static let fileCountMax = 10_000
    var beats: Bool { true }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let path = try NodeRoot(services.settings.importRoot, "scan").resolve(try input.text("path", byteCountMax: 1_024))
        let files = NodeRoot.isFolder(path) ? try NodeRoot.files(below: path, countMax: Self.fileCountMax).map { path + "/" + $0 } : [path]
        let scanner = FileScanner(detector: services.detector)
        // An attempt that was cut short goes on behind the file that it had finished last; names are in order.
        var (counts, done, last) = ([String: Int](), 0, context.checkpoint?["last"]?.string)
        if let kept = context.checkpoint, last != nil { (counts, done) = ((kept["counts"]?.object ?? [:]).compactMapValues(\.int), kept["files"]?.int ?? 0) }
        let left = last.map { last in files.filter { $0 > last } } ?? files
        for (number, file) in left.enumerated() {
            try Task.checkCancellation()
            context.progress(files.count - left.count + number, of: files.count, "files")
            let result = await scanner.scan(path: file, name: "file")
            // A file that cannot be read is not a file without findings.
            guard result.diagnostics.allSatisfy({ $0.severity != .error }) else { throw Fault(.file, "a file below the folder cannot be read", remedy: "see `banyan scan` on it") }
            var one = ScanReport(root: "scan")
            one.add(result)
            counts.merge(one.counts, uniquingKeysWith: +)
            (done, last) = (done + one.files, file)
            if let last { try await context.keep(["last": .string(last), "files": .int(done), "counts": .object(counts.mapValues { .int($0) })]) }
        }
        let (subject, count) = (try input.optionalText("subject", byteCountMax: 200), counts.values.reduce(0, +))
        return .done(
            output: [
                "files": .int(done), "findings": .int(count), "counts": .object(counts.mapValues { .int($0) }),
                "highest": .int(services.grader.grade(counts: counts).label.grade.rawValue),
            ],
            effect: NodeReadings.effect([("findings", Double(count))], of: subject, label: Label(.level2).joined(input.label), in: context))
    }
}
