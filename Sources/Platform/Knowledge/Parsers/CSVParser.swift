import Core

/// Tables as comma-separated values (RFC 4180): the first record names the columns, each further record is one block `name: value；…`.
struct CSVParser: DocumentParser {
    let id = "csv"
    let fileExtensions = ["csv", "tsv"]
    /// Columns of a record; more are left out.
    static let columnCountMax = 256

    func parse(_ file: DocumentFile) async throws -> ParsedDocument {
        var (text, diagnostics) = try decodeText(file)
        let separator = file.fileExtension == "tsv" ? UInt8(ascii: "\t") : UInt8(ascii: ",")
        var list = BlockList()
        var header: [String]?
        var unevenCount = 0
        let isWhole = Self.forEachRecord(in: Array(text.utf8), separator: separator) { fields in
            guard let names = header else {
                header = fields
                return
            }
            if fields.count != names.count { unevenCount += 1 }
            list.add(Self.sentence(names: names, fields: fields), headings: [], kind: .row)
        }
        text = ""
        if unevenCount > 0 {
            diagnostics.append(
                Diagnostic(.warning, "knowledge.csv-columns", "\(unevenCount) rows have more or fewer columns than the first. Check commas and quotes", place: file.name))
        }
        if !isWhole {
            diagnostics.append(Diagnostic(.warning, "knowledge.csv-quote", "a quote never closes; the rest is one field. Close it", place: file.name))
        }
        if list.blocks.isEmpty, let header { list.add(header.joined(separator: "；"), headings: [], kind: .row) }
        return document(of: file, title: file.stem, list: list, diagnostics: diagnostics)
    }

    private static func sentence(names: [String], fields: [String]) -> String {
        fields.enumerated().compactMap { index, field in
            let value = tidy(field)
            guard !value.isEmpty else { return nil }
            let name = names.indices.contains(index) ? tidy(names[index]) : ""
            return name.isEmpty ? value : "\(name): \(value)"
        }.joined(separator: "；")
    }

    /// Calls `body` with each record that is not blank; false if a quoted field was still open at the end.
    ///
    /// A quote inside an unquoted field is kept as a character (spreadsheets write that), text after a closing quote is appended.
    static func forEachRecord(in bytes: [UInt8], separator: UInt8, _ body: ([String]) -> Void) -> Bool {
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        func endField() {
            if fields.count < columnCountMax { fields.append(String(decoding: field, as: UTF8.self)) }
            field.removeAll(keepingCapacity: true)
        }
        func endRecord() {
            guard !fields.isEmpty || !field.isEmpty else { return }
            endField()
            body(fields)
            fields.removeAll(keepingCapacity: true)
        }
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isQuoted {
                guard byte == UInt8(ascii: "\"") else {
                    field.append(byte)
                    continue
                }
                if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
                    field.append(byte)
                    index += 1
                } else {
                    isQuoted = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\"") where field.isEmpty: isQuoted = true
            case separator: endField()
            case 0x0A: endRecord()
            case 0x0D: if index >= bytes.count || bytes[index] != 0x0A { endRecord() }
            default: field.append(byte)
            }
        }
        endRecord()
        return !isQuoted
    }
}
