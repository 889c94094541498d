import Core
import Labels
import Protection
import Workflows

/// Closes a request: the reply is recorded, and the audit log says so.
struct CloseStep: StepKind {
    let services: HotlineServices
    let id = "close"
    let signature = StepSignature(
        inputs: ["request": .init(.string), "reply": .init(.string), "department": .init(.string)],
        outputs: ["closed": .boolean], clearance: Clearance(upTo: .level4), labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let request = input.values["request"]?.string ?? context.runID
        let department = input.values["department"] ?? .null
        let audit = services.audit
        return .done(
            output: ["closed": true],
            effect: { transaction in
                try audit.record(
                    AuditEntry(
                        actor: "workflow", action: "close", subject: request,
                        detail: ["run": .string(context.runID), "department": department], label: input.label),
                    in: transaction)
                try EffectCounter().count(context, in: transaction)
            })
    }
}
