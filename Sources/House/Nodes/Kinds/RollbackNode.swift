import Core
import Labels
import Protection
import Store
import Workflows

/// Makes the version serve again that served before under a name. Two turns, as `deploy`; as the undo of a step it has one.
struct RollbackNode: StepKind {
    let services: NodeServices
    let id = "rollback"
    let signature = StepSignature(inputs: ["name": .init(.string)], outputs: ["version": .string, "previous": .string], clearance: .all, labelRule: .joinsInputs)

    var resource: String? { "deployment" }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let name = try input.text("name", byteCountMax: 200)
        let (versions, deployments) = (ModelVersions(services: services), Deployments(store: services.store))
        if let note = context.notes.last?.value {
            try await versions.settle(name)
            return .done(output: ["version": note["version"] ?? "", "previous": note["previous"] ?? ""])
        }
        guard let current = try await deployments.deployment(name), let serving = current.version, let before = current.previous else { throw Deployments.nothingBefore }
        let (version, audit) = (try await versions.version(before), services.audit)
        let output: [String: JSONValue] = ["version": .string(before), "previous": .string(serving)]
        let record: @Sendable (Transaction) throws -> Void = { transaction in
            try deployments.rollBack(name, from: serving, in: transaction)
            let detail: JSONValue = ["run": .string(context.runID), "version": .string(before), "previous": .string(serving)]
            try audit.record(AuditEntry(actor: "workflow", action: "rollback", subject: name, detail: detail), in: transaction)
        }
        if context.isUndo {
            try await versions.serve(version, as: name)
            return .done(output: output, effect: record)
        }
        try await versions.check(version, as: name)
        return .again(StepTurn(note: .object(output), label: input.label, effect: record))
    }
}
