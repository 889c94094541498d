import Core
import Detection

/// Walks over every text and number of records, whatever they are nested in; a field's path is its keys and places joined by dots.
enum RecordWalk {
    /// Calls `visit` for each text and number, in the order of keys.
    static func each(_ record: JSONValue, _ visit: (_ field: String, _ text: String) throws -> Void) rethrows {
        _ = try map(record) { field, text in
            try visit(field, text)
            return nil
        }
    }

    /// The record with what `change` gives for each text and number; nil leaves it as it is.
    static func map(_ record: JSONValue, path: String = "", _ change: (_ field: String, _ text: String) throws -> String?) rethrows -> JSONValue {
        switch record {
        case .object(let members):
            var changed = members
            for (key, value) in members.sorted(by: { $0.key < $1.key }) { changed[key] = try map(value, path: path.isEmpty ? key : "\(path).\(key)", change) }
            return .object(changed)
        case .array(let elements):
            return .array(try elements.enumerated().map { try map($1, path: path.isEmpty ? "\($0)" : "\(path).\($0)", change) })
        case .string(let text): return try change(path, text).map { .string($0) } ?? record
        case .int, .double: return try change(path, record.text).map { .string($0) } ?? record
        case .null, .bool: return record
        }
    }

    /// Every key of a record, at any depth.
    static func keys(_ record: JSONValue) -> Set<String> {
        switch record {
        case .object(let members): members.reduce(into: Set(members.keys)) { $0.formUnion(keys($1.value)) }
        case .array(let elements): elements.reduce(into: Set()) { $0.formUnion(keys($1)) }
        default: []
        }
    }
}

/// Finds sensitive data in texts and records. A field's name stands before its value while the detector looks, because a column's title is what tells a number from an identity number.
struct RecordDetector: Sendable {
    let detector: Detector

    func findings(in input: TextOrRecords) throws -> [PlacedFinding] {
        switch input {
        case .text(let text): return try detector.detect(text).findings.map { PlacedFinding($0) }
        case .records(let records):
            var found: [PlacedFinding] = []
            for (number, record) in records.enumerated() {
                try Task.checkCancellation()
                try RecordWalk.each(record) { field, text in
                    found += try findings(in: text, field: field).map { PlacedFinding($0, at: .init(record: number, field: field)) }
                }
            }
            return found
        }
    }

    /// Findings of a value, with places in the value itself.
    func findings(in text: String, field: String) throws -> [Finding] {
        guard !text.isEmpty else { return [] }
        let title = (field.split(separator: ".").last { Int($0) == nil }.map(String.init) ?? "") + "："
        let (scalars, bytes) = (title.unicodeScalars.count, title.utf8.count)
        return try detector.detect(title + text).findings.compactMap { finding in
            guard finding.end > scalars else { return nil }
            return Finding(
                type: finding.type, start: max(0, finding.start - scalars), end: finding.end - scalars, byteStart: max(0, finding.byteStart - bytes), byteEnd: finding.byteEnd - bytes,
                confidence: finding.confidence, recognizer: finding.recognizer, reasons: finding.reasons)
        }
    }

    /// Whether a name of a field is itself sensitive: data that stand in keys cannot be masked without changing what the records are.
    func hasSensitiveNames(_ records: [JSONValue]) throws -> Bool {
        let names = records.reduce(into: Set<String>()) { $0.formUnion(RecordWalk.keys($1)) }
        return try names.contains { !(try detector.detect($0).findings.isEmpty) }
    }

    /// Findings of which no two overlap: those that do become one, of the type of the longest.
    static func merged(_ findings: [Finding]) -> [Finding] {
        findings.sorted { ($0.start, -$0.end) < ($1.start, -$1.end) }.reduce(into: [Finding]()) { merged, next in
            guard let last = merged.last, next.start < last.end else { return merged.append(next) }
            let longest = next.end - next.start > last.end - last.start ? next : last
            merged[merged.count - 1] = Finding(
                type: longest.type, start: last.start, end: max(last.end, next.end), byteStart: last.byteStart, byteEnd: max(last.byteEnd, next.byteEnd), confidence: longest.confidence,
                recognizer: longest.recognizer, reasons: longest.reasons)
        }
    }
}
