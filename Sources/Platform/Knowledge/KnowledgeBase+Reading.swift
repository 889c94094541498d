import Core

extension KnowledgeBase {
    /// Reads a file without keeping anything: for steps that need a document's text and nothing else.
    /// - Throws: `knowledge.unknown-type`, and what ``DocumentParser/parse(_:)`` throws.
    public func parse(_ file: DocumentFile) async throws -> ParsedDocument {
        guard let parser = parsers.first(where: { $0.fileExtensions.contains(file.fileExtension) }) else {
            throw Fault(.unknownFileType, "no reader for \(file.name)", remedy: "give \(parsers.flatMap(\.fileExtensions).joined(separator: ", "))")
        }
        return try await parser.parse(file)
    }
}
