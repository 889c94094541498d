import Catalog
import Core
import Labels
import Store
import Workflows

/// Fine-tunes a language model of this machine on records of conversations (`{messages: [{role, content}]}`, and whatever else `banyan tune lora` reads); the adapter becomes a version under the label of what it learned from. Cut off, it goes on from where it was kept.
struct TuneLoraNode: StepKind {
    let services: NodeServices
    let id = "tune-lora"
    let signature = StepSignature(
        inputs: [
            "records": .init(.array), "asset": .init(.string), "base": .init(.string, isRequired: false), "epochs": .init(.number, isRequired: false), "batch": .init(.number, isRequired: false),
            "rank": .init(.number, isRequired: false), "context": .init(.number, isRequired: false), "rate": .init(.number, isRequired: false), "heldOut": .init(.number, isRequired: false),
            "seed": .init(.number, isRequired: false), "derivedFrom": .init(.array, isRequired: false),
        ],
        outputs: ["version": .string, "blob": .string, "base": .string, "count": .number, "tokens": .number, "score": .number, "perplexity": .number], clearance: .all, labelRule: .joinsInputs)

    /// Training takes whole cores.
    var resource: String? { "training" }
    var beats: Bool { true }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let asset = try input.text("asset", byteCountMax: 1_024)
        let records = try input.records("records")
        guard !records.isEmpty else { throw Fault(.nodeInput, "the input records is empty: nothing can be learned from it", remedy: "give conversations") }
        let request = AdapterRequest(
            data: records.flatMap { Array($0.text.utf8) + [10] }, base: try input.optionalText("base", byteCountMax: 400), epochs: try input.integer("epochs", default: 3, in: 1...1_000), batchCount: try input.integer("batch", default: 8, in: 1...1_024),
            rank: try input.integer("rank", default: 8, in: 1...1_024), context: try input.integer("context", default: 1_024, in: 2...131_072), rate: try input.number("rate", default: 2e-4, in: 1e-8...1),
            heldOut: try input.number("heldOut", default: 0.1, in: 0.001...0.9), seed: UInt64(try input.integer("seed", default: 1, in: 0...Int(Int32.max))))
        let origins = try input.strings("derivedFrom").filter { !$0.isEmpty }
        guard let maker = services.settings.adapterMaker else { throw Fault(.nodeUnavailable, "no language model can be fine-tuned here", remedy: "import one with `banyan model import`") }
        let key = NodeRoot.mark(context.idempotencyKey)
        // What is kept of the training is of use as long as this is there.
        try await context.keep(["training": .string(key)])
        try await maker.forgetEnded(in: services.store)
        let made = try await maker.make(request, key: key) { context.progress($0, of: $1, "steps of training") }
        let (blob, catalog, label) = (try services.store.blobs.put(made.bytes), services.catalog, input.label)
        let perplexity = made.score > 0 ? 1 / made.score : .greatestFiniteMagnitude
        return .done(
            output: [
                "version": .string(Catalog.versionID(asset: asset, blob: blob)), "blob": .string(blob), "base": .string(made.base), "count": .int(made.rowCount), "tokens": .int(made.tokenCount), "score": .double(made.score),
                "perplexity": .double(perplexity),
            ],
            effect: { transaction in
                try catalog.addVersion(
                    of: asset, blob: blob, byteCount: made.bytes.count, mediaType: ModelVersions.adapterType, label: label, derivedFrom: origins, madeBy: context.runID, in: transaction)
                try Readings.record("perplexity", of: asset, value: perplexity, label: label, at: context.now, run: context.runID, in: transaction)
                // Not before: if this is not committed, the next attempt goes on from it.
                transaction.afterCommit(made.discard)
            })
    }
}
