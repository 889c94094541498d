import Core

/// Web pages: text, headings and table rows; scripts, styles and page furniture (`nav`, `header`, `footer`, `aside`) are left out.
struct HTMLParser: DocumentParser {
    let id = "html"
    let fileExtensions = ["html", "htm", "xhtml"]

    func parse(_ file: DocumentFile) async throws -> ParsedDocument {
        var (text, diagnostics) = try decodeText(file)
        var scanner = MarkupScanner(Array(text.utf8), dialect: .html)
        text = ""
        var reader = PageReader()
        while let token = scanner.next() { reader.read(token) }
        reader.finish()
        if scanner.endedInside || reader.isInsideFurniture {
            diagnostics.append(
                Diagnostic(.warning, "knowledge.html-open", "a tag, comment or page header never closes; what follows it is left out", place: file.name))
        }
        return document(of: file, title: reader.title, list: reader.list, diagnostics: diagnostics)
    }
}

/// The state between the tags of a page.
private struct PageReader {
    private(set) var list = BlockList()
    private var pageTitle = ""
    private var firstHeading: String?
    private var headings = HeadingPath()
    private var buffer = ""
    private var headingLevel: Int?
    private var isInTitle = false
    /// The furniture element being skipped, with how often its own name is open.
    private var skipped: (name: String, depth: Int)?
    private var table = TableReader()

    /// A page's own first heading says more than its `<title>`, which names the site as well.
    var title: String? { firstHeading ?? (pageTitle.isEmpty ? nil : pageTitle) }
    var isInsideFurniture: Bool { skipped != nil }

    private static let furniture: Set<String> = ["nav", "header", "footer", "aside", "script", "style", "noscript", "template", "svg", "select", "button"]
    private static let blockNames: Set<String> = [
        "p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "hr", "body", "figure",
        "figcaption", "form", "fieldset", "address", "details", "summary", "caption",
    ]

    mutating func read(_ token: MarkupScanner.Token) {
        switch token {
        case .text(let text):
            if isInTitle {
                if pageTitle.utf8.count < 1024 { pageTitle += text }
            } else if skipped == nil {
                buffer += text
            }
        case .open(let name, _, let isEmpty): open(name, isEmpty: isEmpty)
        case .close(let name): close(name)
        }
    }

    mutating func finish() {
        flush()
        table.endRow(into: &list, headings: headings.texts)
    }

    private mutating func open(_ name: String, isEmpty: Bool) {
        if let current = skipped {
            if current.name == name, !isEmpty { skipped = (name, current.depth + 1) }
            return
        }
        if Self.furniture.contains(name) {
            if !isEmpty { skipped = (name, 1) }
            return
        }
        switch name {
        case "title": isInTitle = list.blocks.isEmpty && !isEmpty
        case "br": buffer += " "
        case "h1", "h2", "h3", "h4", "h5", "h6":
            flush()
            headingLevel = name.utf8.last.map { Int($0) - 48 }
        case "table":
            flush()
            table.depth += 1
        case "tr": startRow()
        case "td", "th": startCell(isHeader: name == "th")
        default: if Self.blockNames.contains(name) { table.isInCell ? buffer.append(" ") : flush() }
        }
    }

    private mutating func close(_ name: String) {
        if let current = skipped {
            if current.name == name { skipped = current.depth > 1 ? (name, current.depth - 1) : nil }
            return
        }
        switch name {
        case "title", "head": isInTitle = false
        case "h1", "h2", "h3", "h4", "h5", "h6": flush()
        case "table":
            endRow()
            table.end()
        case "tr": endRow()
        case "td", "th": endCell()
        default: if Self.blockNames.contains(name) { table.isInCell ? buffer.append(" ") : flush() }
        }
    }

    private mutating func startRow() { table.depth > 1 ? buffer.append(" ") : endRow() }

    private mutating func startCell(isHeader: Bool) {
        // A table inside a cell is read as the text of that cell.
        guard table.depth == 1 else { return buffer.append(" ") }
        endCell()
        if !table.isInCell { flush() }
        table.startCell(isHeader: isHeader)
    }

    private mutating func endCell() {
        guard table.depth <= 1, table.isInCell else { return }
        table.endCell(tidy(buffer))
        buffer = ""
    }

    private mutating func endRow() {
        guard table.depth <= 1 else { return }
        endCell()
        table.endRow(into: &list, headings: headings.texts)
    }

    private mutating func flush() {
        if table.isInCell { return }
        defer { buffer = "" }
        guard let level = headingLevel else { return list.add(buffer, headings: headings.texts) }
        headingLevel = nil
        let text = tidy(buffer)
        guard !text.isEmpty else { return }
        if firstHeading == nil, level == 1 { firstHeading = text }
        headings.enter(text, level: level)
    }
}

/// The rows of a table: a first row of header cells names the columns of the rows below.
struct TableReader {
    var depth = 0
    private(set) var isInCell = false
    private var cells: [(text: String, isHeader: Bool)] = []
    private var names: [String] = []
    private var cellIsHeader = false

    mutating func startCell(isHeader: Bool) {
        isInCell = true
        cellIsHeader = isHeader
    }

    mutating func endCell(_ text: String) {
        isInCell = false
        // 256 columns, as in CSV.
        if cells.count < CSVParser.columnCountMax { cells.append((text, cellIsHeader)) }
    }

    mutating func endRow(into list: inout BlockList, headings: [String]) {
        defer { cells = [] }
        guard !cells.isEmpty else { return }
        if cells.count > 1, cells.allSatisfy(\.isHeader) {
            names = cells.map(\.text)
        } else if cells.count == 2, names.isEmpty {
            // A form: label and value.
            list.add(cells.map(\.text).filter { !$0.isEmpty }.joined(separator: ": "), headings: headings)
        } else {
            let parts = cells.enumerated().compactMap { index, cell -> String? in
                guard !cell.text.isEmpty else { return nil }
                return names.indices.contains(index) && !names[index].isEmpty ? "\(names[index]): \(cell.text)" : cell.text
            }
            list.add(parts.joined(separator: "；"), headings: headings)
        }
    }

    mutating func end() {
        depth = max(0, depth - 1)
        if depth == 0 {
            names = []
            isInCell = false
        }
    }
}
