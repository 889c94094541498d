import Catalog
import Core
import Labels
import Store
import Workflows

/// Takes a model that was trained on this command line, a text classifier or a quick tagger, in as a version, so that steps can measure and attack it. What it learned from is not known here: it counts as grave as data that come in.
struct ModelImportNode: StepKind {
    let services: NodeServices
    let id = "model-import"
    let signature = StepSignature(
        inputs: ["path": .init(.string), "asset": .init(.string, isRequired: false)], outputs: ["version": .string, "blob": .string, "mediaType": .string], clearance: .all, labelRule: .raises(.level4))
    /// A classifier of the usual size has 8 MiB.
    static let byteCountMax = 64 << 20

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let name = try input.text("path", byteCountMax: 1_024), asset = try input.optionalText("asset", byteCountMax: 1_024) ?? "models/\(name)"
        let bytes = try NodeRoot.read(try NodeRoot(services.settings.importRoot, "import from").resolve(name), byteCountMax: Self.byteCountMax)
        let type = try ModelVersions(services: services).mediaType(of: bytes, key: context.idempotencyKey)
        let (blob, catalog, label) = (try services.store.blobs.put(bytes), services.catalog, Label(max(.level4, input.label.grade), input.label.categories))
        return .done(
            output: ["version": .string(Catalog.versionID(asset: asset, blob: blob)), "blob": .string(blob), "mediaType": .string(type)],
            effect: { try catalog.addVersion(of: asset, blob: blob, byteCount: bytes.count, mediaType: type, label: label, madeBy: context.runID, in: $0) })
    }
}
