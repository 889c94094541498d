import Core
import Knowledge
import Labels
import Workflows

/// Ingests a folder of documents. Unchanged files are skipped, so the step may be repeated at no cost.
struct IngestStep: StepKind {
    let knowledge: KnowledgeBase
    let id = "ingest-folder"
    let signature = StepSignature(
        inputs: ["directory": .init(.string)],
        outputs: ["ingested": .number, "unchanged": .number, "failed": .number], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let report = try await knowledge.ingest(directory: input.values["directory"]?.string ?? "", label: .bottom, progress: nil)
        return .done(
            output: ["ingested": .int(report.added + report.replaced), "unchanged": .int(report.unchanged), "failed": .int(report.failed)],
            effect: { try EffectCounter().count(context, in: $0) })
    }
}
