import Core

/// One request of the hotline, as a line of a requests file.
///
/// ```json
/// {"id":"R001","text":"…","gold":{"department":"transport","urgency":"normal","spans":[],"documents":["bus-card.md"]}}
/// ```
/// `text` or `image` (a path relative to the file) is required. `gold` is optional and is used for scoring only.
public struct HotlineRequest: Sendable {
    /// What a person said the right answers are.
    public struct Gold: Sendable {
        public let department: String
        public let urgency: String?
        public let spans: [Span]
        /// Knowledge documents that answer the request; empty when none does.
        public let documents: [String]
    }

    /// A sensitive span: offsets in Unicode scalars of the text (or of the transcript of an image).
    public struct Span: Sendable, Hashable {
        public let type: String
        public let start: Int
        public let end: Int
        public let text: String
    }

    public let id: String
    public let text: String?
    public let image: String?
    public let gold: Gold?

    /// Requests in a file of one JSON object a line.
    ///
    /// - Parameter countMax: more lines are refused. The default is 100,000.
    /// - Throws: ``Fault`` `hotline.request` naming the line.
    public static func read(_ path: String, countMax: Int = 100_000) throws -> [HotlineRequest] {
        let lines = TextDecoder.decode(try FileTree.read(path)).text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count <= countMax else {
            throw Fault(.hotlineRequest, "\(path) has more than \(countMax) lines", remedy: "split the file")
        }
        var ids: Set<String> = []
        return try lines.enumerated().compactMap { index, line in
            guard !line.allSatisfy(\.isWhitespace) else { return nil }
            let request = try HotlineRequest(line: String(line), number: index + 1)
            guard ids.insert(request.id).inserted else { throw refusal("the id is used twice", line: index + 1) }
            return request
        }
    }

    private init(line: String, number: Int) throws {
        let json: JSONValue
        do { json = try JSONValue(parsing: line) } catch { throw Self.refusal("\(error)", line: number) }
        guard let id = json["id"]?.string, !id.isEmpty else { throw Self.refusal("\"id\" is missing", line: number) }
        guard id.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_.".unicodeScalars.contains($0) }) else {
            throw Self.refusal("\"id\" may hold letters, digits, '-', '_' and '.' only", line: number)
        }
        self.id = id
        text = json["text"]?.string
        image = json["image"]?.string
        guard text != nil || image != nil else { throw Self.refusal("\"text\" or \"image\" is missing", line: number) }
        gold = json["gold"].flatMap { gold in
            gold["department"]?.string.map { department in
                Gold(
                    department: department, urgency: gold["urgency"]?.string,
                    spans: (gold["spans"]?.array ?? []).compactMap(Self.span), documents: gold["documents"]?.array?.compactMap(\.string) ?? [])
            }
        }
    }

    private static func span(_ json: JSONValue) -> Span? {
        guard let type = json["type"]?.string, let start = json["start"]?.int, let end = json["end"]?.int else { return nil }
        return Span(type: type, start: start, end: end, text: json["text"]?.string ?? "")
    }

    private static func refusal(_ what: String, line: Int) -> Fault {
        Fault(.hotlineRequest, "requests file, line \(line): \(what)", remedy: "see Demos/government/README.md for the format")
    }
}

extension Department {
    /// Departments in a CSV file with the columns id, name, duties, keywords (separated by ';').
    public static func read(_ path: String) throws -> [Department] {
        let text = TextDecoder.decode(try FileTree.read(path, byteCountMax: 1 << 20)).text
        // The file has four plain columns: no quoting is needed, and a quoted field would be refused by its column count.
        let rows = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        guard let header = rows.first, let id = header.firstIndex(of: "id"), let name = header.firstIndex(of: "name"),
            let duties = header.firstIndex(of: "duties"), let keywords = header.firstIndex(of: "keywords")
        else { throw Fault(.hotlineRequest, "\(path) lacks a column", remedy: "the columns are id,name,duties,keywords") }
        return rows.dropFirst().filter { $0.count == header.count }.map { row in
            Department(id: row[id], name: row[name], duties: row[duties], keywords: row[keywords].split(separator: ";").map(String.init))
        }
    }
}

extension Fault.Code {
    /// A requests or departments file is malformed.
    public static let hotlineRequest = Fault.Code("hotline.request", .input)
    /// The files of a demonstration are not there.
    public static let demonstrationMissing = Fault.Code("demonstration.missing", .notFound)
}
