import Core
import Detection

/// Aligned columns for people.
struct TableReport {
    let report: ScanReport
    let context: ReportContext

    private func say(_ en: String, _ zh: String) -> String { context.isChinese ? zh : en }

    var text: String {
        let explains = context.explains
        let reveals = report.findings.contains { $0.value != nil }
        var rows = [["type", "span", "confidence", say("place", "位置")] + (reveals ? ["value"] : []) + (explains ? ["why"] : [])]
        for finding in report.findings {
            let row = [finding.type, "\(finding.start)-\(finding.end)", LineFilter.number(finding.confidence), Self.visible(finding.location.text)]
            rows.append(row + (reveals ? [Self.visible(finding.value ?? "")] : []) + (explains ? [finding.reasons.joined(separator: "; ")] : []))
        }
        var lines = Self.aligned(rows)
        if explains { lines += report.dropped.map { "dropped \($0.type) \(Self.visible($0.location.name)) \($0.start)-\($0.end): \($0.reason)" } }
        if !report.columns.isEmpty {
            lines += ["", say("columns", "列") + ":"]
            lines += Self.aligned(report.columns.map { column in
                ["  " + Self.visible([column.source, column.table, column.column].compactMap { $0 }.joined(separator: " ")), column.type ?? "-", say("\(column.values) values", "\(column.values) 个值"), LineFilter.number(column.share)]
            })
        }
        if !report.documents.isEmpty {
            lines += ["", say("documents", "文档") + ":"]
            lines += Self.aligned(report.documents.map { ["  " + Self.visible($0.path), say($0.documentClass.titleEN, $0.documentClass.titleZH), LineFilter.number($0.confidence)] })
        }
        lines += diagnosticLines
        lines += ["", say("\(report.files) files, \(report.byteCount) bytes", "\(report.files) 个文件，\(report.byteCount) 字节") + ", " + counts]
        if let note = report.readingNote { lines.append(say(note.en, note.zh)) }
        if let sample = report.sample { lines += sampleLines(sample) }
        lines.append(say("label", "标签") + ": \(context.label)")
        lines += context.verdicts.map { "  \($0.standard): \($0.level), \($0.clause)\($0.isConfirmed ? "" : say(" (unconfirmed rule)", "（规则待核实）"))" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Lines of diagnostics; JSON has all.
    private static let diagnosticCountMax = 20

    /// What was not read must not look as if nothing was found in it.
    private var diagnosticLines: [String] {
        guard !report.diagnostics.isEmpty else { return [] }
        let shown = report.diagnostics.prefix(Self.diagnosticCountMax).map { diagnostic in
            let severity = switch diagnostic.severity {
            case .note: say("note", "提示")
            case .warning: say("warning", "警告")
            case .error: say("error", "错误")
            }
            return ["  " + severity, Self.visible(diagnostic.place ?? "-"), Self.visible(diagnostic.message)]
        }
        let rest = report.diagnostics.count - shown.count + report.diagnosticsLeftOut
        return ["", say("diagnostics", "诊断") + ":"] + Self.aligned(shown) + (rest > 0 ? [say("  \(rest) more: --json lists them", "  另有 \(rest) 条：见 --json")] : [])
    }

    private var counts: String {
        let all = report.counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
        return all.isEmpty ? say("nothing found", "未发现") : all.joined(separator: ", ")
    }

    private func sampleLines(_ sample: SampleReport) -> [String] {
        let percent = { (share: Double) in "\((share * 100_000).rounded() / 1000) %" }
        let sure = "\((sample.confidence * 1000).rounded() / 10) %"
        return [
            say("sample: \(sample.sampled) of \(sample.population) files, \(sample.hits) with findings", "抽样：\(sample.population) 个文件中的 \(sample.sampled) 个，其中 \(sample.hits) 个有发现"),
            say(
                "  with \(sure) confidence at most \(percent(sample.shareMax)) of the files have findings, and at most \(percent(sample.missedFileShareMax)) of the files have some and were not read (Clopper-Pearson)",
                "  以 \(sure) 的置信度，有发现的文件至多占 \(percent(sample.shareMax))，其中未读取的至多占全部文件的 \(percent(sample.missedFileShareMax))（Clopper-Pearson）"),
            say("  at most \(percent(sample.missedFindingShareMax)) of the files with findings, and of findings if spread alike, were missed", "  有发现的文件（以及均匀分布时的发现）至多漏掉 \(percent(sample.missedFindingShareMax))"),
        ]
    }

    /// File names may hold control characters that move a terminal's cursor.
    static func visible(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) ? "\u{FFFD}" : $0 }))
    }

    private static func aligned(_ rows: [[String]]) -> [String] {
        var widths: [Int] = []
        for row in rows { for (index, cell) in row.enumerated() { if index < widths.count { widths[index] = max(widths[index], columns(cell)) } else { widths.append(columns(cell)) } } }
        return rows.map { row in row.enumerated().map { $0.offset == row.count - 1 ? $0.element : $0.element + String(repeating: " ", count: max(0, min(widths[$0.offset], 80) - columns($0.element))) }.joined(separator: "  ") }
    }

    /// Chinese characters are two columns wide.
    private static func columns(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + ((0x1100...0x115F).contains($1.value) || (0x2E80...0xFF60).contains($1.value) || $1.value >= 0x20000 ? 2 : 1) } }
}
