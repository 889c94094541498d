import Core
import Detection

/// Findings between steps: types and places, never a matched value.
extension Finding {
    /// The finding as a step output.
    public var json: JSONValue {
        [
            "type": .string(type.id), "start": .int(start), "end": .int(end), "byteStart": .int(byteStart), "byteEnd": .int(byteEnd),
            "confidence": .double(confidence), "recognizer": .string(recognizer), "reasons": .array(reasons.map { .string($0) }),
        ]
    }

    /// Reads what ``json`` writes; nil when a field is missing.
    public init?(json: JSONValue) {
        guard let type = json["type"]?.string, let start = json["start"]?.int, let end = json["end"]?.int,
            let byteStart = json["byteStart"]?.int, let byteEnd = json["byteEnd"]?.int
        else { return nil }
        self.init(
            type: SensitiveType(id: type), start: start, end: end, byteStart: byteStart, byteEnd: byteEnd,
            confidence: json["confidence"]?.double ?? 0, recognizer: json["recognizer"]?.string ?? "",
            reasons: json["reasons"]?.array?.compactMap(\.string) ?? [])
    }

    /// The findings in a step's `findings` value; a malformed one is a fault, so that nothing goes unprotected.
    public static func list(_ json: JSONValue?) throws -> [Finding] {
        try (json?.array ?? []).map { value in
            guard let finding = Finding(json: value) else { throw Fault(.defect, "a finding in the journal is malformed") }
            return finding
        }
    }
}

/// A finding in a text, or in a field of a record.
struct PlacedFinding: Sendable {
    /// Where it is: the record's number from 0 and the path of the field; nil for a text.
    struct Place: Sendable, Hashable {
        var record: Int
        var field: String
    }
    var place: Place?
    var finding: Finding

    var json: JSONValue {
        var json = finding.json
        guard let place else { return json }
        json["record"] = .int(place.record)
        json["field"] = .string(place.field)
        return json
    }

    init(_ finding: Finding, at place: Place? = nil) { (self.finding, self.place) = (finding, place) }

    /// Findings of an input; a malformed one is a fault.
    static func list(_ json: JSONValue?) throws -> [PlacedFinding] {
        guard let json, json != .null else { return [] }
        guard let elements = json.array else { throw Fault(.nodeInput, "the input findings must be an array", remedy: "bind what detect gives") }
        return try elements.map { element in
            guard let finding = Finding(json: element) else { throw Fault(.nodeInput, "the input findings holds something that is no finding", remedy: "bind what detect gives") }
            let place = element["record"]?.int.flatMap { record in element["field"]?.string.map { Place(record: record, field: $0) } }
            return PlacedFinding(finding, at: place)
        }
    }

    /// Findings by type.
    static func counts(_ findings: [PlacedFinding]) -> JSONValue {
        .object(findings.reduce(into: [String: Int]()) { $0[$1.finding.type.id, default: 0] += 1 }.mapValues { .int($0) })
    }
}
