import Core

/// SARIF 2.1.0 (OASIS Standard, 27 March 2020).
struct SARIFReport {
    let report: ScanReport
    let context: ReportContext

    var value: JSONValue {
        let types = Set(report.findings.map(\.type)).sorted()
        let indexes = Dictionary(types.enumerated().map { ($1, $0) }) { first, _ in first }
        return [
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", "version": "2.1.0",
            "runs": [[
                "tool": ["driver": ["name": "banyan", "version": .string(context.version), "rules": .array(types.map(rule))]],
                "columnKind": "unicodeCodePoints",
                "invocations": [["executionSuccessful": true, "toolExecutionNotifications": .array(report.diagnostics.map(Self.notification))]],
                "results": .array(report.findings.map { result($0, indexes[$0.type] ?? 0) }),
                "properties": ["label": .string(context.label), "files": .int(report.files), "bytes": .int(report.byteCount)],
            ]],
        ]
    }

    private func rule(_ type: String) -> JSONValue {
        let title = context.title(type)
        return ["id": .string(type), "name": .string(title.en), "shortDescription": ["text": .string("\(title.en) / \(title.zh)")], "defaultConfiguration": ["level": "warning"]]
    }

    private func result(_ finding: SourceFinding, _ index: Int) -> JSONValue {
        let title = context.title(finding.type)
        let confidence = LineFilter.number(finding.confidence)
        var region: JSONValue = [:]
        region["startLine"] = finding.location.line.map { .int($0) }
        // Bytes of the artifact itself; of a member they would point elsewhere.
        if finding.location.members == nil, let start = finding.byteStart, let end = finding.byteEnd {
            region["byteOffset"] = .int(start)
            region["byteLength"] = .int(end - start)
        }
        var physical: JSONValue = ["artifactLocation": ["uri": .string(Self.uri(finding.location.path))]]
        if region != [:] { physical["region"] = region }
        var location: JSONValue = ["physicalLocation": physical]
        var logical: [JSONValue] = (finding.location.members ?? []).map { ["name": .string($0), "kind": "member"] }
        if let table = finding.location.table { logical.append(["name": .string(table), "kind": "table"]) }
        if let column = finding.location.column { logical.append(["name": .string(column), "kind": "column"]) }
        if !logical.isEmpty { location["logicalLocations"] = .array(logical) }
        var properties: JSONValue = ["confidence": .double(finding.confidence), "start": .int(finding.start), "end": .int(finding.end), "recognizer": .string(finding.recognizer)]
        properties["row"] = finding.location.row.map { .int($0) }
        properties["page"] = finding.location.page.map { .int($0) }
        properties["value"] = finding.value.map { .string($0) }
        if context.explains { properties["reasons"] = .array(finding.reasons.map { .string($0) }) }
        return [
            "ruleId": .string(finding.type), "ruleIndex": .int(index), "level": finding.confidence >= 0.8 ? "warning" : "note",
            "message": ["text": .string("\(title.en) / \(title.zh), confidence \(confidence)")], "locations": [location], "properties": properties,
        ]
    }

    private static func notification(_ diagnostic: Diagnostic) -> JSONValue {
        var json: JSONValue = [
            "level": .string(diagnostic.severity.rawValue), "message": ["text": .string(diagnostic.message)], "descriptor": ["id": .string(diagnostic.code)],
        ]
        if let place = diagnostic.place { json["locations"] = [["physicalLocation": ["artifactLocation": ["uri": .string(uri(place))]]]] }
        return json
    }

    /// A relative reference (RFC 3986): everything but unreserved characters and `/` is percent-encoded.
    static func uri(_ path: String) -> String {
        var uri = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                uri += "%" + (hex.count == 1 ? "0" : "") + hex
            }
        }
        return uri
    }
}
