import Core
import Detection

/// What a scan found, in the order of the tree: the same files give the same report, however often the scan was interrupted.
public struct ScanReport: Sendable, Hashable, Codable {
    /// Findings kept in a report; more are counted.
    public static let findingCountMax = 1_000_000
    public static let diagnosticCountMax = 100_000

    public var root: String
    public var files = 0
    public var filesWithFindings = 0
    public var byteCount = 0
    public var findings: [SourceFinding] = []
    public var findingsLeftOut = 0
    /// All findings by type, those left out too.
    public var counts: [String: Int] = [:]
    public var columns: [ColumnReport] = []
    public var diagnostics: [Diagnostic] = []
    public var diagnosticsLeftOut = 0
    /// Only with `explain`.
    public var dropped: [DroppedFinding] = []
    public var sample: SampleReport?
    /// Files of a known class, in order.
    public var documents: [DocumentReport] = []
    /// All files by class, those beyond ``diagnosticCountMax`` too.
    public var documentCounts: [DocumentClass: Int] = [:]
    /// Pieces of text that taggers read, by kind; nil without taggers.
    public var reading: EntityReading?

    /// An empty report.
    public init(root: String) { self.root = root }

    /// What people are told where quick taggers have read.
    var readingNote: (en: String, zh: String)? {
        guard let reading, reading.byQuick > 0 else { return nil }
        return (
            "names: \(reading.byQuick) pieces of text read by the quick tagger, \(reading.byNetwork) by a network (--depth full: all by a network)",
            "姓名等：快速标注器读取 \(reading.byQuick) 段，神经网络读取 \(reading.byNetwork) 段（--depth full 全部由神经网络读取）"
        )
    }

    /// Adds what a file holds.
    public mutating func add(_ result: FileResult) {
        files += 1
        byteCount += result.byteCount
        if !result.findings.isEmpty { filesWithFindings += 1 }
        for finding in result.findings { counts[finding.type, default: 0] += 1 }
        // The findings of a single file are taken over and not copied.
        if findings.isEmpty, result.findings.count <= Self.findingCountMax {
            findings = result.findings
        } else {
            let room = max(0, Self.findingCountMax - findings.count)
            findings += result.findings.prefix(room)
            findingsLeftOut += max(0, result.findings.count - room)
        }
        findingsLeftOut += result.findingsLeftOut
        columns += result.columns.prefix(max(0, Self.diagnosticCountMax - columns.count))
        dropped += result.dropped.prefix(max(0, Self.findingCountMax - dropped.count))
        for diagnostic in result.diagnostics { add(diagnostic) }
        diagnosticsLeftOut += result.diagnosticsLeftOut
        if let own = result.reading {
            reading = reading ?? EntityReading()
            reading? += own
        }
        guard let document = result.document else { return }
        documentCounts[document.documentClass, default: 0] += 1
        if documents.count < Self.diagnosticCountMax { documents.append(document) }
    }

    /// Adds what happened outside of files.
    public mutating func add(_ diagnostic: Diagnostic) {
        if diagnostics.count < Self.diagnosticCountMax { diagnostics.append(diagnostic) } else { diagnosticsLeftOut += 1 }
    }
}
