import Core

/// The sheets of a workbook (ECMA-376, SpreadsheetML) by column.
struct WorkbookSource {
    let scanner: PartScanner
    let location: PartLocation
    /// Shared texts of a workbook; further ones are empty.
    static let stringCountMax = 4_000_000
    /// The last row of a sheet (Excel's limit); another number is none, and its row follows the one before.
    static let rowMax = 1_048_576

    /// Whether an archive is a workbook.
    static func recognizes(_ archive: ZipArchive) -> Bool { archive.entries["xl/workbook.xml"] != nil }

    /// - Parameter row: gets the values of each row as a line.
    func scan(_ archive: ZipArchive, into result: inout FileResult, row: ([UInt8]) -> Void = { _ in }) throws {
        let strings = try archive.contents(of: "xl/sharedStrings.xml").map(Self.strings) ?? []
        for (name, path) in try Self.sheets(archive) {
            do {
                guard let bytes = try archive.contents(of: path) else { continue }
                scan(sheet: bytes, name: name, strings, into: &result, line: row)
            } catch {
                result.add(error, location.member(path), scanner.limits)
            }
        }
    }

    /// Names and paths of the sheets, in order.
    private static func sheets(_ archive: ZipArchive) throws -> [(name: String, path: String)] {
        var targets: [String: String] = [:]
        if let bytes = try archive.contents(of: "xl/_rels/workbook.xml.rels") {
            var markup = MarkupScanner(bytes, dialect: .xml)
            while let token = markup.next() {
                guard case .open("Relationship", let attributes, _) = token, let id = MarkupScanner.attribute("Id", in: attributes), let target = MarkupScanner.attribute("Target", in: attributes) else { continue }
                targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
            }
        }
        var found: [(name: String, path: String)] = []
        if let bytes = try archive.contents(of: "xl/workbook.xml") {
            var markup = MarkupScanner(bytes, dialect: .xml)
            while let token = markup.next() {
                guard case .open("sheet", let attributes, _) = token, let id = MarkupScanner.attribute("r:id", in: attributes), let path = targets[id] else { continue }
                found.append((CharacterReference.decode(Array((MarkupScanner.attribute("name", in: attributes) ?? "").utf8)[...]), path))
            }
        }
        // A sheet that the workbook does not name holds data all the same.
        for path in archive.entries.keys.sorted() where path.hasPrefix("xl/worksheets/") && path.hasSuffix(".xml") && !found.contains(where: { $0.path == path }) {
            found.append((path, path))
        }
        return found
    }

    /// The texts that cells share; runs of one text are joined, readings (`rPh`) left out.
    private static func strings(_ bytes: [UInt8]) -> [[UInt8]] {
        var markup = MarkupScanner(bytes, dialect: .xml)
        var strings: [[UInt8]] = []
        var text: [UInt8] = []
        var isText = false, isReading = false
        while let token = markup.next() {
            switch token {
            case .open("si", _, let isEmpty):
                text = []
                if isEmpty { strings.append([]) }
            case .close("si"): if strings.count < stringCountMax { strings.append(text) }
            case .open("t", _, let isEmpty): isText = !isEmpty
            case .close("t"): isText = false
            case .open("rPh", _, let isEmpty): isReading = !isEmpty
            case .close("rPh"): isReading = false
            case .text(let piece): if isText, !isReading { text += Array(piece.utf8) }
            default: break
            }
        }
        return strings
    }

    private func scan(sheet bytes: [UInt8], name: String, _ strings: [[UInt8]], into result: inout FileResult, line: ([UInt8]) -> Void) {
        var table = TableScanner(scanner, location, table: name)
        var markup = MarkupScanner(bytes, dialect: .xml)
        var row = 0, column = -1, kind = "n", isValue = false
        var value: [UInt8] = []
        var cells: [(column: Int, value: [UInt8])] = []
        var isFirst = true
        func end() {
            defer { cells.removeAll(keepingCapacity: true) }
            guard !cells.isEmpty else { return }
            line(Array(cells.map(\.value).joined(separator: [0x09])))
            if isFirst {
                isFirst = false
                let names = cells.map { String(decoding: $0.value, as: UTF8.self) }
                if TableHeader.isHeader(names) {
                    for (cell, name) in zip(cells, names) { table.name(cell.column, name) }
                    return
                }
            }
            for cell in cells { table.add(cell.value, TableCell(column: cell.column, row: row)) }
            if table.isFull { table.flush(nil) }
        }
        while let token = markup.next() {
            switch token {
            case .open("row", let attributes, let isEmpty):
                row = MarkupScanner.attribute("r", in: attributes).flatMap(Int.init).flatMap { (1...Self.rowMax).contains($0) ? $0 : nil } ?? row + 1
                column = -1
                if isEmpty { continue }
            case .close("row"): end()
            case .open("c", let attributes, _):
                column = MarkupScanner.attribute("r", in: attributes).flatMap(Self.column) ?? column + 1
                kind = MarkupScanner.attribute("t", in: attributes) ?? "n"
                value = []
            case .open("v", _, let isEmpty), .open("t", _, let isEmpty): isValue = !isEmpty
            case .close("v"), .close("t"): isValue = false
            case .text(let piece): if isValue { value += Array(piece.utf8) }
            case .close("c"):
                if kind == "s" { value = Int(String(decoding: value, as: UTF8.self)).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? [] }
                if kind == "n" { value = Self.number(value) }
                if !value.isEmpty, (0..<ColumnJudge.columnCountMax).contains(column) { cells.append((column, value)) }
            default: break
            }
        }
        end()
        table.flush(nil)
        table.finish(into: &result)
    }

    /// `BC12` is column 54.
    private static func column(_ reference: String) -> Int? {
        var number = 0
        for byte in reference.utf8 {
            guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) else { break }
            number = number * 26 + Int(byte) - 64
            guard number <= 16_384 else { return nil }
        }
        return number > 0 ? number - 1 : nil
    }

    /// Whole numbers are kept as digits: programs write a telephone number as 1.3800138E10.
    private static func number(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: { $0 == UInt8(ascii: "E") || $0 == UInt8(ascii: "e") }), let value = Double(String(decoding: bytes, as: UTF8.self)), value.magnitude < 1e15, value.rounded() == value else { return bytes }
        return Array(String(Int64(value)).utf8)
    }
}
