import Catalog
import Core
import Labels
import Protection
import Workflows

/// Gives a model version a serving name if its metric holds; the version before stays known, so that `rollback` can go back to it. Below the least nothing changes. An adapter answers under the name, MODEL:NAME, from then on.
struct DeployNode: StepKind {
    let services: NodeServices
    let id = "deploy"
    let signature = StepSignature(
        inputs: ["model": .init(.string), "name": .init(.string), "metric": .init(.number), "least": .init(.number)],
        outputs: ["deployed": .boolean, "version": .string, "previous": .string], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let name = try input.text("name", byteCountMax: 200)
        let (metric, least) = (try input.number("metric", in: -1e9...1e9), try input.number("least", in: -1e9...1e9))
        let versions = ModelVersions(services: services)
        let version = try await versions.version(try input.text("model", byteCountMax: 2_048))
        let deployments = Deployments(store: services.store)
        let current = try await deployments.deployment(name)
        guard metric >= least else {
            return .done(output: ["deployed": false, "version": .string(current?.version ?? ""), "previous": .string(current?.previous ?? "")])
        }
        // Before the record of it: cut off in between, the next attempt does it again, to the same end.
        try await versions.serve(version, as: name)
        let serving = current?.version
        let previous = serving == version.id ? current?.previous : serving
        let (audit, label) = (services.audit, version.label)
        return .done(
            output: ["deployed": true, "version": .string(version.id), "previous": .string(previous ?? "")],
            effect: { transaction in
                try deployments.deploy(version.id, as: name, after: serving, at: context.now, run: context.runID, in: transaction)
                let detail: JSONValue = ["run": .string(context.runID), "version": .string(version.id), "previous": previous.map { .string($0) } ?? .null]
                try audit.record(AuditEntry(actor: "workflow", action: "deploy", subject: name, detail: detail, label: label), in: transaction)
            })
    }
}
