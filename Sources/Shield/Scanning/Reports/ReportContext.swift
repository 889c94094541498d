import Core

/// What one grading standard says of everything found.
public struct ReportVerdict: Sendable, Hashable {
    public var standard: String
    public var level: String
    public var clause: String
    /// Chinese and English.
    public var reason: String
    /// Whether the rule was compared with the standard's own text.
    public var isConfirmed: Bool

    public init(standard: String, level: String, clause: String, reason: String, isConfirmed: Bool) {
        (self.standard, self.level, self.clause) = (standard, level, clause)
        (self.reason, self.isConfirmed) = (reason, isConfirmed)
    }
}

/// What a report tells beside what was found. Grades come from the room that grades, names of types from the one that knows them.
public struct ReportContext: Sendable {
    public var label: String
    public var verdicts: [ReportVerdict]
    public var isChinese: Bool
    public var explains: Bool
    /// Of the program.
    public var version: String
    /// A type's name, Chinese and English.
    public var title: @Sendable (String) -> (zh: String, en: String)

    public init(
        label: String, verdicts: [ReportVerdict], isChinese: Bool = false, explains: Bool = false, version: String, title: @escaping @Sendable (String) -> (zh: String, en: String)
    ) {
        (self.label, self.verdicts, self.isChinese) = (label, verdicts, isChinese)
        (self.explains, self.version, self.title) = (explains, version, title)
    }
}

/// How a report is written.
public enum ReportFormat: String, Sendable, CaseIterable {
    /// Aligned columns for people.
    case table
    /// One object with everything.
    case json
    /// A finding a line.
    case jsonl
    /// SARIF 2.1.0 (OASIS), for tools that show findings in code.
    case sarif
    /// A finding a row (RFC 4180).
    case csv
    /// One page that needs nothing beside it, Chinese and English.
    case html

    /// Bytes that are written at once, about.
    static let pieceByteCount = 64 << 10

    /// The report's text.
    public func text(_ report: ScanReport, _ context: ReportContext) -> String {
        var text = ""
        write(report, context) { text += $0 }
        return text
    }

    /// Gives the report's text piece by piece: a report can be larger than what was scanned.
    public func write(_ report: ScanReport, _ context: ReportContext, to sink: (String) throws -> Void) rethrows {
        switch self {
        case .table: try sink(TableReport(report: report, context: context).text)
        case .json: try JSONReport(report: report, context: context).write(to: sink)
        case .jsonl:
            var out = ""
            for finding in report.findings {
                finding.write(to: &out, explains: context.explains)
                out += "\n"
                guard out.utf8.count >= Self.pieceByteCount else { continue }
                try sink(out)
                out.removeAll(keepingCapacity: true)
            }
            try sink(out)
        case .sarif: try sink(SARIFReport(report: report, context: context).value.prettyText + "\n")
        case .csv: try sink(CSVReport(report: report).text)
        case .html: try sink(HTMLReport(report: report, context: context).text)
        }
    }
}

extension SourceFinding {
    /// Appends the finding as a JSON object, its members in the order of their names; those without a value are left out.
    func write(to out: inout String, explains: Bool) {
        func add(_ name: String, _ value: Int?) {
            guard let value else { return }
            out += out.utf8.last == UInt8(ascii: "{") ? "\"" : ",\""
            out += name
            out += "\":"
            out += String(value)
        }
        func add(_ name: String, _ value: String?) {
            guard let value else { return }
            out += out.utf8.last == UInt8(ascii: "{") ? "\"" : ",\""
            out += name
            out += "\":"
            JSONValue.quote(value, to: &out)
        }
        func add(_ name: String, raw: String) {
            out += out.utf8.last == UInt8(ascii: "{") ? "\"" : ",\""
            out += name
            out += "\":"
            out += raw
        }
        func list(_ values: [String]) -> String { JSONValue.array(values.map { .string($0) }).text }
        out += "{"
        if let box = location.box { add("box", raw: "[" + box.map(String.init).joined(separator: ",") + "]") }
        add("byteEnd", byteEnd)
        add("byteStart", byteStart)
        add("column", location.column)
        add("confidence", raw: LineFilter.number(confidence))
        add("end", end)
        add("line", location.line)
        if let members = location.members { add("members", raw: list(members)) }
        add("page", location.page)
        add("path", location.path)
        if explains {
            add("reasons", raw: list(reasons))
            add("recognizer", recognizer)
        }
        add("row", location.row)
        add("score", raw: LineFilter.number(score))
        add("start", start)
        add("table", location.table)
        add("type", type)
        add("value", value)
        out += "}"
    }
}
