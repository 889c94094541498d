import Core
import Knowledge
import Labels
import Workflows

/// Finds the passages that answer a question, up to L2. What it gives counts as L2 at least, because a passage may be.
struct KnowledgeSearchNode: StepKind {
    let knowledge: KnowledgeBase
    let id = "knowledge-search"
    let signature = StepSignature(
        inputs: ["text": .init(.string), "limit": .init(.number, isRequired: false)], outputs: ["hits": .array, "best": .number, "text": .string],
        clearance: Clearance(upTo: .level2), labelRule: .raises(.level2))

    func leavesNothing(with inputs: Set<String>) -> Bool { true }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let limit = try input.integer("limit", default: 5, in: 1...50)
        let hits = try await knowledge.search(try input.text("text"), clearance: signature.clearance, limit: limit)
        let passages = hits.enumerated().map { "[\($0 + 1)] \($1.title)\n\($1.text)" }
        return .done(
            output: [
                "hits": .array(hits.map { hit in
                    [
                        "document": .string(hit.document), "title": .string(hit.title), "text": .string(hit.text), "score": .double(hit.score),
                        "heading": .string(hit.citation.heading), "page": hit.citation.page.map { .int($0) } ?? .null,
                    ]
                }),
                "best": .double(hits.first?.score ?? 0), "text": .string(passages.joined(separator: "\n\n")),
            ],
            label: hits.map(\.label).joined().joined(input.label).joined(Label(.level2)))
    }
}
