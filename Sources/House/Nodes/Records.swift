import Core
import Tuning

/// Records: objects of JSON, as data are passed between steps. They stand in the journal, so they are bounded.
enum Records {
    /// Records of one value between steps.
    static let countMax = 50_000
    /// Bytes of one text between steps, and of a file that is read into one.
    static let byteCountMax = 16 << 20
    /// Objects and arrays inside one another.
    static let depthMax = 16

    /// How a file holds records.
    enum Format: String, CaseIterable, Sendable {
        case csv, tsv, jsonl, txt

        /// The format that a name or a path says; lines of text for any other ending.
        init(path: String) {
            let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
            self = ending == "json" || ending == "ndjson" ? .jsonl : Format(rawValue: ending) ?? .txt
        }

        /// - Throws: `nodes.input` for a name of no format.
        init(named name: String) throws {
            guard let format = Format(rawValue: name.lowercased()) else {
                throw Fault(.nodeInput, "the input format names no format", remedy: "formats are \(Format.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            self = format
        }
    }

    /// Records of a text.
    /// - Parameter name: what faults call the text.
    static func read(_ text: String, _ format: Format, name: String) throws -> (records: [JSONValue], fields: [String]) {
        let records: [JSONValue]
        var fields: [String] = []
        switch format {
        case .csv, .tsv:
            let table = try DelimitedText(text, isTabbed: format == .tsv, name: name)
            fields = table.header
            records = table.rows.map { row in .object(Dictionary(zip(table.header, row.fields.map { .string($0) })) { first, _ in first }) }
        case .jsonl: records = try lines(text).map { try object($0.text, line: $0.number, name: name) }
        case .txt: records = lines(text).map { ["text": .string($0.text)] }
        }
        guard records.count <= countMax else { throw Fault(.nodeBound, "\(name) has more than \(countMax) records", remedy: "split the file") }
        if fields.isEmpty { fields = Set(records.flatMap { ($0.object ?? [:]).keys }).sorted() }
        return (records, fields)
    }

    private static func object(_ line: String, line number: Int, name: String) throws -> JSONValue {
        guard let value = try? JSONValue(parsing: line, depthMax: depthMax), value.object != nil else {
            throw Fault(.nodeInput, "\(name), line \(number) is not an object of JSON", remedy: "write one object a line, at most \(depthMax) deep")
        }
        return value
    }

    /// Lines that are not blank, with their numbers from 1.
    private static func lines(_ text: String) -> [(text: String, number: Int)] {
        text.split(omittingEmptySubsequences: false) { $0.isNewline }.enumerated().compactMap { index, line in
            line.allSatisfy(\.isWhitespace) ? nil : (String(line), index + 1)
        }
    }

    /// The records as a file; the same records give the same bytes.
    static func write(_ records: [JSONValue], _ format: Format) -> String {
        switch format {
        case .jsonl: return records.map { $0.text + "\n" }.joined()
        case .txt: return records.map { record in (record["text"].map(cell) ?? record.text) + "\n" }.joined()
        case .csv, .tsv:
            let fields = Set(records.flatMap { ($0.object ?? [:]).keys }).sorted()
            let rows = [fields] + records.map { record in fields.map { record[$0].map(cell) ?? "" } }
            return rows.map { $0.map { quoted($0, format) }.joined(separator: format == .csv ? "," : "\t") + "\n" }.joined()
        }
    }

    private static func cell(_ value: JSONValue) -> String {
        if case .null = value { return "" }
        return value.string ?? value.text
    }

    private static func quoted(_ text: String, _ format: Format) -> String {
        guard format == .csv else { return String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 }) }
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
