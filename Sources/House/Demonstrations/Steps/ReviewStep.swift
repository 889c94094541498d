import Core
import Labels
import Workflows

/// Asks a person to approve or return a reply. The person sees the masked text.
struct ReviewStep: StepKind {
    let id = "review"
    let signature = StepSignature(
        inputs: ["request": .init(.string), "text": .init(.string), "reply": .init(.string), "department": .init(.string), "reasons": .init(.array)],
        outputs: ["choice": .string, "comment": .string], clearance: Clearance(upTo: .level4), labelRule: .joinsInputs)
    static let choices = ["approve", "return"]

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        .person(
            HumanTaskRequest(
                title: "审核答复 Review reply \(input.values["request"]?.string ?? "")",
                body: .object(input.values), choices: Self.choices, label: input.label))
    }
}
