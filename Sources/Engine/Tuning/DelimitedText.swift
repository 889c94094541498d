import Core

/// Rows of a file of values with a header: comma-separated with quotes (RFC 4180), or separated by tabs without.
public struct DelimitedText: Sendable {
    /// A row and the line that it begins on, counted from 1.
    public struct Row: Sendable, Hashable {
        public let line: Int
        public let fields: [String]
    }

    /// Names of the columns, each once.
    public let header: [String]
    public let rows: [Row]

    static let columnsMax = 4_096
    static let rowsMax = 10_000_000
    static let fieldByteCountMax = 1 << 20

    /// A file; a name that ends in `.tsv` means tabs.
    ///
    /// - Throws: `core.file`; `tuning.data` naming the line.
    public init(path: String) throws {
        let text = TextDecoder.decode(try FileTree.read(path, byteCountMax: 1 << 30)).text
        try self.init(text, isTabbed: path.lowercased().hasSuffix(".tsv"), name: path)
    }

    /// - Parameters:
    ///   - isTabbed: values stand between tabs, and quotes mean nothing.
    ///   - name: what errors call the text.
    public init(_ text: String, isTabbed: Bool = false, name: String) throws {
        var parser = Parser(bytes: Array(text.utf8), separator: isTabbed ? 9 : 44, quotes: !isTabbed, name: name)
        guard let first = try parser.next() else { throw parser.wrong("has no header") }
        let names = first.fields.map { Self.trimmed($0) }
        guard Set(names).count == names.count else { throw parser.wrong("names a column twice in its header") }
        var rows: [Row] = []
        while let row = try parser.next() {
            if row.fields == [""], names.count > 1 { continue }
            guard row.fields.count == names.count else { throw parser.wrong("line \(row.line): \(row.fields.count) values for \(names.count) columns") }
            guard rows.count < Self.rowsMax else { throw parser.wrong("has more than \(Self.rowsMax) rows") }
            rows.append(row)
        }
        (header, self.rows) = (names, rows)
    }

    /// The place of a column.
    ///
    /// - Throws: `tuning.data` when there is none of the name.
    public func column(_ name: String, in file: String) throws -> Int {
        guard let place = header.firstIndex(of: name) else { throw Fault(.trainingData, "\(file) has no column \(name)", remedy: "name one of its columns") }
        return place
    }

    static func trimmed(_ text: String) -> String {
        var view = text[...]
        while let first = view.first, first.isWhitespace || first == "\u{FEFF}" { view = view.dropFirst() }
        while let last = view.last, last.isWhitespace { view = view.dropLast() }
        return String(view)
    }

    private struct Parser {
        let bytes: [UInt8]
        let separator: UInt8
        let quotes: Bool
        let name: String
        var place = 0
        var line = 1

        init(bytes: [UInt8], separator: UInt8, quotes: Bool, name: String) { (self.bytes, self.separator, self.quotes, self.name) = (bytes, separator, quotes, name) }

        func wrong(_ what: String) -> Fault { Fault(.trainingData, "\(name) \(what)", remedy: "give rows of values with a header, in quotes where a value holds a separator") }

        /// The next row; nil at the end.
        mutating func next() throws -> Row? {
            guard place < bytes.count else { return nil }
            let start = line
            var fields: [String] = []
            while true {
                let (text, isLast) = try field(row: start)
                fields.append(text)
                guard fields.count <= DelimitedText.columnsMax else { throw wrong("line \(start): more than \(DelimitedText.columnsMax) values") }
                if isLast { return Row(line: start, fields: fields) }
            }
        }

        private mutating func field(row: Int) throws -> (text: String, isLast: Bool) {
            var out: [UInt8] = []
            let isQuoted = quotes && place < bytes.count && bytes[place] == 0x22
            if isQuoted { try quoted(into: &out, row: row) }
            while place < bytes.count {
                let byte = bytes[place]
                place += 1
                if byte == separator { return (String(decoding: out, as: UTF8.self), false) }
                if byte == 10 {
                    line += 1
                    if out.last == 13 { out.removeLast() }
                    return (String(decoding: out, as: UTF8.self), true)
                }
                out.append(byte)
                guard out.count <= DelimitedText.fieldByteCountMax else { throw wrong("line \(row): a value of more than \(DelimitedText.fieldByteCountMax) bytes") }
            }
            return (String(decoding: out, as: UTF8.self), true)
        }

        /// What stands between quotes; two quotes are one.
        private mutating func quoted(into out: inout [UInt8], row: Int) throws {
            place += 1
            while place < bytes.count {
                let byte = bytes[place]
                place += 1
                if byte == 0x22 {
                    guard place < bytes.count, bytes[place] == 0x22 else { return }
                    place += 1
                }
                if byte == 10 { line += 1 }
                out.append(byte)
                guard out.count <= DelimitedText.fieldByteCountMax else { break }
            }
            throw wrong("line \(row): a quoted value does not end")
        }
    }
}
