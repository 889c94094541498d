import Core

/// Plain text and Markdown: front matter, headings, fenced code, table rows.
struct TextParser: DocumentParser {
    let id = "text"
    let fileExtensions = ["txt", "text", "md", "markdown"]

    func parse(_ file: DocumentFile) async throws -> ParsedDocument {
        let (text, diagnostics) = try decodeText(file)
        var reader = Reader(isMarkdown: file.fileExtension.hasPrefix("m"))
        reader.read(text)
        return document(of: file, title: reader.title, list: reader.list, diagnostics: diagnostics)
    }

    /// Reads line by line; a blank line, heading, list item or table row ends the paragraph.
    private struct Reader {
        let isMarkdown: Bool
        var title: String?
        var list = BlockList()
        private var headings = HeadingPath()
        private var paragraph = ""
        private var isInFence = false

        init(isMarkdown: Bool) { self.isMarkdown = isMarkdown }

        mutating func read(_ text: String) {
            var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }[...]
            if isMarkdown { readFrontMatter(&lines) }
            for line in lines { read(line: line) }
            flush()
        }

        /// `---` to `---`: `title` becomes the title, other `key: value` lines a block. At most 64 lines, otherwise it is a rule.
        private mutating func readFrontMatter(_ lines: inout ArraySlice<Substring>) {
            guard lines.first == "---", let end = lines.dropFirst().prefix(64).firstIndex(of: "---") else { return }
            for line in lines[(lines.startIndex + 1)..<end] {
                if line.hasPrefix("title:") {
                    title = tidy(line.dropFirst(6).filter { $0 != "\"" && $0 != "'" })
                } else if line.contains(":") {
                    list.add(String(line), headings: [])
                }
            }
            lines = lines[(end + 1)...]
        }

        private mutating func read(line raw: Substring) {
            let line = tidy(String(raw))
            if isMarkdown, line.hasPrefix("```") || line.hasPrefix("~~~") {
                flush()
                isInFence.toggle()
            } else if line.isEmpty {
                flush()
            } else if !isInFence, let (level, text) = heading(line) {
                flush()
                if title == nil, level == 1 { title = text }
                headings.enter(text, level: level)
            } else if isMarkdown, !isInFence, line.hasPrefix("|") {
                flush()
                let cells = line.split(separator: "|").map { tidy(plain(String($0))) }
                guard !cells.allSatisfy({ $0.allSatisfy { "-: ".contains($0) } }) else { return }
                list.add(cells.joined(separator: " | "), headings: headings.texts)
            } else {
                if isItem(line) { flush() }
                append(plain(line))
            }
        }

        private func heading(_ line: String) -> (Int, String)? {
            guard isMarkdown else { return HeadingPath.officialLevel(of: line).map { ($0 + 1, line) } }
            let marks = line.prefix { $0 == "#" }.count
            guard (1...6).contains(marks), line.dropFirst(marks).first == " " else { return nil }
            return (marks, tidy(plain(line.dropFirst(marks).trimmingHashes)))
        }

        private func isItem(_ line: String) -> Bool {
            if line.hasPrefix("- ") || line.hasPrefix("* ") || line.hasPrefix("+ ") { return true }
            let digits = line.prefix { $0.isNumber }
            return !digits.isEmpty && digits.count < 4 && ".、)）．".contains(line.dropFirst(digits.count).first ?? " ")
        }

        private func plain(_ text: String) -> String { isMarkdown ? text.replacing("**", with: "").replacing("`", with: "") : text }

        /// Wrapped lines join without a space where Chinese meets Chinese.
        private mutating func append(_ line: String) {
            if let last = paragraph.unicodeScalars.last, let first = line.unicodeScalars.first, last.isASCII || first.isASCII { paragraph += " " }
            paragraph += line
        }

        private mutating func flush() {
            list.add(paragraph, headings: headings.texts)
            paragraph = ""
        }
    }
}

extension Substring {
    /// Without the closing `#`s that Markdown allows after a heading.
    fileprivate var trimmingHashes: String {
        var copy = self
        while copy.last == "#" || copy.last == " " { copy.removeLast() }
        return String(copy)
    }
}

/// The text of a file with a diagnostic for every encoding but UTF-8.
/// - Throws: `knowledge.damaged` for bytes that are no text.
func decodeText(_ file: DocumentFile) throws -> (text: String, diagnostics: [Diagnostic]) {
    let (text, encoding) = TextDecoder.decode(file.bytes)
    guard !text.utf8.prefix(64 * 1024).contains(0) else {
        throw Fault(.documentDamaged, "\(file.name) holds binary data, not text", remedy: "give it the extension of its real kind")
    }
    switch encoding {
    case .utf8: return (text, [])
    case .utf16, .gb18030:
        return (text, [Diagnostic(.note, "knowledge.encoding", "read as \(encoding.rawValue)", place: file.name)])
    case .lossy:
        return (text, [Diagnostic(.warning, "knowledge.encoding", "no encoding fits; damaged places are marked. Save it as UTF-8", place: file.name)])
    }
}

/// Puts a document together: title or else a short first line or else the file's name; a diagnostic if blocks were left out or none found.
func document(of file: DocumentFile, title: String?, list: BlockList, diagnostics: [Diagnostic]) -> ParsedDocument {
    var diagnostics = diagnostics
    if list.isCut {
        diagnostics.append(
            Diagnostic(.warning, "knowledge.cut", "only the first \(Bounds.blockCountMax) paragraphs are kept. Split the file", place: file.name))
    }
    if list.blocks.isEmpty {
        diagnostics.append(Diagnostic(.warning, "knowledge.empty", "no text was found. Check the file", place: file.name))
    }
    let found = title.map(tidy).flatMap { $0.isEmpty ? nil : $0 } ?? list.blocks.first.flatMap { first in
        first.kind == .paragraph && first.text.count <= 40 && !"。；".contains(first.text.last ?? "。") ? first.text : nil
    }
    return ParsedDocument(title: String((found ?? file.stem).prefix(Bounds.headingCharacterCountMax)), blocks: list.blocks, diagnostics: diagnostics)
}
