import Core
import Labels
import Store
import Workflows

/// The step kind `scan-files`: scans the files of one step; their results are written in the transaction that ends it.
///
/// The journal holds paths, sizes and counts; the results hold places and reasons, never a value.
struct ScanStep: StepKind {
    let work: BatchWork
    let fingerprint: String
    let known: @Sendable (String) async throws -> FileResult?
    let keep: @Sendable (Transaction, String, BatchResult) throws -> Void

    let id = "scan-files"
    let signature = StepSignature(
        inputs: ["files": .init(.array)], outputs: ["files": .number, "findings": .number, "unchanged": .number], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let units = try (input.values["files"]?.array ?? []).map { value in
            guard let path = value["path"]?.string, let byteCount = value["bytes"]?.int else { throw Fault(.defect, "a file in the journal is malformed") }
            return ScanUnit(path: path, byteCount: byteCount, modified: value["modified"]?.int ?? 0)
        }
        var result = try await work.scan(units, fingerprint: fingerprint, known: known)
        result.paths = units.map(\.path)
        let done = result
        return .done(
            output: ["files": .int(done.files.count), "findings": .int(done.files.reduce(0) { $0 + $1.findings.count }), "unchanged": .int(done.unchanged)],
            effect: { try keep($0, context.runID, done) })
    }
}
