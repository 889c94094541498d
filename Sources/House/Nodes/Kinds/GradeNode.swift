import Core
import Detection
import Labels
import Protection
import Workflows

/// Grades findings by every loaded standard. With a subject the result goes into the register of graded subjects, and the audit log says so.
struct GradeNode: StepKind {
    let services: NodeServices
    let id = "grade"
    var isRepeatable: Bool { true }
    let signature = StepSignature(
        inputs: ["findings": .init(.array), "subject": .init(.string, isRequired: false)],
        outputs: ["grade": .number, "label": .string, "results": .array, "counts": .object], clearance: .all, labelRule: .joinsInputs)

    // With a subject others are told of the result.
    func leavesNothing(with inputs: Set<String>) -> Bool { !inputs.contains("subject") }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        guard input.values["findings"]?.array != nil else { throw Fault(.nodeInput, "the input findings must be an array", remedy: "bind what detect gives") }
        let findings = try PlacedFinding.list(input.values["findings"])
        let graded = services.grader.grade(findings.map(\.finding))
        let subject = try input.optionalText("subject", byteCountMax: 1_024).map { name in
            GradedSubject(
                subject: name, run: context.runID, label: graded.label, results: graded.results, counts: findings.reduce(into: [:]) { $0[$1.finding.type.id, default: 0] += 1 }, gradedAt: context.now)
        }
        let (register, audit) = (services.register, services.audit)
        return .done(
            output: [
                "grade": .int(graded.label.grade.rawValue), "label": .string(graded.label.description),
                "results": .array(graded.results.map { result in
                    ["standard": .string(result.standard), "level": .string(result.level), "clause": .string(result.clause), "confirmed": .bool(result.confirmed)]
                }), "counts": PlacedFinding.counts(findings),
            ],
            effect: { transaction in
                guard let subject else { return }
                try register.record(subject, in: transaction)
                let detail: JSONValue = ["run": .string(context.runID), "findings": .int(findings.count)]
                try audit.record(AuditEntry(actor: "workflow", action: "grade", subject: subject.subject, detail: detail, label: graded.label), in: transaction)
            })
    }
}
