import Catalog
import Core
import Labels
import Protection
import Workflows

/// Gives a model version a serving name if its metric holds; the version before stays known, so that `rollback` can go back to it. Below the least nothing changes. An adapter answers under the name, MODEL:NAME, from then on.
///
/// Two turns: the first writes the record, which takes turns with those of other runs, and the second makes what answers follow it. Whatever order they come in, the version that was recorded last answers in the end.
struct DeployNode: StepKind {
    let services: NodeServices
    let id = "deploy"
    let signature = StepSignature(
        inputs: ["model": .init(.string), "name": .init(.string), "metric": .init(.number), "least": .init(.number)],
        outputs: ["deployed": .boolean, "version": .string, "previous": .string], clearance: .all, labelRule: .joinsInputs)

    /// One at a time changes what answers.
    var resource: String? { "deployment" }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let name = try input.text("name", byteCountMax: 200)
        let (metric, least) = (try input.number("metric", in: -1e9...1e9), try input.number("least", in: -1e9...1e9))
        let (versions, deployments) = (ModelVersions(services: services), Deployments(store: services.store))
        let version = try await versions.version(try input.text("model", byteCountMax: 2_048))
        func deployed(before: String?) -> StepOutcome { .done(output: ["deployed": true, "version": .string(version.id), "previous": .string(before ?? "")]) }
        if let note = context.notes.last {
            try await versions.settle(name)
            return deployed(before: try await deployments.deployment(name)?.before(version.id) ?? note.value.string)
        }
        let current = try await deployments.deployment(name)
        guard metric >= least else {
            return .done(output: ["deployed": false, "version": .string(current?.version ?? ""), "previous": .string(current?.previous ?? "")])
        }
        // What cannot answer is not recorded.
        try await versions.check(version, as: name)
        let previous = current?.version == version.id ? current?.previous : current?.version
        let (audit, label) = (services.audit, version.label)
        return .again(
            StepTurn(note: .string(previous ?? ""), label: input.label) { transaction in
                let before = try deployments.deploy(version.id, as: name, at: context.now, run: context.runID, in: transaction)
                let detail: JSONValue = ["run": .string(context.runID), "version": .string(version.id), "previous": before.map { .string($0) } ?? .null]
                try audit.record(AuditEntry(actor: "workflow", action: "deploy", subject: name, detail: detail, label: label), in: transaction)
            })
    }
}
