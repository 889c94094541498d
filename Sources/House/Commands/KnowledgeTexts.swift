import Core
import Knowledge
import Scanning

/// The texts of documents for scans: Word and PDF by Knowledge's parsers, pictures by tesseract with the boxes of words.
struct KnowledgeTexts: DocumentTexts {
    let tools: ExternalTools
    let fileExtensions: Set<String> = ["docx", "pdf", "png", "jpg", "jpeg"]

    func texts(name: String, bytes: [UInt8]) async throws -> (texts: [DocumentText], diagnostics: [Diagnostic]) {
        let file = DocumentFile(name: name, bytes: bytes)
        if ["png", "jpg", "jpeg"].contains(file.fileExtension) {
            let lines = try await PictureText(tools: tools).lines(of: file)
            return (lines.map { line in DocumentText(text: line.text, page: nil, words: line.words.map { DocumentText.Word(range: $0.range, box: $0.box) }) }, [])
        }
        guard let parser = DocumentParsers.all(tools: tools).first(where: { $0.fileExtensions.contains(file.fileExtension) }) else { return ([], []) }
        let document = try await parser.parse(file)
        // Blocks of a page are one text: a name and what it introduces may stand in two.
        var texts: [DocumentText] = [DocumentText(text: document.title)]
        var headings: [String] = []
        for block in document.blocks {
            let opened = block.headings.filter { !headings.contains($0) }
            headings = block.headings
            let text = (opened + [block.text]).joined(separator: "\n")
            if let last = texts.last, last.page == block.page, last.text.utf8.count < 64 << 10 { texts[texts.count - 1].text += "\n" + text } else { texts.append(DocumentText(text: text, page: block.page)) }
        }
        return (texts, document.diagnostics.filter { $0.code != "knowledge.empty" })
    }
}
