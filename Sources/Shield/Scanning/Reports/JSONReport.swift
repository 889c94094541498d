import Core
import Detection

/// The whole report as one object. Findings are written one by one: a tree of values of all of them would take more memory than the scan.
struct JSONReport {
    let report: ScanReport
    let context: ReportContext

    /// Gives the report's text piece by piece.
    func write(to sink: ([UInt8]) throws -> Void) rethrows {
        guard case .object(var members) = value else { return }
        members["findings"] = .array([])
        var out = Array("{".utf8)
        for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
            out.append(contentsOf: (index == 0 ? "\n  " : ",\n  ").utf8)
            JSONValue.quote(member.key, to: &out)
            out.append(contentsOf: ": ".utf8)
            guard member.key == "findings" else {
                out.append(contentsOf: member.value.prettyText.replacing("\n", with: "\n  ").utf8)
                continue
            }
            out.append(UInt8(ascii: "["))
            for (number, finding) in report.findings.enumerated() {
                out.append(contentsOf: (number == 0 ? "\n    " : ",\n    ").utf8)
                FindingWriter.write(finding, explains: true, to: &out)
                guard out.count >= ReportFormat.pieceByteCount else { continue }
                try sink(out)
                out.removeAll(keepingCapacity: true)
            }
            out.append(contentsOf: (report.findings.isEmpty ? "]" : "\n  ]").utf8)
        }
        out.append(contentsOf: "\n}\n".utf8)
        try sink(out)
    }

    /// Everything but the findings.
    private var value: JSONValue {
        var json: JSONValue = [
            "root": .string(report.root), "files": .int(report.files), "filesWithFindings": .int(report.filesWithFindings), "bytes": .int(report.byteCount),
            "counts": .object(report.counts.mapValues { .int($0) }), "label": .string(context.label),
            "grades": .array(context.verdicts.map { verdict in
                [
                    "standard": .string(verdict.standard), "level": .string(verdict.level), "clause": .string(verdict.clause), "reason": .string(verdict.reason),
                    "confirmed": .bool(verdict.isConfirmed),
                ]
            }),
            "columns": .array(report.columns.map(Self.json)),
            "diagnostics": .array(report.diagnostics.map { diagnostic in
                ["severity": .string(diagnostic.severity.rawValue), "code": .string(diagnostic.code), "message": .string(diagnostic.message), "place": diagnostic.place.map { .string($0) } ?? .null]
            }),
        ]
        if !report.documents.isEmpty {
            json["documents"] = .array(report.documents.map { ["path": .string($0.path), "class": .string($0.documentClass.rawValue), "confidence": .double($0.confidence)] })
        }
        if let reading = report.reading { json["taggedPieces"] = ["network": .int(reading.byNetwork), "quick": .int(reading.byQuick)] }
        if report.findingsLeftOut > 0 { json["findingsLeftOut"] = .int(report.findingsLeftOut) }
        if report.diagnosticsLeftOut > 0 { json["diagnosticsLeftOut"] = .int(report.diagnosticsLeftOut) }
        if let sample = report.sample { json["sample"] = Self.json(sample) }
        if context.explains {
            json["dropped"] = .array(report.dropped.map { dropped in
                ["place": .string(dropped.location.name), "type": .string(dropped.type), "start": .int(dropped.start), "end": .int(dropped.end), "reason": .string(dropped.reason)]
            })
        }
        return json
    }

    private static func json(_ column: ColumnReport) -> JSONValue {
        var json: JSONValue = [
            "source": .string(column.source), "column": .string(column.column), "values": .int(column.values), "share": .double(column.share), "confidence": .double(column.confidence),
            "reasons": .array(column.reasons.map { .string($0) }),
        ]
        json["table"] = column.table.map { .string($0) }
        json["type"] = column.type.map { .string($0) }
        return json
    }

    private static func json(_ sample: SampleReport) -> JSONValue {
        func rounded(_ value: Double) -> JSONValue { .double((value * 1e6).rounded() / 1e6) }
        return [
            "population": .int(sample.population), "sampled": .int(sample.sampled), "filesWithFindings": .int(sample.hits), "confidence": .double(sample.confidence),
            "shareOfFilesWithFindingsMax": rounded(sample.shareMax), "missedFileShareMax": rounded(sample.missedFileShareMax), "missedFindingShareMax": rounded(sample.missedFindingShareMax),
            "shareMaxByType": .object(sample.shareMaxByType.mapValues(rounded)), "method": "Clopper-Pearson, one-sided",
        ]
    }
}
