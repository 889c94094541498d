import Detection

/// Rows (RFC 4180) for spreadsheets.
struct CSVReport {
    let report: ScanReport

    var text: String {
        let reveals = report.findings.contains { $0.value != nil }
        var lines = ["path,members,page,table,column,row,line,type,start,end,byteStart,byteEnd,confidence,recognizer,reasons,documentClass" + (reveals ? ",value" : "")]
        let classes = Dictionary(report.documents.map { ($0.path, $0.documentClass.rawValue) }, uniquingKeysWith: { first, _ in first })
        lines.reserveCapacity(report.findings.count + 1)
        for finding in report.findings {
            let place = finding.location
            var cells = [place.path, (place.members ?? []).joined(separator: "!"), number(place.page), place.table ?? "", place.column ?? "", number(place.row), number(place.line)]
            cells += [finding.type, "\(finding.start)", "\(finding.end)", number(finding.byteStart), number(finding.byteEnd), LineFilter.number(finding.confidence), finding.recognizer, finding.reasons.joined(separator: "; "), classes[place.path] ?? ""]
            if reveals { cells.append(finding.value ?? "") }
            lines.append(cells.map(Self.cell).joined(separator: ","))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private func number(_ value: Int?) -> String { value.map(String.init) ?? "" }

    /// A file name that begins like a formula must not become one (OWASP, CSV injection).
    static func cell(_ text: String) -> String {
        let safe = text.first.map { "=+-@\t\r".contains($0) } == true ? "'" + text : text
        return safe.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 < 0x20 } ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
    }
}
