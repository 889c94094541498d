import Core

/// Writes spans as OpenTelemetry's `ExportTraceServiceRequest` in the JSON form of protobuf: ids in hexadecimal, 64-bit numbers as strings.
public struct OTLPEncoder: Sendable {
    /// What sends: `service.name` and the like.
    public let resource: [String: JSONValue]
    public let version: String

    public init(resource: [String: JSONValue], version: String) { (self.resource, self.version) = (resource, version) }

    /// One request. Spans that have not ended are left out.
    public func request(_ spans: [(traceID: String, span: TraceSpan)]) -> JSONValue {
        [
            "resourceSpans": [
                [
                    "resource": ["attributes": Self.attributes(resource)],
                    "scopeSpans": [["scope": ["name": "banyan.workflows", "version": .string(version)], "spans": .array(spans.compactMap { Self.span($1, of: $0) })]],
                ]
            ]
        ]
    }

    private static func span(_ span: TraceSpan, of traceID: String) -> JSONValue? {
        guard let end = span.end else { return nil }
        var json: JSONValue = [
            "traceId": .string(traceID), "spanId": .string(span.id), "name": .string(span.name), "kind": 1, "startTimeUnixNano": .string(nanoseconds(span.start)),
            // A clock that was set back while it ran must not make it end before it began.
            "endTimeUnixNano": .string(nanoseconds(max(span.start, end))), "attributes": attributes(span.attributes),
        ]
        if let parent = span.parent { json["parentSpanId"] = .string(parent) }
        if !span.events.isEmpty {
            json["events"] = .array(span.events.map { ["timeUnixNano": .string(nanoseconds($0.at)), "name": .string($0.name), "attributes": attributes($0.attributes)] })
        }
        if span.droppedEventCount > 0 { json["droppedEventsCount"] = .int(span.droppedEventCount) }
        if let link = span.link { json["links"] = [["traceId": .string(link.traceID), "spanId": .string(link.spanID)]] }
        switch span.status {
        case .unset: break
        case .done: json["status"] = ["code": 1]
        case .failed: json["status"] = ["code": 2]
        }
        return json
    }

    private static func attributes(_ values: [String: JSONValue]) -> JSONValue {
        .array(values.sorted { $0.key < $1.key }.compactMap { key, value in self.value(value).map { ["key": .string(key), "value": $0] } })
    }

    private static func value(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .string(let text): ["stringValue": .string(text)]
        case .int(let number): ["intValue": .string(String(number))]
        case .double(let number): number.isFinite ? ["doubleValue": .double(number)] : nil
        case .bool(let flag): ["boolValue": .bool(flag)]
        case .null, .array, .object: nil
        }
    }

    /// Microseconds are what a double of today's seconds holds.
    private static func nanoseconds(_ seconds: Double) -> String { String(UInt64(min(max(0, seconds), 9e9) * 1e6 + 0.5) * 1000) }
}
