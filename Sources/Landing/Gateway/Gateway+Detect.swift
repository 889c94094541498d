import Core

/// A span of sensitive data, as `/v1/detect` answers it.
public struct DetectedSpan: Sendable, Hashable {
    public var type: String
    /// Unicode scalars.
    public var start: Int
    public var end: Int
    /// Bytes of UTF-8.
    public var byteStart: Int
    public var byteEnd: Int
    public var confidence: Double
    public var recognizer: String
    /// Never quote the text.
    public var reasons: [String]

    public init(type: String, start: Int, end: Int, byteStart: Int, byteEnd: Int, confidence: Double, recognizer: String, reasons: [String]) {
        (self.type, self.start, self.end) = (type, start, end)
        (self.byteStart, self.byteEnd) = (byteStart, byteEnd)
        (self.confidence, self.recognizer, self.reasons) = (confidence, recognizer, reasons)
    }
}

/// Finds and grades sensitive data for the API. Whoever starts the server supplies it.
public protocol DetectionService: Sendable {
    /// The types that it knows.
    var types: Set<String> { get }
    /// The spans of a text in order, and the label of the text.
    /// - Throws: ``Fault`` when the text cannot be scanned; the caller must not let it pass then.
    func detect(_ text: String, types: Set<String>?) throws -> (spans: [DetectedSpan], label: String)
}

/// Banyan's own route: `POST /v1/detect`.
extension Gateway {
    /// Texts of one request for detection; their bytes are bounded by the body's.
    static let detectionTextCountMax = 2048

    /// Answers `{"text"|"texts", "types"?, "explain"?}` with the findings and the label of each text.
    func detect(_ reader: RequestReader, _ service: any DetectionService) throws -> GatewayAnswer {
        let explains = try reader.bool("explain") == true
        let types = try detectionTypes(reader, service)
        if let text = reader.json["text"]?.string, reader.json["texts"] == nil {
            var json = try Self.json(service.detect(text, types: types), explains: explains)
            json["object"] = "detection"
            return .json(json)
        }
        guard reader.json["text"] == nil, let list = reader.json["texts"]?.array, !list.isEmpty, list.count <= Self.detectionTextCountMax else {
            throw APIError.invalid("send text, or texts: a list of 1 to \(Self.detectionTextCountMax) texts", parameter: "texts")
        }
        let results = try list.enumerated().map { index, value -> JSONValue in
            guard let text = value.string else { throw APIError.invalid("texts[\(index)] must be a text", parameter: "texts") }
            var json = try Self.json(service.detect(text, types: types), explains: explains)
            json["index"] = .int(index)
            return json
        }
        return .json(["object": "list", "data": .array(results)])
    }

    private func detectionTypes(_ reader: RequestReader, _ service: any DetectionService) throws -> Set<String>? {
        guard let value = reader.json["types"], value != .null else { return nil }
        guard let list = value.array, list.count <= 1024, !list.isEmpty else { throw APIError.invalid("types must be a list of types", parameter: "types") }
        let types = Set(list.compactMap(\.string))
        guard list.allSatisfy({ $0.string != nil }), types.isSubset(of: service.types) else { throw APIError.invalid("types names a type that is not known", parameter: "types") }
        return types
    }

    private static func json(_ result: (spans: [DetectedSpan], label: String), explains: Bool) -> JSONValue {
        let findings = result.spans.map { span -> JSONValue in
            var json: JSONValue = [
                "type": .string(span.type), "start": .int(span.start), "end": .int(span.end), "byteStart": .int(span.byteStart), "byteEnd": .int(span.byteEnd), "confidence": .double(span.confidence),
            ]
            if explains {
                json["recognizer"] = .string(span.recognizer)
                json["reasons"] = .array(span.reasons.map { .string($0) })
            }
            return json
        }
        return ["findings": .array(findings), "label": .string(result.label)]
    }
}
