import Catalog
import Core
import Detection
import Labels
import Nodes
import Protection
import Store
import Workflows

/// Masks the findings: the only step of the hotline that lowers a label. The masked text becomes a version derived from the original.
struct ProtectStep: StepKind {
    let services: HotlineServices
    let id = "hotline-protect"
    let signature = StepSignature(
        inputs: ["request": .init(.string), "text": .init(.string), "version": .init(.string), "findings": .init(.array)],
        outputs: ["text": .string, "replaced": .number], clearance: .all, labelRule: .lowers(to: .level2))

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let findings = try Finding.list(input.values["findings"])
        let request = input.values["request"]?.string ?? context.runID
        let version = input.values["version"]?.string ?? ""
        let masked = try services.protector.protect(input.values["text"]?.string ?? "", findings: findings, label: input.label)
        let (catalog, audit) = (services.catalog, services.audit)
        let bytes = Array(masked.text.utf8)
        let blob = try services.store.blobs.put(bytes)
        return .done(
            output: ["text": .string(masked.text), "replaced": .int(masked.replaced)], label: masked.label,
            effect: { transaction in
                try catalog.addVersion(
                    of: "request/\(request)/masked", blob: blob, byteCount: bytes.count, mediaType: "text/plain", label: masked.label,
                    derivedFrom: [version], madeBy: context.runID, in: transaction)
                try audit.record(
                    AuditEntry(
                        actor: "workflow", action: "protect", subject: request,
                        detail: ["run": .string(context.runID), "replaced": .int(masked.replaced), "from": .string(input.label.description)],
                        label: masked.label),
                    in: transaction)
                try EffectCounter().count(context, in: transaction)
            })
    }
}
