import Core

/// PDF through `pdftotext` (Poppler).
///
/// `-layout` keeps the cells of a table row on one line and the indent of a paragraph's first line, which tells Chinese paragraphs apart;
/// without it the columns of a table come out one after another. Poppler reads Chinese fonts without embedded Unicode maps only with
/// the package `poppler-data`.
struct PDFParser: DocumentParser {
    let id = "pdf"
    let fileExtensions = ["pdf"]
    let tools: ExternalTools

    func parse(_ file: DocumentFile) async throws -> ParsedDocument {
        guard file.bytes.prefix(1024).split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false).dropFirst()
            .contains(where: { $0.starts(with: "PDF-".utf8) })
        else { throw Fault(.documentDamaged, "\(file.name) does not begin like a PDF", remedy: "get the file again") }
        let output = try await tools.run(
            "pdftotext", arguments: ["-layout", "-enc", "UTF-8", "-q", "-", "-"], stdin: file.bytes, timeLimit: .seconds(60),
            outputByteCountMax: 32 << 20)
        var reader = LayoutReader()
        for (index, page) in String(decoding: output, as: UTF8.self).split(separator: "\u{0C}", omittingEmptySubsequences: false).enumerated() {
            reader.read(page: page, number: index + 1)
        }
        reader.finish()
        var diagnostics: [Diagnostic] = []
        if reader.list.blocks.isEmpty {
            diagnostics.append(
                Diagnostic(.warning, "knowledge.pdf-scanned", "the PDF holds no text, perhaps scans. Save its pages as PNG to have them recognized", place: file.name))
        }
        return document(of: file, title: reader.title, list: reader.list, diagnostics: diagnostics)
    }
}

/// Puts the lines of laid-out text back into paragraphs. A paragraph may continue on the next page.
struct LayoutReader {
    private(set) var list = BlockList()
    private(set) var title: String?
    private var headings = HeadingPath()
    private var paragraph = ""
    private var page: Int?

    mutating func read(page text: some StringProtocol, number: Int?) {
        // The left edge of the page's text; a line further right opens a paragraph.
        let lines = String(text).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        let edge = lines.filter { !tidy($0).isEmpty }.map(indent).min() ?? 0
        for line in lines { read(line: line, edge: edge, number: number) }
    }

    mutating func finish() { flush() }

    private func indent(_ line: String) -> Int { line.prefix { $0 == " " || $0 == "\u{3000}" }.reduce(0) { $0 + ($1 == " " ? 1 : 2) } }

    private mutating func read(line raw: String, edge: Int, number: Int?) {
        let isRow = raw.drop { $0 == " " }.contains("   ")
        let line = joiningIdeographs(tidy(raw))
        guard !line.isEmpty else {
            // A blank line ends a paragraph only after the end of a sentence: loose line spacing prints as blank lines.
            if let last = paragraph.last, "。：；！？.:;".contains(last) || paragraph.count < 20 { flush() }
            return
        }
        if isPageNumber(line) { return }
        if title == nil, list.blocks.isEmpty, paragraph.isEmpty {
            title = line
            return
        }
        if let level = HeadingPath.officialLevel(of: line) {
            flush()
            headings.enter(line, level: level)
            return
        }
        if isRow || (indent(raw) > edge + 1 && paragraph.last.map { "。：；！？.:;".contains($0) } ?? true) { flush() }
        if paragraph.isEmpty { page = number }
        if let last = paragraph.unicodeScalars.last, let first = line.unicodeScalars.first, last.isASCII || first.isASCII { paragraph += " " }
        paragraph += line
        if isRow { flush() }
    }

    /// `12`, `- 12 -`, `— 12 —`, `第 3 页`.
    private func isPageNumber(_ line: String) -> Bool {
        line.count <= 12 && line.contains { $0.isNumber } && line.allSatisfy { $0.isNumber || " -—–·/第页共".contains($0) }
    }

    private mutating func flush() {
        list.add(paragraph, headings: headings.texts, page: page)
        paragraph = ""
    }
}
