import Core
import Labels
import Workflows

/// Splits records by chance from a seed; records that say the same go to the same part, so that nothing that is measured was also learned.
struct DataSplitNode: StepKind {
    let id = "data-split"
    var isRepeatable: Bool { true }
    let signature = StepSignature(
        inputs: ["records": .init(.array), "share": .init(.number, isRequired: false), "seed": .init(.number, isRequired: false)],
        outputs: ["training": .array, "heldOut": .array, "trainingCount": .number, "heldOutCount": .number], clearance: .all, labelRule: .joinsInputs)

    func leavesNothing(with inputs: Set<String>) -> Bool { true }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let records = try input.records("records")
        let share = try input.number("share", default: 0.2, in: 0...0.9)
        var random = SeededRandom(seed: UInt64(try input.integer("seed", default: 1, in: 0...Int(Int32.max))))
        let texts = records.map(\.text)
        var seen: Set<String> = []
        let distinct = texts.filter { seen.insert($0).inserted }
        let wanted = share > 0 ? max(1, Int((Double(distinct.count) * share).rounded())) : 0
        let chosen = Set(distinct.shuffled(using: &random).prefix(min(max(0, distinct.count - 1), wanted)))
        let parts = zip(records, texts).map { (record: $0, isHeldOut: chosen.contains($1)) }
        let (training, heldOut) = (parts.filter { !$0.isHeldOut }.map(\.record), parts.filter(\.isHeldOut).map(\.record))
        return .done(output: ["training": .array(training), "heldOut": .array(heldOut), "trainingCount": .int(training.count), "heldOutCount": .int(heldOut.count)])
    }
}
