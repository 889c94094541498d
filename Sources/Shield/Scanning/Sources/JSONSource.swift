import Core

/// JSON by the paths of its members, and JSON lines: a record a line, the paths are the columns.
struct JSONSource {
    private let scanner: PartScanner
    private let location: PartLocation
    private var table: TableScanner
    private var columns: [String: Int] = [:]
    private var row = 0
    private var malformed = 0

    init(_ scanner: PartScanner, _ location: PartLocation) {
        (self.scanner, self.location) = (scanner, location)
        table = TableScanner(scanner, location)
    }

    /// Lines, each a value.
    mutating func scanLines(_ reader: inout SlabReader, into result: inout FileResult) throws {
        while let slab = try reader.next() {
            let bytes = slab.utf8
            var end = bytes.count
            if !slab.isLast {
                guard let last = bytes.lastIndex(of: 0x0A) else {
                    result.note(.warning, "scanning.record-too-long", "line \(slab.base.line) is longer than \(scanner.limits.slabByteCount) bytes; it is read as text", location, scanner.limits)
                    PlainText(scanner: scanner).scan(slab, location, into: &result)
                    reader.consume(slab.original.count)
                    continue
                }
                end = last + 1
            }
            var start = 0
            while start < end {
                let stop = bytes[start..<end].firstIndex(of: 0x0A) ?? end
                if bytes[start..<stop].contains(where: { $0 > 0x20 }) {
                    row += 1
                    record(bytes, start..<stop)
                }
                if table.isFull { table.flush(slab) }
                start = stop + 1
            }
            table.flush(slab)
            var walk = PositionWalk(slab)
            reader.consume(slab.isLast ? slab.original.count : walk.position(of: end).byte - slab.base.byte)
        }
        if malformed > 0 { result.note(.warning, "scanning.json-line", "\(malformed) lines are no JSON; they are read as text", location, scanner.limits) }
        table.finish(into: &result)
    }

    /// One document.
    /// - Returns: false when it is no JSON; nothing was scanned then.
    mutating func scanDocument(_ slab: TextSlab, into result: inout FileResult) -> Bool {
        var text = JSONText(slab.utf8, 0..<slab.utf8.count)
        guard (try? text.skipValue()) != nil else { return false }
        text.skipBlanks()
        guard text.current == nil else { return false }
        text.index = 0
        do throws(JSONText.Problem) {
            // The records of a list are its rows.
            text.skipBlanks()
            if text.takes(UInt8(ascii: "[")) {
                if !text.takes(UInt8(ascii: "]")) {
                    repeat {
                        row += 1
                        try value(&text, path: "", depth: 0)
                        if table.isFull { table.flush(slab) }
                    } while text.takes(UInt8(ascii: ","))
                }
            } else {
                row = 1
                try value(&text, path: "", depth: 0)
            }
        } catch {
            return false
        }
        table.flush(slab)
        table.finish(into: &result)
        return true
    }

    private mutating func record(_ bytes: [UInt8], _ range: Range<Int>) {
        var text = JSONText(bytes, range)
        var whole = text
        guard (try? whole.skipValue()) != nil, { whole.skipBlanks(); return whole.current == nil }() else {
            malformed += 1
            table.add(bytes[range], TableCell(column: column(""), row: row, place: range.lowerBound))
            return
        }
        try? value(&text, path: "", depth: 0)
    }

    private mutating func value(_ text: inout JSONText, path: String, depth: Int) throws(JSONText.Problem) {
        guard depth < JSONText.depthMax else { throw text.problem("too deep") }
        text.skipBlanks()
        switch text.current {
        case UInt8(ascii: "{"):
            text.index += 1
            if text.takes(UInt8(ascii: "}")) { return }
            repeat {
                var name: [UInt8] = []
                try text.append(try text.string(), to: &name)
                guard text.takes(UInt8(ascii: ":")) else { throw text.problem("':' expected") }
                let key = String(decoding: name.prefix(128), as: UTF8.self)
                try value(&text, path: path.isEmpty ? key : path + "." + key, depth: depth + 1)
            } while text.takes(UInt8(ascii: ","))
            guard text.takes(UInt8(ascii: "}")) else { throw text.problem("'}' expected") }
        case UInt8(ascii: "["):
            text.index += 1
            if text.takes(UInt8(ascii: "]")) { return }
            repeat { try value(&text, path: path, depth: depth + 1) } while text.takes(UInt8(ascii: ","))
            guard text.takes(UInt8(ascii: "]")) else { throw text.problem("']' expected") }
        case UInt8(ascii: "\""):
            let piece = try text.string()
            let cell = TableCell(column: column(path), row: row, place: piece.range.lowerBound, escaping: piece.hasEscapes ? .json : .none)
            if piece.hasEscapes {
                var plain: [UInt8] = []
                try text.append(piece, to: &plain)
                table.add(plain, cell)
            } else {
                table.add(text.bytes[piece.range], cell)
            }
        default:
            let start = text.index
            try text.word()
            // Words say nothing; numbers may be telephone numbers.
            if text.index - start >= 5, text.bytes[start] != UInt8(ascii: "f") { table.add(text.bytes[start..<text.index], TableCell(column: column(path), row: row, place: start)) }
        }
    }

    /// The number of a path; paths beyond the bound share the last one.
    private mutating func column(_ path: String) -> Int {
        if let known = columns[path] { return known }
        let number = min(columns.count, ColumnJudge.columnCountMax - 1)
        if columns.count < ColumnJudge.columnCountMax {
            columns[path] = number
            if !path.isEmpty { table.name(number, path) }
        }
        return number
    }
}
