import Core
import Labels
import Workflows

/// Lists the files of a folder below the import root, so that a `map` can go over them.
struct DataListNode: StepKind {
    let services: NodeServices
    let id = "data-list"
    let signature = StepSignature(inputs: ["folder": .init(.string)], outputs: ["files": .array, "count": .number], clearance: .all, labelRule: .joinsInputs, hasOpenCounts: true)
    static let fileCountMax = 10_000

    func leavesNothing(with inputs: Set<String>) -> Bool { true }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let folder = try input.text("folder", byteCountMax: 1_024)
        let path = try NodeRoot(services.settings.importRoot, "import from").resolve(folder)
        let prefix = folder.split(separator: "/").filter { $0 != "." }.map { $0 + "/" }.joined()
        let files = try NodeRoot.files(below: path, countMax: Self.fileCountMax).map { prefix + $0 }
        return .done(output: ["files": .array(files.map { .string($0) }), "count": .int(files.count)])
    }
}
