import Core
import Detection
import Labels
import Nodes
import Protection
import Workflows

/// Grades a request by every loaded standard and keeps the result in the register of graded subjects.
struct GradeStep: StepKind {
    let services: HotlineServices
    let id = "hotline-grade"
    let signature = StepSignature(
        inputs: ["request": .init(.string), "findings": .init(.array)],
        outputs: ["grade": .number, "label": .string, "results": .array], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let findings = try Finding.list(input.values["findings"])
        let graded = services.grader.grade(findings)
        let subject = GradedSubject(
            subject: input.values["request"]?.string ?? context.runID, run: context.runID, label: graded.label, results: graded.results,
            counts: findings.reduce(into: [:]) { $0[$1.type.id, default: 0] += 1 }, gradedAt: context.now)
        let (register, audit) = (services.register, services.audit)
        return .done(
            output: [
                "grade": .int(graded.label.grade.rawValue), "label": .string(graded.label.description),
                "results": .array(graded.results.map { result in
                    [
                        "standard": .string(result.standard), "level": .string(result.level), "clause": .string(result.clause),
                        "confirmed": .bool(result.confirmed),
                    ]
                }),
            ],
            effect: { transaction in
                try register.record(subject, in: transaction)
                try audit.record(
                    AuditEntry(
                        actor: "workflow", action: "grade", subject: subject.subject,
                        detail: ["run": .string(context.runID), "findings": .int(findings.count)], label: graded.label),
                    in: transaction)
                try EffectCounter().count(context, in: transaction)
            })
    }
}
