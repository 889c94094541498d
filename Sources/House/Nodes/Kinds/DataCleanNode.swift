import Core
import Labels
import Workflows

/// Cleans records: blanks around texts, full-width letters and digits, rows of nothing, rows that are there twice. Numbers of what was done come with them.
struct DataCleanNode: StepKind {
    let id = "data-clean"
    var isRepeatable: Bool { true }
    let signature = StepSignature(
        inputs: [
            "records": .init(.array), "trim": .init(.boolean, isRequired: false), "fullWidth": .init(.boolean, isRequired: false), "duplicates": .init(.boolean, isRequired: false),
            "empty": .init(.boolean, isRequired: false),
        ],
        outputs: ["records": .array, "count": .number, "removed": .number, "changed": .number, "report": .object], clearance: .all, labelRule: .joinsInputs)

    func leavesNothing(with inputs: Set<String>) -> Bool { true }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let (trims, narrows) = (try input.flag("trim", default: true), try input.flag("fullWidth", default: true))
        let (dropsDuplicates, dropsEmpty) = (try input.flag("duplicates", default: true), try input.flag("empty", default: true))
        let records = try input.records("records")
        var (kept, seen, counts) = ([JSONValue](), Set<String>(), ["changed": 0, "duplicates": 0, "empty": 0])
        for record in records {
            let clean = RecordWalk.map(record) { _, text in Self.clean(text, trims: trims, narrows: narrows) }
            if clean != record { counts["changed", default: 0] += 1 }
            if dropsEmpty, Self.isEmpty(clean) {
                counts["empty", default: 0] += 1
            } else if dropsDuplicates, !seen.insert(clean.text).inserted {
                counts["duplicates", default: 0] += 1
            } else {
                kept.append(clean)
            }
        }
        return .done(
            output: [
                "records": .array(kept), "count": .int(kept.count), "removed": .int(records.count - kept.count), "changed": .int(counts["changed"] ?? 0),
                "report": .object(counts.mapValues { .int($0) }),
            ])
    }

    /// The text without blanks around it and in half-width letters and digits; nil when nothing changes, so that numbers stay numbers.
    static func clean(_ text: String, trims: Bool, narrows: Bool) -> String? {
        var scalars = Array(text.unicodeScalars)
        if narrows { scalars = scalars.map(narrow) }
        if trims {
            let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}" }
            scalars = Array(scalars.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return Array(text.unicodeScalars) == scalars ? nil : String(view)
    }

    /// Letters, digits and the signs of numbers and addresses; Chinese punctuation is full-width by right and stays.
    private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x3000: " "
        case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF20, 0xFF0B, 0xFF0D...0xFF0F, 0xFF3F: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        default: scalar
        }
    }

    private static func isEmpty(_ value: JSONValue) -> Bool {
        switch value {
        case .null: true
        case .string(let text): text.allSatisfy(\.isWhitespace)
        case .array(let elements): elements.allSatisfy(isEmpty)
        case .object(let members): members.values.allSatisfy(isEmpty)
        case .bool, .int, .double: false
        }
    }
}
