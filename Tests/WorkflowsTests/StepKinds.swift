import Core
import Labels
import Store
import Synchronization

@testable import Workflows

/// A step that does what the test says.
struct ScriptedStep: StepKind {
    let id: String
    let signature: StepSignature
    let body: @Sendable (StepInput, StepContext) async throws -> StepOutcome
    /// Whether it may be tried, by the inputs that a step has.
    var mayBeTried: @Sendable (Set<String>) -> Bool = { _ in false }
    func leavesNothing(with inputs: Set<String>) -> Bool { mayBeTried(inputs) }

    init(
        _ id: String, inputs: [String: StepSignature.Field] = ["text": .init(.string)], outputs: [String: FieldType] = ["text": .string],
        clearance: Clearance = .all, rule: LabelRule = .joinsInputs,
        _ body: @escaping @Sendable (StepInput, StepContext) async throws -> StepOutcome = { input, _ in .done(output: ["text": input.values["text"] ?? ""]) }
    ) {
        self.id = id
        signature = StepSignature(inputs: inputs, outputs: outputs, clearance: clearance, labelRule: rule)
        self.body = body
    }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome { try await body(input, context) }
}

/// The kinds of these tests: `copy` passes its text on, `public` is cleared up to L2, `mask` lowers to L2, `enrich` raises to L4.
enum Kinds {
    static let copy = ScriptedStep("copy")
    static let open = ScriptedStep("public", clearance: Clearance(upTo: .level2))
    static let mask = ScriptedStep("mask", rule: .lowers(to: .level2)) { _, _ in .done(output: ["text": "***"]) }
    static let enrich = ScriptedStep("enrich", rule: .raises(.level4))
    static let number = ScriptedStep("number", outputs: ["value": .number]) { _, _ in .done(output: ["value": 1]) }
    static let all: [any StepKind] = [copy, open, mask, enrich, number]
}

/// Counts effects in the store: how often each step of each run took effect.
struct EffectProbe: Sendable {
    let counts = RecordCollection<Int>("probe")

    func effect(_ context: StepContext) -> @Sendable (Transaction) throws -> Void {
        { transaction in
            let key = context.idempotencyKey
            try transaction.put((try transaction.get(key, in: counts) ?? 0) + 1, as: key, in: counts)
        }
    }

    func all(in store: Store) async throws -> [String: Int] {
        let counts = counts
        return try await store.read { Dictionary(try $0.list(counts, limit: 10_000).map { ($0.key, $0.value) }) { $1 } }
    }
}

extension WorkflowDefinition {
    /// A chain of `count` steps `s0` … of `kind`, each fed by the one before.
    static func chain(_ count: Int, kind: String = "copy") throws -> WorkflowDefinition {
        var yaml = "workflow: chain\ninputs:\n  text: {type: string, grade: L3}\nsteps:\n"
        for index in 0..<count {
            let source = index == 0 ? "input.text" : "s\(index - 1).text"
            yaml += "  - id: s\(index)\n    kind: \(kind)\n    with: {text: \"${\(source)}\"}\n"
        }
        return try WorkflowDefinition(yaml: yaml)
    }
}
