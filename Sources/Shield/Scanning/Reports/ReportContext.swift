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
        var bytes: [UInt8] = []
        write(report, context) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Gives the report's text in UTF-8 piece by piece: a report can be larger than what was scanned.
    public func write(_ report: ScanReport, _ context: ReportContext, to sink: ([UInt8]) throws -> Void) rethrows {
        switch self {
        case .table: try sink(Array(TableReport(report: report, context: context).text.utf8))
        case .json: try JSONReport(report: report, context: context).write(to: sink)
        case .jsonl:
            var out: [UInt8] = []
            for finding in report.findings {
                FindingWriter.write(finding, explains: context.explains, to: &out)
                out.append(0x0A)
                guard out.count >= Self.pieceByteCount else { continue }
                try sink(out)
                out.removeAll(keepingCapacity: true)
            }
            try sink(out)
        case .sarif: try sink(Array((SARIFReport(report: report, context: context).value.prettyText + "\n").utf8))
        case .csv: try sink(Array(CSVReport(report: report).text.utf8))
        case .html: try sink(Array(HTMLReport(report: report, context: context).text.utf8))
        }
    }
}

/// Writes findings as JSON objects, their members in the order of their names; those without a value are left out. A tree of values for each would cost more than finding it.
struct FindingWriter {
    private var out: [UInt8] = []
    private var isFirst = true

    static func write(_ finding: SourceFinding, explains: Bool, to out: inout [UInt8]) {
        var writer = FindingWriter()
        swap(&writer.out, &out)
        writer.write(finding, explains: explains)
        swap(&writer.out, &out)
    }

    private mutating func write(_ finding: SourceFinding, explains: Bool) {
        let place = finding.location
        out.append(UInt8(ascii: "{"))
        if let box = place.box { add("box", number: "[" + box.map(String.init).joined(separator: ",") + "]") }
        add("byteEnd", finding.byteEnd)
        add("byteStart", finding.byteStart)
        add("column", place.column)
        add("confidence", number: LineFilter.number(finding.confidence))
        add("end", finding.end)
        add("line", place.line)
        if let members = place.members { list("members", members) }
        add("page", place.page)
        add("path", place.path)
        if explains {
            list("reasons", finding.reasons)
            add("recognizer", finding.recognizer)
        }
        add("row", place.row)
        add("score", number: LineFilter.number(finding.score))
        add("start", finding.start)
        add("table", place.table)
        add("type", finding.type)
        add("value", finding.value)
        out.append(UInt8(ascii: "}"))
    }

    private mutating func name(_ name: String) {
        out.append(contentsOf: (isFirst ? "\"" : ",\"").utf8)
        out.append(contentsOf: name.utf8)
        out.append(contentsOf: "\":".utf8)
        isFirst = false
    }

    private mutating func add(_ name: String, number: String) {
        self.name(name)
        out.append(contentsOf: number.utf8)
    }

    private mutating func add(_ name: String, _ value: Int?) {
        if let value { add(name, number: String(value)) }
    }

    private mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        self.name(name)
        JSONValue.quote(value, to: &out)
    }

    private mutating func list(_ name: String, _ values: [String]) {
        self.name(name)
        out.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            JSONValue.quote(value, to: &out)
        }
        out.append(UInt8(ascii: "]"))
    }
}
