import Core
import Labels
import Store

/// # Knowledge: documents in, cited passages out
///
/// A ``KnowledgeBase`` reads files, cuts them into passages of about 400 characters under their headings, and finds passages for a
/// question within what the asker may see. Every hit cites document, heading and page.
///
/// The decisions:
///
/// a) **Character pairs and BM25** (Robertson and Zaragoza 2009) carry the search, with a second ranking by how much of the question a
///    passage covers. Pairs need no dictionary and no model; on short Chinese questions they are a strong baseline (Nie et al. 2000).
///    Rejected for now: embeddings (a model of some hundred MB for a room that must work offline in the first minute).
/// b) **Parsers of our own** for text, HTML, CSV and DOCX, each bounded and linear, because the files are foreign: an XML or archive
///    library would bring its own limits, or none. PDF and pictures go to `pdftotext` and `tesseract` as killable child processes.
/// c) **The label travels with the passage.** Grades are compared inside the query, so a search never even loads what is above the
///    asker's clearance; categories are compared before ranking. What nobody removes, nobody forgets to check.
/// d) **Bytes decide.** A file whose bytes, label and reader version are unchanged is not read again; a changed one replaces all its
///    passages in one transaction, so that a search sees the old document or the new one, never both.
///
/// ```swift
/// let knowledge = KnowledgeBase(store: store, tools: ExternalTools())
/// _ = try await knowledge.ingest(directory: "guides", label: .bottom)
/// let hits = try await knowledge.search("居住证怎么办理", clearance: Clearance(upTo: .level2))
/// ```
///
/// ## Topics
/// ``KnowledgeBase``, ``SearchHit``, ``Citation``, ``DocumentSummary``, ``IngestOutcome``, ``IngestReport``, ``DocumentParser``,
/// ``DocumentParsers``, ``ParsedDocument``, ``ExternalTools``, ``TextTokenizer``
public struct KnowledgeBase: Sendable {
    let store: Store
    let parsers: [any DocumentParser]
    let clock: any WallClock
    let records = RecordCollection<DocumentSummary>("knowledge-documents")
    /// Raised when parsing or cutting changes, so that unchanged files are read again.
    static let readerVersion = 1

    /// - Parameters:
    ///   - parsers: the default is ``DocumentParsers/all(tools:)``. Where two read one extension, the first counts.
    ///   - clock: dates the documents. The default is the machine's clock.
    public init(store: Store, tools: ExternalTools, parsers: [any DocumentParser]? = nil, clock: any WallClock = SystemWallClock()) {
        self.store = store
        self.parsers = parsers ?? DocumentParsers.all(tools: tools)
        self.clock = clock
    }

    /// Reads a file into the knowledge base under its name.
    ///
    /// Unchanged bytes under an unchanged label do nothing. If new bytes cannot be read, the old document stays.
    /// - Throws: ``Fault`` for a file that cannot be read; see ``DocumentParser/parse(_:)``.
    public func ingest(_ file: DocumentFile, label: Label) async throws -> IngestOutcome {
        try Self.check(file)
        let (key, records, hash) = (file.name, records, SHA256.hex(file.bytes))
        let old = try await store.read { try $0.get(key, in: records) }
        if let old, old.contentHash == hash, old.label == label, old.readerVersion == Self.readerVersion { return .unchanged(old) }
        guard let parser = parsers.first(where: { $0.fileExtensions.contains(file.fileExtension) }) else {
            throw Fault(.unknownFileType, "no reader for \(file.name)", remedy: "give \(parsers.flatMap(\.fileExtensions).joined(separator: ", "))")
        }
        let document = try prepared(try await parser.parse(file), key: key, hash: hash, byteCount: file.bytes.count, parser: parser.id, label: label)
        let isNew = try await store.write { try keep(document, in: $0) }
        return isNew ? .added(document.summary) : .replaced(document.summary)
    }

    /// Reads every file below a folder, two at a time. A file that cannot be read becomes a diagnostic of the report; the rest goes on.
    ///
    /// Documents of files that have left the folder stay; ``remove(_:)`` forgets them.
    public func ingest(directory: String, label: Label, progress: ProgressSink? = nil) async throws -> IngestReport {
        let paths = try FileTree.files(below: directory)
        let counter = ProgressCounter(phase: "knowledge", total: paths.count, sink: progress)
        let results = try await mapBounded(paths, width: 2) { path in
            defer { counter.step() }
            return try await ingestReporting(path, below: directory, label: label)
        }
        return results.reduce(into: IngestReport()) { $0.add($1) }
    }

    private func ingestReporting(_ path: String, below directory: String, label: Label) async throws -> Result<IngestOutcome, IngestFailure> {
        try Task.checkCancellation()
        do {
            let bytes = try FileTree.read(directory + "/" + path, byteCountMax: Bounds.fileByteCountMax)
            return .success(try await ingest(DocumentFile(name: path, bytes: bytes), label: label))
        } catch let fault as Fault where [.input, .missing, .usage, .cancelled, .io].contains(fault.code.kind) && !fault.code.name.hasPrefix("store.") {
            return .failure(IngestFailure(diagnostic: Diagnostic(.error, fault.code.name, fault.description, place: path)))
        }
    }

    /// Forgets a document: its passages, their index entries and its record. False if there is none of that name.
    public func remove(_ document: String) async throws -> Bool {
        let records = records
        return try await store.write { transaction in
            let passages = try transaction.removePassages(of: document)
            return try transaction.remove(document, in: records) || passages > 0
        }
    }

    /// Every document, by name; at most 100,000.
    public func documents() async throws -> [DocumentSummary] {
        let records = records
        return try await store.read { try $0.list(records, limit: 100_000).map(\.value) }
    }

    static func check(_ file: DocumentFile) throws {
        guard !file.name.isEmpty, file.name.utf8.count <= Bounds.nameByteCountMax, !file.name.utf8.contains(0) else {
            throw Fault(.documentName, "a document's name must have 1 to \(Bounds.nameByteCountMax) bytes and no NUL", remedy: "rename the file")
        }
        guard file.bytes.count <= Bounds.fileByteCountMax else {
            throw Fault(.documentTooLarge, "\(file.name) has \(file.bytes.count) bytes; the limit is \(Bounds.fileByteCountMax)", remedy: "split the file")
        }
    }
}

/// A passage with the terms it is found by: its own, its headings' and its document's title.
struct PassageEntry: Sendable {
    let passage: Passage
    let terms: [String]

    init(_ piece: PassageCutter.Piece, ordinal: Int, of document: DocumentSummary) {
        let detail = PassageDetail(title: document.title, headings: piece.headings, page: piece.page, label: document.label)
        passage = Passage(
            document: document.document, ordinal: ordinal, text: piece.text, detail: detail.json, grade: document.label.grade.rawValue)
        terms = TextTokenizer.terms(([document.title] + piece.headings + [piece.text]).joined(separator: "\n"))
    }
}

/// What a passage knows of its place, kept as JSON beside it.
struct PassageDetail: Sendable, Hashable {
    var title: String
    var headings: [String]
    var page: Int?
    var label: Label

    init(title: String, headings: [String], page: Int?, label: Label) {
        self.title = title
        self.headings = headings
        self.page = page
        self.label = label
    }

    var json: JSONValue {
        var json: JSONValue = [
            "title": .string(title), "headings": .array(headings.map { .string($0) }), "grade": .int(label.grade.rawValue),
            "categories": .array(label.categories.sorted().map { .string($0.name) }),
        ]
        if let page { json["page"] = .int(page) }
        return json
    }

    /// Nil for a detail that this version cannot read in full: such a passage has no known label and is shown to nobody.
    init?(_ json: JSONValue) {
        guard let title = json["title"]?.string, let grade = json["grade"]?.int.flatMap(Grade.init(rawValue:)),
            let categories = json["categories"]?.array?.map(\.string), !categories.contains(nil)
        else { return nil }
        self.title = title
        headings = json["headings"]?.array?.compactMap(\.string) ?? []
        page = json["page"]?.int
        label = Label(grade, Set(categories.compactMap { $0.map { Category($0) } }))
    }
}
