import Core

/// Word documents (ECMA-376): paragraphs, headings by style, table rows. Headers, footers, notes and deleted text are left out.
struct WordParser: DocumentParser {
    let id = "word"
    let fileExtensions = ["docx"]

    func parse(_ file: DocumentFile) async throws -> ParsedDocument {
        let archive = try ZipArchive(file.bytes)
        guard let body = try archive.contents(of: "word/document.xml") else {
            throw Fault(.documentDamaged, "\(file.name) is an archive without word/document.xml", remedy: "save it again as .docx")
        }
        let styles = try archive.contents(of: "word/styles.xml").map(Self.headingLevels) ?? [:]
        var scanner = MarkupScanner(body, dialect: .xml)
        var reader = WordReader(styles: styles)
        while let token = scanner.next() { reader.read(token) }
        reader.finish()
        var diagnostics: [Diagnostic] = []
        if scanner.endedInside {
            diagnostics.append(Diagnostic(.warning, "knowledge.xml-open", "the document's text ends inside a tag; the rest is lost", place: file.name))
        }
        return document(of: file, title: reader.title, list: reader.list, diagnostics: diagnostics)
    }

    /// Heading level by style id: 0 for a title. Ids differ by program and language ("Heading1", "1", "a3"); names hardly do.
    static func headingLevels(_ bytes: [UInt8]) -> [String: Int] {
        var scanner = MarkupScanner(bytes, dialect: .xml)
        var levels: [String: Int] = [:]
        var style: String?
        while let token = scanner.next() {
            guard case .open(let name, let attributes, _) = token else { continue }
            if name == "w:style" {
                style = MarkupScanner.attribute("w:styleId", in: attributes)
            } else if name == "w:name", let id = style, levels.count < 1000 {
                levels[id] = MarkupScanner.attribute("w:val", in: attributes).flatMap(level(ofStyleNamed:))
            }
        }
        return levels
    }

    static func level(ofStyleNamed name: String) -> Int? {
        let name = name.lowercased().filter { $0 != " " }
        if name == "title" || name == "标题" { return 0 }
        for prefix in ["heading", "标题"] where name.hasPrefix(prefix) {
            if let level = Int(name.dropFirst(prefix.count)), (1...9).contains(level) { return level }
        }
        return nil
    }
}

/// The state between the tags of `document.xml`.
private struct WordReader {
    private(set) var list = BlockList()
    private(set) var title: String?
    private let styles: [String: Int]
    private var headings = HeadingPath()
    private var paragraph = ""
    private var level: Int?
    private var isInText = false
    /// Depth inside `mc:Fallback`, which repeats a text box for old programs.
    private var fallbackDepth = 0
    private var table = TableReader()
    private var cell = ""

    init(styles: [String: Int]) { self.styles = styles }

    mutating func read(_ token: MarkupScanner.Token) {
        switch token {
        case .text(let text): if isInText, fallbackDepth == 0 { paragraph += text }
        case .open(let name, let attributes, let isEmpty): open(name, attributes, isEmpty: isEmpty)
        case .close(let name): close(name)
        }
    }

    mutating func finish() {
        endParagraph()
        endRow()
    }

    private mutating func open(_ name: String, _ attributes: String, isEmpty: Bool) {
        switch name {
        case "w:t": isInText = !isEmpty
        case "w:tab", "w:br", "w:cr": paragraph += " "
        case "w:pStyle":
            if let id = MarkupScanner.attribute("w:val", in: attributes) { level = styles[id] ?? WordParser.level(ofStyleNamed: id) }
        case "w:outlineLvl":
            if level == nil, let value = MarkupScanner.attribute("w:val", in: attributes).flatMap(Int.init), (0...8).contains(value) { level = value + 1 }
        case "w:tbl": table.depth += 1
        case "w:tc": if table.depth == 1 { table.startCell(isHeader: false) }
        case "mc:Fallback": if !isEmpty { fallbackDepth += 1 }
        default: break
        }
    }

    private mutating func close(_ name: String) {
        switch name {
        case "w:t": isInText = false
        case "w:p": endParagraph()
        case "w:tc":
            guard table.depth == 1 else { return }
            table.endCell(tidy(cell))
            cell = ""
        case "w:tr": if table.depth == 1 { endRow() }
        case "w:tbl":
            if table.depth == 1 { endRow() }
            table.end()
        case "mc:Fallback": fallbackDepth = max(0, fallbackDepth - 1)
        default: break
        }
    }

    private mutating func endRow() { table.endRow(into: &list, headings: headings.texts) }

    private mutating func endParagraph() {
        defer {
            paragraph = ""
            level = nil
        }
        if table.isInCell {
            cell += " " + paragraph
            return
        }
        let text = tidy(paragraph)
        guard !text.isEmpty else { return }
        if level == 0 {
            if title == nil { title = text }
        } else if let level = level ?? HeadingPath.officialLevel(of: text) {
            if title == nil, level == 1 { title = text }
            headings.enter(text, level: level)
        } else {
            list.add(text, headings: headings.texts)
        }
    }
}
