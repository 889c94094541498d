import Core
import Detection
import Labels
import Workflows

/// Finds sensitive spans. Its output holds types and offsets, never a matched value.
struct DetectStep: StepKind {
    let services: HotlineServices
    let id = "detect"
    let signature = StepSignature(
        inputs: ["text": .init(.string)], outputs: ["findings": .array, "count": .number], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let detection = try services.detector.detect(input.values["text"]?.string ?? "")
        return .done(
            output: ["findings": .array(detection.findings.map(\.json)), "count": .int(detection.findings.count)],
            effect: { try EffectCounter().count(context, in: $0) })
    }
}

extension Finding {
    /// The finding as a step output.
    var json: JSONValue {
        [
            "type": .string(type.id), "start": .int(start), "end": .int(end), "byteStart": .int(byteStart), "byteEnd": .int(byteEnd),
            "confidence": .double(confidence), "recognizer": .string(recognizer), "reasons": .array(reasons.map { .string($0) }),
        ]
    }

    /// Reads what ``json`` writes; nil when a field is missing.
    init?(json: JSONValue) {
        guard let type = json["type"]?.string, let start = json["start"]?.int, let end = json["end"]?.int,
            let byteStart = json["byteStart"]?.int, let byteEnd = json["byteEnd"]?.int
        else { return nil }
        self.init(
            type: SensitiveType(id: type), start: start, end: end, byteStart: byteStart, byteEnd: byteEnd,
            confidence: json["confidence"]?.double ?? 0, recognizer: json["recognizer"]?.string ?? "",
            reasons: json["reasons"]?.array?.compactMap(\.string) ?? [])
    }

    /// The findings in a step's `findings` value; a malformed one is a fault, so that nothing goes unprotected.
    static func list(_ json: JSONValue?) throws -> [Finding] {
        try (json?.array ?? []).map { value in
            guard let finding = Finding(json: value) else { throw Fault(.defect, "a finding in the journal is malformed") }
            return finding
        }
    }
}
