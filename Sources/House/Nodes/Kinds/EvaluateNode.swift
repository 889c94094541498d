import Catalog
import Core
import Labels
import Tuning
import Workflows

/// Measures a model version on labeled records: precision, recall and F1 of exact spans. They are readings of the model's asset.
struct EvaluateNode: StepKind {
    let services: NodeServices
    let id = "evaluate"
    var isRepeatable: Bool { true }
    let signature = StepSignature(
        inputs: ["model": .init(.string), "records": .init(.array)],
        outputs: ["f1": .number, "precision": .number, "recall": .number, "byType": .object, "count": .number], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let versions = ModelVersions(services: services)
        let version = try await versions.version(try input.text("model", byteCountMax: 2_048))
        // The static check follows the grade of the binding; a version named by hand may be graver than its name.
        guard version.label.grade <= input.label.grade else {
            throw Fault(.nodeLabel, "the model version is \(version.label), and what names it is \(input.label)", remedy: "bind the step that made the version, or give records of that grade")
        }
        let texts = try ModelVersions.texts(try input.records("records"), input: "records")
        guard !texts.isEmpty else { throw Fault(.nodeInput, "the input records is empty: nothing can be measured with it", remedy: "hold more out") }
        let scores = try versions.tagger(version, key: context.idempotencyKey).spanScores(texts)
        return .done(
            output: [
                "f1": .double(scores.all.f1), "precision": .double(scores.all.precision), "recall": .double(scores.all.recall), "byType": scores.json["types"] ?? [:], "count": .int(texts.count),
            ],
            label: version.label.joined(input.label),
            effect: NodeReadings.effect(
                [("f1", scores.all.f1), ("precision", scores.all.precision), ("recall", scores.all.recall)], of: version.asset, label: version.label.joined(input.label), in: context))
    }
}
