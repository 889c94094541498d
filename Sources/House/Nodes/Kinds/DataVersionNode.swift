import Catalog
import Core
import Labels
import Store
import Workflows

/// Keeps a text or records as a version of an asset, with what it was derived from. The same bytes are the same version.
struct DataVersionNode: StepKind {
    let services: NodeServices
    let id = "data-version"
    let signature = StepSignature(
        inputs: ["asset": .init(.string), "records": .init(.array, isRequired: false), "text": .init(.string, isRequired: false), "derivedFrom": .init(.array, isRequired: false)],
        outputs: ["version": .string, "blob": .string, "byteCount": .number], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let asset = try input.text("asset", byteCountMax: 1_024)
        let origins = try input.strings("derivedFrom").filter { !$0.isEmpty }
        let (bytes, mediaType): ([UInt8], String) =
            switch try input.textOrRecords() {
            case .text(let text): (Array(text.utf8), "text/plain")
            case .records(let records): (Array(Records.write(records, .jsonl).utf8), "application/jsonl")
            }
        let (catalog, label, blob) = (services.catalog, input.label, try services.store.blobs.put(bytes))
        return .done(
            output: ["version": .string(Catalog.versionID(asset: asset, blob: blob)), "blob": .string(blob), "byteCount": .int(bytes.count)],
            effect: { transaction in
                try catalog.addVersion(
                    of: asset, blob: blob, byteCount: bytes.count, mediaType: mediaType, label: label, derivedFrom: origins, madeBy: context.runID, in: transaction)
            })
    }
}
