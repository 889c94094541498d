import Core
import Labels
import Workflows

/// Holds records against rules that are data themselves; problems name row, field and rule. With a subject the share that holds is a reading.
///
/// ```yaml
/// rules:
///   - {field: age, required: true, type: integer, min: 0, max: 130}
///   - {field: number, pattern: "[A-Z]{2}[0-9]{6}", unique: true}
/// ```
struct DataValidateNode: StepKind {
    let id = "data-validate"
    var isRepeatable: Bool { true }
    let signature = StepSignature(
        inputs: ["records": .init(.array), "rules": .init(.array), "subject": .init(.string, isRequired: false)],
        outputs: ["valid": .array, "invalid": .array, "validCount": .number, "invalidCount": .number, "share": .number, "problems": .array], clearance: .all, labelRule: .joinsInputs)
    static let problemCountMax = 1_000

    // With a subject others are told of the result.
    func leavesNothing(with inputs: Set<String>) -> Bool { !inputs.contains("subject") }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let records = try input.records("records")
        let rules = try DataRule.list(input.values["rules"])
        var failing = [Bool](repeating: false, count: records.count)
        var problems: [JSONValue] = []
        for rule in rules {
            try Task.checkCancellation()
            for (row, what) in rule.problems(in: records) {
                failing[row] = true
                if problems.count < Self.problemCountMax { problems.append(["row": .int(row), "field": .string(rule.field), "rule": .string(what)]) }
            }
        }
        let (valid, invalid) = (zip(records, failing).filter { !$1 }.map(\.0), zip(records, failing).filter { $1 }.map(\.0))
        let (subject, share) = (try input.optionalText("subject", byteCountMax: 200), records.isEmpty ? 1 : Double(valid.count) / Double(records.count))
        return .done(
            output: [
                "valid": .array(valid), "invalid": .array(invalid), "validCount": .int(valid.count), "invalidCount": .int(invalid.count),
                "share": .double(share), "problems": .array(problems),
            ],
            effect: NodeReadings.effect([("share", share)], of: subject, label: input.label, in: context))
    }
}
