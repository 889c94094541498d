import Core
import Labels
import Workflows

/// Asks a person to approve or return a reply. The person sees the masked text.
struct ReviewStep: StepKind {
    let id = "review"
    let signature = StepSignature(
        inputs: ["request": .init(.string), "text": .init(.string), "reply": .init(.string), "department": .init(.string), "reasons": .init(.array)],
        outputs: ["choice": .string, "comment": .string], clearance: Clearance(upTo: .level4), labelRule: .joinsInputs)
    /// The reasons of `triage` for people.
    private static let reasons = [
        "high-grade": "高敏感级别 (high grade)", "low-confidence": "分派把握不足 (low confidence)", "no-knowledge": "未检索到依据 (no knowledge)", "urgent": "紧急 (urgent)",
        "model-drafted": "由模型起草 (drafted by a model)",
    ]
    static let choices = ["approve", "return"]

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        var values = input.values
        values["reasons"] = .array((input.values["reasons"]?.array ?? []).map { .string(Self.reasons[$0.string ?? ""] ?? $0.string ?? "") })
        let shown = values
        func field(_ key: String, _ zh: String, _ en: String) -> JSONValue { ["zh": .string(zh), "en": .string(en), "value": shown[key] ?? .null] }
        var task = HumanTaskRequest(
            title: "审核答复 Review reply \(input.values["request"]?.string ?? "")",
            body: [
                field("text", "诉求（已脱敏）", "Request (masked)"), field("reply", "答复草稿", "Draft reply"), field("department", "承办部门", "Department"),
                field("reasons", "送审原因", "Why a person"), field("request", "受理号", "Number"),
            ], choices: Self.choices, label: input.label)
        // What is shown is masked; its label is as high as what led to asking, and one person at the desk decides.
        task.approvals = 1
        return .person(task)
    }
}
