import Core

/// A text with spans as a JSON object. Places count Unicode scalars.
///
/// ```
/// {"text": "…", "spans": [{"start": 0, "end": 3, "type": "…"}]}                                  ends are behind the last scalar
/// {"text": "…", "entity_list": [{"entity_type": "…", "entity_index": {"begin": 0, "end": 3}}]}   the same
/// {"text": "…", "label": {"type": {"string": [[0, 2]]}}}                                          CLUENER's own: ends are the last scalar
/// ```
/// Lists may also be called `entities` or `labels`, texts `originalText` or `sentence`, and members as other tools name them.
enum TaggedRow {
    private static let textNames = ["text", "originalText", "sentence"]
    private static let listNames = ["spans", "entities", "entity_list", "labels"]
    private static let startNames = ["start", "begin", "start_offset", "start_pos"]
    private static let endNames = ["end", "end_offset", "end_pos"]
    private static let typeNames = ["type", "label", "entity_type", "label_type"]
    private static let stringNames = ["entity", "text"]
    private static let spansMax = 10_000

    /// - Throws: ``TaggedProblem``.
    static func text(_ line: String) throws -> TaggedText {
        guard let json = try? JSONValue(parsing: line, depthMax: 16), json.object != nil else { throw TaggedProblem("no JSON object") }
        guard let text = textNames.lazy.compactMap({ json[$0]?.string }).first else { throw TaggedProblem("there is no text") }
        let scalars = text.unicodeScalars.map(\.value)
        guard !scalars.isEmpty else { throw TaggedProblem("the text is empty") }
        if let list = listNames.lazy.compactMap({ json[$0]?.array }).first {
            guard list.count <= spansMax else { throw TaggedProblem("there are more than \(spansMax) spans") }
            return TaggedText(scalars: scalars, spans: try list.map { try span($0, scalars) })
        }
        guard let labels = json["label"]?.object else { throw TaggedProblem("there are no spans") }
        var spans: [TextSpan] = []
        for (type, strings) in labels {
            guard let strings = strings.object else { throw TaggedProblem("a type of the label is no object") }
            for (string, places) in strings { for pair in places.array ?? [] {
                guard let first = pair[0]?.int, let last = pair[1]?.int, last < Int.max else { throw TaggedProblem("a span is no pair of places") }
                spans.append(try checked(first, last + 1, type, string, scalars))
            } }
            guard spans.count <= spansMax else { throw TaggedProblem("there are more than \(spansMax) spans") }
        }
        return TaggedText(scalars: scalars, spans: spans)
    }

    private static func span(_ json: JSONValue, _ scalars: [UInt32]) throws -> TextSpan {
        let places = json["entity_index"] ?? json
        guard let start = startNames.lazy.compactMap({ places[$0]?.int }).first, let end = endNames.lazy.compactMap({ places[$0]?.int }).first else { throw TaggedProblem("a span has no start or no end") }
        guard let type = typeNames.lazy.compactMap({ json[$0]?.string }).first else { throw TaggedProblem("a span has no type") }
        return try checked(start, end, type, stringNames.lazy.compactMap { json[$0]?.string }.first, scalars)
    }

    private static func checked(_ start: Int, _ end: Int, _ type: String, _ string: String?, _ scalars: [UInt32]) throws -> TextSpan {
        guard start >= 0, start < end, end <= scalars.count else { throw TaggedProblem("a span from \(start) to \(end) is empty or outside the text of \(scalars.count) characters") }
        guard !type.isEmpty, type.utf8.count <= TaggedSet.typeByteCountMax, !type.contains(where: \.isNewline) else { throw TaggedProblem("a type is empty, has line breaks or more than \(TaggedSet.typeByteCountMax) bytes") }
        if let string, !string.unicodeScalars.elementsEqual(scalars[start..<end].lazy.compactMap(Unicode.Scalar.init)) { throw TaggedProblem("a span from \(start) to \(end) does not hold what its text says") }
        return TextSpan(start: start, end: end, type: type)
    }
}
