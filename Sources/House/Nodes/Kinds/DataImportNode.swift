import Core
import Labels
import Workflows

/// Reads data below the import root: a file of CSV, TSV, JSONL or lines of text becomes records, a folder one record a text file. What nobody has looked at counts as L4.
struct DataImportNode: StepKind {
    let services: NodeServices
    let id = "data-import"
    let signature = StepSignature(
        inputs: ["path": .init(.string), "format": .init(.string, isRequired: false), "text": .init(.boolean, isRequired: false)],
        outputs: ["records": .array, "count": .number, "fields": .array], clearance: .all, labelRule: .raises(.level4), hasOpenCounts: true)
    static let fileCountMax = 10_000

    func leavesNothing(with inputs: Set<String>) -> Bool { true }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let name = try input.text("path", byteCountMax: 1_024)
        let path = try NodeRoot(services.settings.importRoot, "import from").resolve(name)
        let isWhole = try input.flag("text", default: false)
        let read: (records: [JSONValue], fields: [String])
        if NodeRoot.isFolder(path) {
            read = (try folder(path), ["file", "text"])
        } else {
            let text = try Self.text(path, byteCountMax: Records.byteCountMax)
            let format = try input.optionalText("format").map(Records.Format.init(named:)) ?? Records.Format(path: name)
            read = isWhole ? ([["file": .string(name), "text": .string(text)]], ["file", "text"]) : try Records.read(text, format, name: "the file")
        }
        return .done(output: ["records": .array(read.records), "count": .int(read.records.count), "fields": .array(read.fields.map { .string($0) })])
    }

    private func folder(_ path: String) throws -> [JSONValue] {
        var left = Records.byteCountMax
        return try NodeRoot.files(below: path, countMax: Self.fileCountMax).map { name in
            let text = try Self.text(path + "/" + name, byteCountMax: left)
            left = max(0, left - text.utf8.count)
            return ["file": .string(name), "text": .string(text)]
        }
    }

    private static func text(_ path: String, byteCountMax: Int) throws -> String { TextDecoder.decode(try NodeRoot.read(path, byteCountMax: byteCountMax)).text }
}
