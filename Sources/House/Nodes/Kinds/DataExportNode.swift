import Core
import Labels
import Protection
import Workflows

/// Writes a file below the export root. Its name ends in a mark of the step, so that a second attempt writes the same file again and another run another one.
struct DataExportNode: StepKind {
    let services: NodeServices
    let id = "data-export"
    var signature: StepSignature {
        StepSignature(
            inputs: ["name": .init(.string), "records": .init(.array, isRequired: false), "text": .init(.string, isRequired: false), "format": .init(.string, isRequired: false)],
            outputs: ["file": .string, "byteCount": .number, "count": .number], clearance: services.settings.exportClearance, labelRule: .joinsInputs)
    }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let name = try input.text("name", byteCountMax: 100)
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else {
            throw Fault(.nodeInput, "the input name may hold letters, digits, - and _ only", remedy: "leave the ending to the step")
        }
        let root = try NodeRoot(services.settings.exportRoot, "export to")
        let (text, ending, count): (String, String, Int)
        switch try input.textOrRecords() {
        case .text(let whole): (text, ending, count) = (whole, "txt", 1)
        case .records(let records):
            let format = try input.optionalText("format").map(Records.Format.init(named:)) ?? .jsonl
            (text, ending, count) = (Records.write(records, format), format.rawValue, records.count)
        }
        let (file, bytes) = ("\(name)-\(NodeRoot.mark(context.idempotencyKey)).\(ending)", Array(text.utf8))
        try NodeRoot.write(bytes, to: try root.resolve(file))
        let (audit, label) = (services.audit, input.label)
        return .done(
            output: ["file": .string(file), "byteCount": .int(bytes.count), "count": .int(count)],
            effect: { transaction in
                try audit.record(
                    AuditEntry(actor: "workflow", action: "export", subject: file, detail: ["run": .string(context.runID), "bytes": .int(bytes.count)], label: label), in: transaction)
            })
    }
}
