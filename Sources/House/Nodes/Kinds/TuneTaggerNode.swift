import Catalog
import Core
import Labels
import Store
import Tuning
import Workflows

/// Trains a quick tagger from labeled records; the model becomes a version under the label of what it learned from. The same records and seed give the same bytes, so a second attempt gives the same version.
struct TuneTaggerNode: StepKind {
    let services: NodeServices
    let id = "tune-tagger"
    let signature = StepSignature(
        inputs: [
            "records": .init(.array), "asset": .init(.string), "epochs": .init(.number, isRequired: false), "seed": .init(.number, isRequired: false), "derivedFrom": .init(.array, isRequired: false),
        ],
        outputs: ["version": .string, "blob": .string, "types": .array, "count": .number], clearance: .all, labelRule: .joinsInputs)
    /// More features are for data of a size that steps do not carry.
    static let featureCount = 16_384

    /// Training takes a whole core.
    var resource: String? { "training" }
    var beats: Bool { true }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let asset = try input.text("asset", byteCountMax: 1_024)
        let texts = try ModelVersions.texts(try input.records("records"), input: "records")
        let (epochs, seed) = (try input.integer("epochs", default: 6, in: 1...100), try input.integer("seed", default: 1, in: 0...Int(Int32.max)))
        let types = Set(texts.flatMap(\.spans).map(\.type)).sorted()
        let plan = QuickTrainer.Plan(epochs: epochs, seed: UInt64(seed), features: Self.featureCount, countMin: texts.count < 1_000 ? 1 : 3)
        var trainer = try QuickTrainer(texts, types: types, plan: plan)
        while !trainer.isFinished {
            if trainer.step % 256 == 0 {
                try Task.checkCancellation()
                context.progress(trainer.step, of: trainer.stepCount, "steps of training")
                // Training is long, and other runs want the thread too.
                await Task.yield()
            }
            trainer.next()
        }
        let bytes = try ModelVersions(services: services).bytes(of: trainer.tagger, key: context.idempotencyKey)
        let (blob, catalog, label) = (try services.store.blobs.put(bytes), services.catalog, input.label)
        let origins = try input.strings("derivedFrom").filter { !$0.isEmpty }
        return .done(
            output: [
                "version": .string(Catalog.versionID(asset: asset, blob: blob)), "blob": .string(blob), "types": .array(types.map { .string($0) }), "count": .int(texts.count),
            ],
            effect: { transaction in
                try catalog.addVersion(
                    of: asset, blob: blob, byteCount: bytes.count, mediaType: ModelVersions.taggerType, label: label, derivedFrom: origins, madeBy: context.runID, in: transaction)
            })
    }
}
