import Core
import Labels
import Store

/// A document that is cut into passages and not yet kept.
public struct PreparedDocument: Sendable {
    /// What the knowledge base will say of it.
    public let summary: DocumentSummary
    let entries: [PassageEntry]
}

extension KnowledgeBase {
    /// Cuts a text into passages under a name, for a caller who keeps it in a transaction of its own.
    ///
    /// - Parameters:
    ///   - paragraphs: each is a block by itself; the first line of the text is no title.
    ///   - progress: hears now and then how many passages are ready, and of how many as soon as that is known; what it throws ends the work.
    /// - Throws: `knowledge.document-name`, `knowledge.too-large`.
    public func prepare(_ name: String, title: String, paragraphs: [String], label: Label, progress: (Int, Int?) throws -> Void = { _, _ in }) throws -> PreparedDocument {
        let bytes = Array(paragraphs.joined(separator: "\n").utf8)
        try Self.check(DocumentFile(name: name, bytes: bytes))
        guard paragraphs.count <= Bounds.blockCountMax else {
            throw Fault(.documentTooLarge, "the text has \(paragraphs.count) paragraphs; the limit is \(Bounds.blockCountMax)", remedy: "split it")
        }
        let hash = SHA256.hex(bytes)
        try progress(0, nil)
        let parsed = ParsedDocument(title: String(title.prefix(Bounds.headingCharacterCountMax)), blocks: paragraphs.map { DocumentBlock(text: $0) })
        return try prepared(parsed, key: name, hash: hash, byteCount: bytes.count, parser: "paragraphs", label: label, progress: progress)
    }

    /// Keeps a document in place of the one of its name; true if there was none. Within one transaction a search sees the old one or the new one.
    @discardableResult
    public func keep(_ document: PreparedDocument, in transaction: Transaction) throws -> Bool {
        let key = document.summary.document
        let isNew = try transaction.get(key, in: records) == nil
        try transaction.removePassages(of: key)
        for entry in document.entries { try transaction.add(entry.passage, terms: entry.terms) }
        try transaction.put(document.summary, as: key, sort: key, in: records)
        return isNew
    }

    func prepared(_ document: ParsedDocument, key: String, hash: String, byteCount: Int, parser: String, label: Label, progress: (Int, Int?) throws -> Void = { _, _ in }) throws -> PreparedDocument {
        var parsed = document
        var pieces = try PassageCutter.cut(parsed.blocks) { try progress(0, nil) }
        if pieces.count > Bounds.passageCountMax {
            pieces.removeLast(pieces.count - Bounds.passageCountMax)
            parsed.diagnostics.append(
                Diagnostic(.warning, "knowledge.cut", "only the first \(Bounds.passageCountMax) passages are kept. Split the file", place: key))
        }
        let summary = DocumentSummary(
            document: key, title: parsed.title, contentHash: hash, byteCount: byteCount, label: label, parser: parser,
            readerVersion: Self.readerVersion, passageCount: pieces.count, ingestedAt: clock.now, diagnostics: parsed.diagnostics)
        let entries = try pieces.enumerated().map { ordinal, piece in
            if ordinal % Self.passagesBetween == 0 { try progress(ordinal, pieces.count) }
            return PassageEntry(piece, ordinal: ordinal, of: summary)
        }
        return PreparedDocument(summary: summary, entries: entries)
    }

    /// Passages between two words of progress: a few milliseconds.
    private static let passagesBetween = 64
}
