/// Cuts the bytes of a file into rows as they come: one a line (JSONL), or the elements of one JSON array. It looks for brackets and strings only; whether a row is JSON is for others to say.
struct RowSplitter {
    struct Row {
        /// Where the row begins, from 1.
        let line: Int
        /// Empty when the row was longer than the bound.
        let bytes: [UInt8]
    }
    private enum Mode { case unknown, lines, elements, over }

    let rowByteCountMax: Int
    private var mode = Mode.unknown
    private var line = 1
    private var row: [UInt8] = []
    private var rowLine = 1
    private var isOpen = false
    private var isTooLong = false
    // Within an array.
    private var depth = 0
    private var isString = false
    private var isEscaped = false
    private var isStart = true
    /// Where something stands after the end of an array.
    private(set) var lineAfterEnd: Int?

    init(rowByteCountMax: Int) { self.rowByteCountMax = rowByteCountMax }

    /// Whether a file is an array that has not ended.
    var isUnclosed: Bool { mode == .elements }
    /// The line that was reached.
    var reachedLine: Int { line }

    mutating func add(_ chunk: [UInt8], _ each: (Row) throws -> Void) rethrows {
        var start = 0
        if isStart {
            isStart = false
            // A byte order mark, as editors on Windows leave it.
            if chunk.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        }
        while start < chunk.count {
            switch mode {
            case .unknown: start = begin(chunk, start)
            case .lines: start = try addLine(chunk, start, each)
            case .elements: start = try addElement(chunk, start, each)
            case .over: start = check(chunk, start)
            }
        }
    }

    /// Gives what is left as the last row.
    mutating func finish(_ each: (Row) throws -> Void) rethrows { try emit(each) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    private mutating func begin(_ chunk: [UInt8], _ start: Int) -> Int {
        for index in start..<chunk.count {
            if chunk[index] == 0x0A { line += 1 }
            if Self.isSpace(chunk[index]) { continue }
            mode = chunk[index] == UInt8(ascii: "[") ? .elements : .lines
            return mode == .elements ? index + 1 : index
        }
        return chunk.count
    }

    private mutating func addLine(_ chunk: [UInt8], _ start: Int, _ each: (Row) throws -> Void) rethrows -> Int {
        let end = chunk[start...].firstIndex(of: 0x0A)
        if !isOpen { (isOpen, rowLine) = (true, line) }
        keep(chunk[start..<(end ?? chunk.count)])
        guard let end else { return chunk.count }
        try emit(each)
        line += 1
        return end + 1
    }

    private mutating func addElement(_ chunk: [UInt8], _ start: Int, _ each: (Row) throws -> Void) rethrows -> Int {
        for index in start..<chunk.count {
            let byte = chunk[index]
            if byte == 0x0A { line += 1 }
            if isString {
                if isEscaped { isEscaped = false } else if byte == UInt8(ascii: "\\") { isEscaped = true } else if byte == UInt8(ascii: "\"") { isString = false }
                continue
            }
            if !isOpen {
                if Self.isSpace(byte) || byte == UInt8(ascii: ",") { continue }
                if byte != UInt8(ascii: "]") {
                    (isOpen, rowLine) = (true, line)
                    // From here on the row is kept.
                    if index > start { return index }
                }
            }
            switch byte {
            case UInt8(ascii: "\""): isString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "]") where depth > 0: depth -= 1
            case UInt8(ascii: "]"), UInt8(ascii: ","):
                if byte == UInt8(ascii: ","), depth > 0 { continue }
                keep(isOpen ? chunk[start..<index] : [])
                try emit(each)
                if byte == UInt8(ascii: "]") { mode = .over }
                return index + 1
            default: break
            }
        }
        if isOpen { keep(chunk[start...]) }
        return chunk.count
    }

    private mutating func check(_ chunk: [UInt8], _ start: Int) -> Int {
        for index in start..<chunk.count {
            if chunk[index] == 0x0A { line += 1 }
            if !Self.isSpace(chunk[index]), lineAfterEnd == nil { lineAfterEnd = line }
        }
        return chunk.count
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        guard row.count + bytes.count <= rowByteCountMax else {
            isTooLong = true
            row = []
            return
        }
        if !isTooLong { row += bytes }
    }

    /// Blank rows are no rows.
    private mutating func emit(_ each: (Row) throws -> Void) rethrows {
        defer { (row, isOpen, isTooLong, depth) = ([], false, false, 0) }
        guard isTooLong || row.contains(where: { !Self.isSpace($0) }) else { return }
        try each(Row(line: rowLine, bytes: row))
    }
}
