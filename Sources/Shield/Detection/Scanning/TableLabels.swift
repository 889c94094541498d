import Kernels

/// Labels that stand in the head of a column: rows of comma, tab, semicolon or pipe separated values, and `INSERT INTO t (name, …) VALUES (…)`.
struct TableLabels {
    /// A cell and the recognizers whose label heads its column.
    struct Cell {
        let range: Range<Int>
        let recognizers: [Int32]
    }

    /// Bytes of a head, rows under one, and cells of a row; what goes on beyond is read as running text.
    static let headCountMax = 2_048
    static let rowCountMax = 10_000
    static let columnCountMax = 256

    private let text: [UInt8]
    private let places: ScanSession.Places
    private let book: RuleBook
    private var cells: [Cell] = []

    static func find(_ text: [UInt8], _ places: ScanSession.Places, _ book: RuleBook) -> [Cell] {
        var table = TableLabels(text: text, places: places, book: book)
        table.run()
        return table.cells
    }

    private init(text: [UInt8], places: ScanSession.Places, book: RuleBook) {
        self.text = text
        self.places = places
        self.book = book
    }

    private mutating func run() {
        // Lines up to here are heads or rows already; those up to `passed` are too long for heads.
        var (done, passed) = (0, 0)
        for (index, hit) in places.hits.enumerated() where Int(hit.start) >= max(done, passed) && !places.isHidden[index] && !book.labelOf[Int(hit.id)].isEmpty {
            let start = Int(hit.start)
            guard mayHead(start..<start + Int(hit.length)) else { continue }
            var lineStart = start
            while lineStart > done, start - lineStart < Self.headCountMax, text[lineStart - 1] != 10 { lineStart -= 1 }
            let lineEnd = end(ofLineAt: start)
            guard lineEnd - lineStart <= Self.headCountMax else {
                passed = lineEnd
                continue
            }
            if let list = parentheses(around: start, within: lineStart..<lineEnd) {
                done = max(start + 1, insertedRows(list))
            } else {
                done = max(lineEnd, rows(head: lineStart..<lineEnd))
            }
        }
    }

    /// Whether labels may be the most of a cell that this one stands in: a border of cells, a line's end or a parenthesis follows and precedes it before there is much other text (another
    /// label and a mark of the like length). Most labels stand in sentences, and that shows within a few bytes.
    private func mayHead(_ label: Range<Int>) -> Bool {
        var room = 2 * label.count + 4
        var place = label.upperBound
        while place < text.count, !Self.isBorder(text[place]) {
            if !Self.isEdge(text[place]) { room -= 1 }
            if room < 0 || place - label.upperBound > Self.headCountMax { return false }
            place += 1
        }
        place = label.lowerBound
        while place > 0, !Self.isBorder(text[place - 1]) {
            place -= 1
            if !Self.isEdge(text[place]) { room -= 1 }
            if room < 0 || label.lowerBound - place > Self.headCountMax { return false }
        }
        return true
    }

    private static func isBorder(_ byte: UInt8) -> Bool {
        switch byte {
        case 9, 10, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"): true
        default: false
        }
    }

    /// Bytes around the text of a cell that do not belong to it.
    private static func isEdge(_ byte: UInt8) -> Bool { byte == 32 || byte == 34 || byte == 39 || byte == 96 || byte == 13 || byte == 9 }

    private func end(ofLineAt place: Int) -> Int {
        var end = place
        while end < text.count, text[end] != 10, end - place <= Self.headCountMax { end += 1 }
        return end
    }

    /// Reads the rows under a head; returns where they end.
    private mutating func rows(head: Range<Int>) -> Int {
        guard let (separator, separatorCount) = separator(head), mayFollow(head, separator, separatorCount) else { return head.upperBound }
        let columns = split(head, separator)
        guard (2...Self.columnCountMax).contains(columns.count) else { return head.upperBound }
        let labels = columns.map(labels(of:))
        guard labels.contains(where: { !$0.isEmpty }), !isPair(columns, labels, head, separator) else { return head.upperBound }
        var place = head.upperBound + 1
        var count = 0
        while place < text.count, count < Self.rowCountMax {
            let end = end(ofLineAt: place)
            let line = place..<end
            if !isRule(line, separator) {
                let values = split(line, separator)
                guard values.count == columns.count else { break }
                add(values, labels)
            }
            place = end + 1
            count += 1
        }
        return count == 0 ? head.upperBound : place - 1
    }

    /// |---|:--| under the head of a table in Markdown, +----+ in a terminal.
    private func isRule(_ line: Range<Int>, _ separator: UInt8) -> Bool {
        line.allSatisfy { text[$0] == separator || text[$0] == 43 || text[$0] == 45 || text[$0] == 58 || text[$0] == 32 || text[$0] == 13 }
    }

    /// Whether a line is a label with its value, as the next is: | Password | secret |. A label heads no label, and a table of two columns between bars has a rule under its head.
    private func isPair(_ columns: [Range<Int>], _ labels: [[Int32]], _ head: Range<Int>, _ separator: UInt8) -> Bool {
        guard head.upperBound + 1 < text.count else { return false }
        let line = head.upperBound + 1..<end(ofLineAt: head.upperBound + 1)
        if separator == UInt8(ascii: "|"), columns.filter({ !$0.isEmpty }).count == 2, columns.count > 2 {
            if !isRule(line, separator) { return true }
        }
        return zip(split(line, separator), labels).contains { !$1.isEmpty && !self.labels(of: $0).isEmpty }
    }

    private mutating func add(_ values: [Range<Int>], _ labels: [[Int32]]) {
        for (value, recognizers) in zip(values, labels) where !recognizers.isEmpty && !value.isEmpty { cells.append(Cell(range: value, recognizers: recognizers)) }
    }

    /// Whether the next line can be a row under a head, by its separators: a sentence is followed by one with as many commas seldom.
    private func mayFollow(_ head: Range<Int>, _ separator: UInt8, _ separatorCount: Int) -> Bool {
        var count = 0
        for place in head.upperBound + 1..<max(head.upperBound + 1, end(ofLineAt: head.upperBound + 1)) {
            // Separators within quotes count for nothing; a rule under a head of Markdown may be any.
            if text[place] == 34 || text[place] == 39 || text[place] == 45 || text[place] == 43 { return true }
            if text[place] == separator { count += 1 }
        }
        return count == separatorCount || text[head].contains(34) || text[head].contains(39)
    }

    /// The separator of a line that could be a head, and how many there are: short cells without long numbers.
    private func separator(_ line: Range<Int>) -> (UInt8, Int)? {
        // Of tabs, commas, semicolons and bars.
        var counts = (0, 0, 0, 0)
        var digits = 0
        for place in line {
            switch text[place] {
            case 9:
                counts.0 += 1
                digits = 0
            case UInt8(ascii: ","):
                counts.1 += 1
                digits = 0
            case UInt8(ascii: ";"):
                counts.2 += 1
                digits = 0
            case UInt8(ascii: "|"):
                counts.3 += 1
                digits = 0
            case 48...57:
                digits += 1
                if digits > 4 { return nil }
            case UInt8(ascii: ":"), UInt8(ascii: "="): return nil
            default: digits = 0
            }
        }
        // Of equal counts the mark with the greatest code.
        let most = max(counts.0, counts.1, counts.2, counts.3)
        return most == 0 ? nil : (counts.3 == most ? UInt8(ascii: "|") : counts.2 == most ? UInt8(ascii: ";") : counts.1 == most ? UInt8(ascii: ",") : 9, most)
    }

    /// Cells of a line, without quotes and blanks; separators within double quotes belong to the cell.
    private func split(_ line: Range<Int>, _ separator: UInt8) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = line.lowerBound
        var isQuoted = false
        for place in line where cells.count <= Self.columnCountMax {
            if text[place] == 34 || (separator == UInt8(ascii: ",") && text[place] == 39) { isQuoted.toggle() }
            if text[place] == separator, !isQuoted {
                cells.append(trimmed(start..<place))
                start = place + 1
            }
        }
        cells.append(trimmed(start..<line.upperBound))
        return cells
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, Self.isEdge(text[start]) { start += 1 }
        while end > start, Self.isEdge(text[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The recognizers of the longest labels of a head's cell, when labels are most of it; of 电话/邮箱 both.
    private func labels(of cell: Range<Int>) -> [Int32] {
        guard cell.count <= 64 else { return [] }
        var best: (length: Int, recognizers: [Int32]) = (0, [])
        var covered = 0
        var index = Scanner.firstHit(places.hits, from: cell.lowerBound)
        while index < places.hits.count, Int(places.hits[index].start) < cell.upperBound {
            defer { index += 1 }
            let hit = places.hits[index]
            let labels = book.labelOf[Int(hit.id)]
            guard !labels.isEmpty, !places.isHidden[index], Int(hit.start + hit.length) <= cell.upperBound else { continue }
            covered += Int(hit.length)
            guard Int(hit.length) >= best.length else { continue }
            best = (Int(hit.length), Int(hit.length) > best.length ? labels : best.recognizers + labels.filter { !best.recognizers.contains($0) })
        }
        return 2 * covered >= cell.count ? best.recognizers : []
    }

    /// The parentheses around a place within a line, without the marks.
    private func parentheses(around place: Int, within line: Range<Int>) -> Range<Int>? {
        var start = place
        while start > line.lowerBound, text[start - 1] != UInt8(ascii: "("), text[start - 1] != UInt8(ascii: ")") { start -= 1 }
        guard start > line.lowerBound, text[start - 1] == UInt8(ascii: "(") else { return nil }
        guard let end = text[place..<line.upperBound].firstIndex(of: UInt8(ascii: ")")) else { return nil }
        return start..<end
    }

    /// Reads the tuples after a list of columns and VALUES; returns where they end.
    private mutating func insertedRows(_ list: Range<Int>) -> Int {
        var place = skipBlanks(list.upperBound + 1)
        guard place + 6 < text.count, text[place..<place + 6].elementsEqual("values".utf8, by: { $0 | 32 == $1 }) else { return 0 }
        place = skipBlanks(place + 6)
        let columns = split(list, UInt8(ascii: ","))
        guard columns.count <= Self.columnCountMax else { return 0 }
        let labels = columns.map(labels(of:))
        guard labels.contains(where: { !$0.isEmpty }) else { return 0 }
        var count = 0
        while place < text.count, text[place] == UInt8(ascii: "("), count < Self.rowCountMax, let end = endOfTuple(place + 1) {
            let values = split(place + 1..<end, UInt8(ascii: ","))
            if values.count == columns.count { add(values, labels) }
            place = skipBlanks(end + 1)
            guard place < text.count, text[place] == UInt8(ascii: ",") else { break }
            place = skipBlanks(place + 1)
            count += 1
        }
        return place
    }

    private func skipBlanks(_ start: Int) -> Int {
        var place = start
        while place < text.count, text[place] <= 32 { place += 1 }
        return place
    }

    private func endOfTuple(_ start: Int) -> Int? {
        var isQuoted = false
        for place in start..<min(text.count, start + 16_384) {
            if text[place] == 39 { isQuoted.toggle() }
            if text[place] == UInt8(ascii: ")"), !isQuoted { return place }
        }
        return nil
    }
}
