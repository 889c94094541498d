import Core
import Labels
import Workflows

/// Decides whether a person must look: low routing confidence, no knowledge found, a grade of L4 and above, or a reply in a
/// model's words, which may say what no document says.
struct TriageStep: StepKind {
    let id = "triage"
    let signature = StepSignature(
        inputs: ["grade": .init(.number), "confidence": .init(.number), "best": .init(.number), "urgency": .init(.string), "drafter": .init(.string)],
        outputs: ["needs_person": .boolean, "reasons": .array], clearance: .all, labelRule: .joinsInputs)
    /// Below this, routing is a guess: on the demonstration's requests about half of such routes are wrong.
    static let confidenceMin = 0.2

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        var reasons: [String] = []
        if (input.values["grade"]?.int ?? Grade.core.rawValue) >= Grade.level4.rawValue { reasons.append("high-grade") }
        if (input.values["confidence"]?.double ?? 0) < Self.confidenceMin { reasons.append("low-confidence") }
        if (input.values["best"]?.double ?? 0) <= 0 { reasons.append("no-knowledge") }
        if input.values["urgency"]?.string == Urgency.urgent.rawValue { reasons.append("urgent") }
        if input.values["drafter"]?.string != DraftStep.extractive { reasons.append("model-drafted") }
        return .done(
            output: ["needs_person": .bool(!reasons.isEmpty), "reasons": .array(reasons.map { .string($0) })],
            effect: { try EffectCounter().count(context, in: $0) })
    }
}
