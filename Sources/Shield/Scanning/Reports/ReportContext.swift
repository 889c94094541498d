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

    /// The report's text.
    public func text(_ report: ScanReport, _ context: ReportContext) -> String {
        switch self {
        case .table: TableReport(report: report, context: context).text
        case .json: JSONReport(report: report, context: context).value.prettyText + "\n"
        case .jsonl: report.findings.map { $0.json(explains: context.explains).text + "\n" }.joined()
        case .sarif: SARIFReport(report: report, context: context).value.prettyText + "\n"
        case .csv: CSVReport(report: report).text
        case .html: HTMLReport(report: report, context: context).text
        }
    }
}

extension SourceFinding {
    /// The finding as JSON; members without a value are left out.
    func json(explains: Bool) -> JSONValue {
        var json: JSONValue = [
            "path": .string(location.path), "type": .string(type), "start": .int(start), "end": .int(end), "confidence": .double((confidence * 10_000).rounded() / 10_000),
        ]
        json["byteStart"] = byteStart.map { .int($0) }
        json["byteEnd"] = byteEnd.map { .int($0) }
        json["members"] = location.members.map { .array($0.map { .string($0) }) }
        json["page"] = location.page.map { .int($0) }
        json["table"] = location.table.map { .string($0) }
        json["column"] = location.column.map { .string($0) }
        json["row"] = location.row.map { .int($0) }
        json["line"] = location.line.map { .int($0) }
        json["box"] = location.box.map { .array($0.map { .int($0) }) }
        json["value"] = value.map { .string($0) }
        if explains { json["recognizer"] = .string(recognizer) }
        if explains { json["reasons"] = .array(reasons.map { .string($0) }) }
        return json
    }
}
