import Core
import Detection

/// One page that needs nothing beside it: no script, no font, no picture from elsewhere. Both languages are in it, chosen by a radio button; light and dark follow the reader's system.
struct HTMLReport {
    /// Rows of the table of findings; the report says how many there are.
    static let rowCountMax = 5_000
    static let barCountMax = 40

    let report: ScanReport
    let context: ReportContext

    var text: String {
        var html = """
            <!DOCTYPE html>
            <html lang="\(context.isChinese ? "zh" : "en")"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <title>Banyan scan · 扫描报告</title><style>\(Self.style)</style></head><body>
            <input type="radio" name="l" id="en"\(context.isChinese ? "" : " checked")><label for="en">English</label>
            <input type="radio" name="l" id="zh"\(context.isChinese ? " checked" : "")><label for="zh">中文</label>
            <main><h1>\(both("Sensitive data report", "敏感数据扫描报告"))</h1>

            """
        html += summary + chart(typeBars, both("Findings by type", "按类型统计")) + chart(fileBars, both("Files with most findings", "发现最多的文件"))
        if let note = report.readingNote { html += "<p class=\"note\">\(both(note.en, note.zh))</p>" }
        html += sample + verdicts + documents + columns + findings + diagnostics
        return html + "<footer>banyan \(escaped(context.version))</footer></main></body></html>\n"
    }

    private static let style = """
        :root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--dim:#59636e;--line:#d1d9e0;--bar:#0a6b4b;--card:#f6f8fa}
        @media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--dim:#9198a1;--line:#3d444d;--bar:#3fb98a;--card:#151b23}}
        body{background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;margin:1.5rem auto;max-width:72rem;padding:0 1rem}
        h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
        dl{display:flex;flex-wrap:wrap;gap:1rem;margin:0}dl div{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.5rem 1rem;overflow-wrap:anywhere}dt{color:var(--dim);font-size:.8rem}dd{font-size:1.2rem;margin:0}
        svg text{fill:var(--fg);font-size:13px}.n{white-space:nowrap}svg rect{fill:var(--bar)}footer{color:var(--dim);margin:2rem 0}p.note{color:var(--dim)}
        th{word-break:keep-all}#en:checked~main .zh,#zh:checked~main .en{display:none}@media print{input,label{display:none}}
        """

    private func both(_ en: String, _ zh: String) -> String { "<span class=\"en\">\(escaped(en))</span><span class=\"zh\">\(escaped(zh))</span>" }

    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in TableReport.visible(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private func title(_ type: String) -> String {
        let title = context.title(type)
        return both(title.en, title.zh)
    }

    private var summary: String {
        let cards: [(String, String)] = [
            (both("label", "标签"), escaped(context.label)), (both("findings", "发现"), Self.grouped(report.counts.values.reduce(0, +) + report.findingsLeftOut)),
            (both("files", "文件"), Self.grouped(report.files)), (both("files with findings", "有发现的文件"), Self.grouped(report.filesWithFindings)), (both("bytes", "字节"), Self.grouped(report.byteCount)),
        ]
        return "<p class=\"note\">\(escaped(report.root))</p><dl>" + cards.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }.joined() + "</dl>\n"
    }

    /// 1,234,567.
    private static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        return String(digits.enumerated().flatMap { index, digit in index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit] })
    }

    private static func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }

    /// What stays on one line.
    private func whole(_ text: String) -> String { "<span class=\"n\">\(escaped(text))</span>" }

    private typealias Bar = (en: String, zh: String, count: Int)

    private var typeBars: [Bar] {
        report.counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { entry in
            let title = context.title(entry.key)
            return (title.en, title.zh, entry.value)
        }
    }

    private var fileBars: [Bar] {
        var counts: [String: Int] = [:]
        for finding in report.findings { counts[finding.location.path, default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(10).map { ($0.key, $0.key, $0.value) }
    }

    /// The end of a name, as much as stands beside a bar.
    private static func shortened(_ name: String) -> String {
        // Ideographs are twice as wide as letters.
        var width = 0
        let tail = name.reversed().prefix { character in
            width += character.isASCII ? 1 : 2
            return width <= 40
        }
        return tail.count == name.count ? name : "…" + String(tail.reversed())
    }

    private func chart(_ bars: [Bar], _ heading: String) -> String {
        let shown = bars.prefix(Self.barCountMax)
        guard let most = shown.map(\.count).max(), most > 0 else { return "" }
        var svg = "<h2>\(heading)</h2><svg role=\"img\" viewBox=\"0 0 800 \(shown.count * 24 + 4)\" width=\"100%\">"
        for (row, bar) in shown.enumerated() {
            let width = max(2, 380 * bar.count / most), y = row * 24 + 4
            for (name, language) in bar.en == bar.zh ? [(bar.en, "")] : [(bar.en, " class=\"en\""), (bar.zh, " class=\"zh\"")] {
                svg += "<text\(language) x=\"300\" y=\"\(y + 13)\" text-anchor=\"end\">\(escaped(Self.shortened(name)))</text>"
            }
            svg += "<rect x=\"308\" y=\"\(y)\" width=\"\(width)\" height=\"17\" rx=\"2\"/><text x=\"\(316 + width)\" y=\"\(y + 13)\">\(Self.grouped(bar.count))</text>"
        }
        return svg + "</svg>\n"
    }

    private func table(_ heading: String, _ head: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "" }
        return "<h2>\(heading)</h2><table><tr>" + head.map { "<th>\($0)</th>" }.joined() + "</tr>" + rows.map { "<tr>" + $0.map { "<td>\($0)</td>" }.joined() + "</tr>\n" }.joined() + "</table>\n"
    }

    private var sample: String {
        guard let sample = report.sample else { return "" }
        func percent(_ share: Double) -> String { "\((share * 100_000).rounded() / 1000) %" }
        return table(
            both("Sample", "抽样"), [both("files read", "已读文件"), both("of", "总数"), both("confidence", "置信度"), both("at most this share of files has findings", "有发现的文件占比上限"), both("at most this share of files was missed", "漏检文件占比上限"), both("at most this share of findings was missed, if spread alike", "均匀分布时漏检发现占比上限")],
            [["\(sample.sampled)", "\(sample.population)", percent(sample.confidence), percent(sample.shareMax), percent(sample.missedFileShareMax), percent(sample.missedFindingShareMax)]])
            + "<p class=\"note\">Clopper-Pearson, \(both("one-sided", "单侧"))</p>"
    }

    private var verdicts: String {
        table(both("Grades", "分级"), [both("standard", "标准"), both("level", "级别"), both("clause", "条款"), both("reason", "理由")], context.verdicts.map { verdict in
            [escaped(verdict.standard), escaped(verdict.level), escaped(verdict.clause) + (verdict.isConfirmed ? "" : both(" (unconfirmed rule)", "（规则待核实）")), reason(verdict)]
        })
    }

    /// Standards give their reasons as Chinese / English.
    private func reason(_ verdict: ReportVerdict) -> String {
        let parts = verdict.reason.split(separator: " / ", maxSplits: 1)
        return parts.count == 2 ? both(String(parts[1]), String(parts[0])) : escaped(verdict.reason)
    }

    private var documents: String {
        table(both("Documents", "文档"), [both("file", "文件"), both("class", "类别"), both("confidence", "置信度")], report.documents.prefix(Self.rowCountMax).map { document in
            [escaped(document.path), both(document.documentClass.titleEN, document.documentClass.titleZH), LineFilter.number(document.confidence)]
        })
    }

    private var columns: String {
        table(both("Columns", "列"), [both("source", "来源"), both("column", "列名"), both("type", "类型"), both("values", "值"), both("share", "占比")], report.columns.prefix(Self.rowCountMax).map { column in
            [escaped([column.source, column.table].compactMap { $0 }.joined(separator: " ")), escaped(column.column), column.type.map(title) ?? "", Self.grouped(column.values), whole(Self.percent(column.share))]
        })
    }

    private var findings: String {
        let reveals = report.findings.contains { $0.value != nil }
        let head = [both("type", "类型"), both("place", "位置"), both("span", "范围"), both("confidence", "置信度")] + (reveals ? [both("value", "内容")] : []) + [both("why", "理由")]
        let rows = report.findings.prefix(Self.rowCountMax).map { finding in
            [title(finding.type), escaped(finding.location.text), whole("\(finding.start)–\(finding.end)"), LineFilter.number(finding.confidence)] + (reveals ? [escaped(finding.value ?? "")] : []) + [escaped(finding.reasons.joined(separator: "; "))]
        }
        let rest = report.findings.count - rows.count + report.findingsLeftOut
        return table(both("Findings", "发现"), head, Array(rows)) + (rest > 0 ? "<p class=\"note\">\(both("\(rest) more are not shown", "另有 \(rest) 条未列出"))</p>" : "")
    }

    private var diagnostics: String {
        table(both("Diagnostics", "诊断"), [both("severity", "程度"), both("place", "位置"), both("message", "说明")], report.diagnostics.prefix(1_000).map { [escaped($0.severity.rawValue), escaped($0.place ?? ""), escaped($0.message)] })
    }
}
