import Core
import Labels
import Workflows

/// Chooses the department and the urgency of a request. Sees masked text only.
struct RouteStep: StepKind {
    let services: HotlineServices
    let id = "route"
    let signature = StepSignature(
        inputs: ["text": .init(.string), "hits": .init(.array)],
        outputs: ["department": .string, "name": .string, "confidence": .number, "urgency": .string],
        clearance: Clearance(upTo: .level2), labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let text = input.values["text"]?.string ?? ""
        let hits = (input.values["hits"]?.array ?? []).compactMap { hit in
            hit["document"]?.string.map { (document: $0, score: hit["score"]?.double ?? 0) }
        }
        let route = services.router.route(text, hits: hits)
        return .done(
            output: [
                "department": .string(route.department.id), "name": .string(route.department.name), "confidence": .double(route.confidence),
                "urgency": .string(Urgency(of: text).rawValue),
            ],
            effect: { try EffectCounter().count(context, in: $0) })
    }
}
