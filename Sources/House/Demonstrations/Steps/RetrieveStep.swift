import Core
import Knowledge
import Labels
import Workflows

/// Finds the passages of the knowledge folder that answer a request. Sees masked text only.
struct RetrieveStep: StepKind {
    let services: HotlineServices
    let id = "retrieve"
    let signature = StepSignature(
        inputs: ["text": .init(.string)], outputs: ["hits": .array, "best": .number], clearance: Clearance(upTo: .level2),
        labelRule: .joinsInputs)
    static let hitCountMax = 5

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let hits = try await services.knowledge.search(
            input.values["text"]?.string ?? "", clearance: signature.clearance, limit: Self.hitCountMax)
        return .done(
            output: [
                "hits": .array(hits.map { hit in
                    [
                        "document": .string(hit.document), "title": .string(hit.title), "text": .string(hit.text), "score": .double(hit.score),
                        "heading": .string(hit.citation.heading), "page": hit.citation.page.map { .int($0) } ?? .null,
                    ]
                }),
                "best": .double(hits.first?.score ?? 0),
            ],
            label: hits.map(\.label).joined().joined(input.label),
            effect: { try EffectCounter().count(context, in: $0) })
    }
}
