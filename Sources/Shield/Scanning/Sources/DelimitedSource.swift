import Core

/// Comma-, tab-, semicolon- or bar-separated values (RFC 4180), record by record in slabs.
struct DelimitedSource {
    private let scanner: PartScanner
    private let separator: UInt8?
    private var table: TableScanner
    private let location: PartLocation
    private var row = 0

    init(_ scanner: PartScanner, _ location: PartLocation, separator: UInt8?) {
        (self.scanner, self.location, self.separator) = (scanner, location, separator)
        table = TableScanner(scanner, location)
    }

    private struct Field {
        var place: Int
        /// In the slab, or unescaped.
        var range: Range<Int>
        var unescaped: [UInt8]?
    }

    mutating func scan(_ reader: inout SlabReader, into result: inout FileResult) throws {
        var chosen = separator
        while let slab = try reader.next() {
            let mark = chosen ?? Self.separator(of: slab.utf8)
            chosen = mark
            let end = records(of: slab, mark)
            guard end > 0 || slab.isLast else {
                // A record longer than a slab is no record: a quotation mark was left open.
                table.flush(slab)
                result.note(.warning, "scanning.record-too-long", "a record from line \(slab.base.line) on is longer than \(scanner.limits.slabByteCount) bytes; it is read as text", location, scanner.limits)
                PlainText(scanner: scanner).scan(slab, location, into: &result)
                reader.consume(slab.original.count)
                continue
            }
            table.flush(slab)
            var walk = PositionWalk(slab)
            reader.consume(slab.isLast ? slab.original.count : walk.position(of: end).byte - slab.base.byte)
        }
        table.finish(into: &result)
    }

    /// The separator that the first line has most of.
    static func separator(of bytes: [UInt8]) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        for byte in bytes.prefix(4096).prefix(while: { $0 != 0x0A }) where [UInt8(ascii: ","), 0x09, UInt8(ascii: ";"), UInt8(ascii: "|")].contains(byte) { counts[byte, default: 0] += 1 }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? UInt8(ascii: ",")
    }

    /// Scans the records that end in the slab; returns where the first that does not begins.
    private mutating func records(of slab: TextSlab, _ separator: UInt8) -> Int {
        let bytes = slab.utf8
        var fields: [Field] = []
        var index = 0, recordStart = 0
        while index < bytes.count || !fields.isEmpty {
            let start = index
            var field: Field
            if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
                guard let quoted = Self.quoted(bytes, index) else {
                    guard slab.isLast else { return recordStart }
                    field = Field(place: start + 1, range: start + 1..<bytes.count)
                    index = bytes.count
                    fields.append(field)
                    end(&fields, bytes, slab)
                    return bytes.count
                }
                field = Field(place: start + 1, range: start + 1..<quoted.end, unescaped: quoted.unescaped)
                index = quoted.end + 1
                // Text behind a closing quotation mark belongs to nothing; it is passed over up to the separator.
                while index < bytes.count, bytes[index] != separator, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
            } else {
                while index < bytes.count, bytes[index] != separator, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
                field = Field(place: start, range: start..<index)
            }
            if index >= bytes.count, !slab.isLast { return recordStart }
            fields.append(field)
            if index < bytes.count, bytes[index] == separator {
                index += 1
                continue
            }
            end(&fields, bytes, slab)
            if index < bytes.count, bytes[index] == 0x0D { index += 1 }
            if index < bytes.count, bytes[index] == 0x0A { index += 1 }
            recordStart = index
        }
        return recordStart
    }

    /// The end of a quoted field that begins at `start`; nil when it does not close.
    private static func quoted(_ bytes: [UInt8], _ start: Int) -> (end: Int, unescaped: [UInt8]?)? {
        var index = start + 1
        var unescaped: [UInt8]?
        var copied = index
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\"") else {
                index += 1
                continue
            }
            guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") else {
                if unescaped != nil { unescaped?.append(contentsOf: bytes[copied..<index]) }
                return (index, unescaped)
            }
            if unescaped == nil { unescaped = [] }
            unescaped?.append(contentsOf: bytes[copied...index])
            index += 2
            copied = index
        }
        return nil
    }

    private mutating func end(_ fields: inout [Field], _ bytes: [UInt8], _ slab: TextSlab) {
        defer { fields.removeAll(keepingCapacity: true) }
        if fields.count == 1, fields[0].range.isEmpty { return }
        row += 1
        if row == 1 {
            let names = fields.map { String(decoding: $0.unescaped ?? Array(bytes[$0.range]), as: UTF8.self) }
            if TableHeader.isHeader(names) {
                for (column, name) in names.enumerated() { table.name(column, name) }
                return
            }
        }
        for (column, field) in fields.enumerated() {
            let cell = TableCell(column: column, row: row, place: field.place, escaping: field.unescaped == nil ? .none : .doubledQuotes)
            if let unescaped = field.unescaped { table.add(unescaped, cell) } else { table.add(bytes[field.range], cell) }
        }
        if table.isFull { table.flush(slab) }
    }
}

/// Whether a first row names the columns.
enum TableHeader {
    static func isHeader(_ names: [String]) -> Bool {
        guard !names.isEmpty, names.contains(where: { !$0.isEmpty }) else { return false }
        if names.contains(where: hasNumber) { return false }
        if names.contains(where: { ColumnNames.kind(of: $0) != nil }) { return true }
        return names.allSatisfy { name in name.count <= 64 && name.first?.isLetter == true && name.unicodeScalars.allSatisfy { $0.isASCII && $0 != "@" && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_" || $0 == " ") } }
    }

    /// Six digits in a row are a value.
    private static func hasNumber(_ text: String) -> Bool {
        var run = 0
        for byte in text.utf8 {
            run = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? run + 1 : 0
            if run >= 6 || byte == UInt8(ascii: "@") { return true }
        }
        return false
    }
}
