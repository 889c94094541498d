import Core
import Workflows

/// A kind of the catalog in the hotline: the same, and the commit of its effect is counted like those of the hotline's own steps.
struct CountedStep: StepKind {
    private let kind: any StepKind
    var id: String { kind.id }
    var signature: StepSignature { kind.signature }
    var beats: Bool { kind.beats }
    var isRepeatable: Bool { kind.isRepeatable }
    func leavesNothing(with inputs: Set<String>) -> Bool { kind.leavesNothing(with: inputs) }

    init(_ kind: any StepKind) { self.kind = kind }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        guard case .done(let output, let label, let effect, let usage) = try await kind.run(input, in: context) else {
            throw Fault(.defect, "step \(context.stepID): only kinds that end at once are counted")
        }
        return .done(
            output: output, label: label,
            effect: { transaction in
                try effect?(transaction)
                try EffectCounter().count(context, in: transaction)
            }, usage: usage)
    }
}
