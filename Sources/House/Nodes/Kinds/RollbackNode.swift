import Core
import Labels
import Protection
import Workflows

/// Makes the version serve again that served before under a name.
struct RollbackNode: StepKind {
    let services: NodeServices
    let id = "rollback"
    let signature = StepSignature(inputs: ["name": .init(.string)], outputs: ["version": .string, "previous": .string], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let name = try input.text("name", byteCountMax: 200)
        let deployments = Deployments(store: services.store)
        guard let current = try await deployments.deployment(name), let serving = current.version, let before = current.previous else { throw Deployments.nothingBefore }
        let versions = ModelVersions(services: services)
        try await versions.serve(try await versions.version(before), as: name)
        let audit = services.audit
        return .done(
            output: ["version": .string(before), "previous": .string(serving)],
            effect: { transaction in
                try deployments.rollBack(name, from: serving, in: transaction)
                let detail: JSONValue = ["run": .string(context.runID), "version": .string(before), "previous": .string(serving)]
                try audit.record(AuditEntry(actor: "workflow", action: "rollback", subject: name, detail: detail), in: transaction)
            })
    }
}
