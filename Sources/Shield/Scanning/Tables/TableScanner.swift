import Core
import Detection

/// A value of a table on its way to the detector.
struct TableCell {
    /// How the value's characters stand in the file.
    enum Escaping { case none, doubledQuotes, json }

    var column: Int
    var row: Int
    var line: Int?
    /// The first byte of the value in its slab's UTF-8; nil where the format keeps values in no place of their own.
    var place: Int?
    var escaping = Escaping.none
}

/// Scans the values of a table as `name: value` lines, some hundred kilobytes at a time, and leads findings back to their cells.
struct TableScanner {
    /// Bytes that are scanned together.
    static let batchByteCount = 256 << 10
    /// Bytes of a value; the rest is left out with a diagnostic.
    static let valueByteCountMax = 1 << 20
    /// Findings of a table whose columns' judgment waits for its end.
    private let scanner: PartScanner
    private let location: PartLocation
    private let table: String?
    private var judge = ColumnJudge()
    private var labels: [[UInt8]] = []
    private var text: [UInt8] = []
    private var cells: [(start: Int, end: Int, cell: TableCell)] = []
    private var found: [(column: Int, finding: SourceFinding)] = []
    private var leftOut = 0
    private var reading: EntityReading?
    private(set) var cutCount = 0

    init(_ scanner: PartScanner, _ location: PartLocation, table: String? = nil) {
        (self.scanner, self.location, self.table) = (scanner, location, table)
    }

    mutating func name(_ column: Int, _ name: String) {
        judge.name(column, name)
        while labels.count <= column, labels.count < ColumnJudge.columnCountMax { labels.append([]) }
        if column < labels.count { labels[column] = Array((judge.label(of: column).prefix(64).map { $0.isNewline ? " " : String($0) }.joined() + ": ").utf8) }
    }

    /// Whether enough waits for ``flush(_:)``.
    var isFull: Bool { text.count >= Self.batchByteCount }

    mutating func add(_ value: some Collection<UInt8>, _ cell: TableCell) {
        guard !value.isEmpty else { return }
        judge.count(cell.column, byteCount: value.count)
        if cell.column < labels.count { text += labels[cell.column] }
        let start = text.count
        if value.count > Self.valueByteCountMax { cutCount += 1 }
        text.append(contentsOf: value.prefix(Self.valueByteCountMax))
        cells.append((start, text.count, cell))
        text.append(0x0A)
    }

    /// Scans what waits. `slab` is where the places of the cells point into.
    mutating func flush(_ slab: TextSlab?) {
        defer {
            text.removeAll(keepingCapacity: true)
            cells.removeAll(keepingCapacity: true)
        }
        guard !cells.isEmpty else { return }
        let detection = scanner.detector.findings(in: text, explains: scanner.explains)
        if let own = detection.reading {
            reading = reading ?? EntityReading()
            reading? += own
        }
        var walk = slab.map(PositionWalk.init)
        var index = 0
        for finding in detection.findings {
            while index < cells.count, cells[index].end <= finding.byteStart { index += 1 }
            guard index < cells.count else { break }
            let entry = cells[index]
            guard finding.byteStart >= entry.start, finding.byteEnd <= entry.end else { continue }
            judge.found(finding.type.id, in: entry.cell.column, isWhole: (finding.byteEnd - finding.byteStart) * 10 >= (entry.end - entry.start) * 6)
            guard found.count < scanner.limits.findingCountMax else {
                leftOut += 1
                continue
            }
            found.append((entry.cell.column, located(finding, entry, slab, &walk)))
        }
    }

    private func located(_ finding: Finding, _ entry: (start: Int, end: Int, cell: TableCell), _ slab: TextSlab?, _ walk: inout PositionWalk?) -> SourceFinding {
        var place = location
        (place.table, place.column, place.row, place.line) = (table, judge.name(of: entry.cell.column), entry.cell.row, entry.cell.line)
        let value = scanner.value(finding, text)
        if let slab, let first = entry.cell.place, let start = walk?.position(of: offset(finding.byteStart - entry.start, from: first, entry.cell.escaping, slab.utf8)),
            let end = walk?.position(of: offset(finding.byteEnd - entry.start, from: first, entry.cell.escaping, slab.utf8))
        {
            place.line = start.line
            return SourceFinding(finding, at: place, start: start.scalar, end: end.scalar, bytes: start.byte..<end.byte, value: value)
        }
        let start = scalars(text[entry.start..<finding.byteStart]), count = scalars(text[finding.byteStart..<finding.byteEnd])
        return SourceFinding(finding, at: place, start: start, end: start + count, bytes: nil, value: value)
    }

    private func scalars(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) } }

    /// The place in the slab of a byte of a value that was unescaped.
    private func offset(_ count: Int, from first: Int, _ escaping: TableCell.Escaping, _ bytes: [UInt8]) -> Int {
        switch escaping {
        case .none: return first + count
        case .doubledQuotes:
            var (place, left) = (first, count)
            while left > 0, place < bytes.count {
                place += bytes[place] == UInt8(ascii: "\"") && place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "\"") ? 2 : 1
                left -= 1
            }
            return place
        case .json: return JSONText.place(of: count, from: first, in: bytes)
        }
    }

    /// The end of the table: findings with their columns' judgment go to the result.
    mutating func finish(into result: inout FileResult) {
        for (column, finding) in found {
            var finding = finding
            if let change = judge.change(finding.type, column) {
                // What is certain by its digits stays so.
                let score = change.gain > 0 ? max(finding.score, min(0.99, finding.score + change.gain)) : max(0, finding.score + change.gain)
                finding.confidence = Fusion.moved(finding.confidence, by: score - finding.score)
                finding.score = score
                finding.reasons.append(change.reason)
            }
            (finding.score, finding.confidence) = ((finding.score * 10_000).rounded() / 10_000, (finding.confidence * 10_000).rounded() / 10_000)
            if finding.score < 0.5 {
                if scanner.explains {
                    result.dropped.append(DroppedFinding(location: finding.location, type: finding.type, start: finding.start, end: finding.end, reason: finding.reasons.joined(separator: "; ")))
                }
                continue
            }
            if scanner.wants(finding) { result.add(finding, scanner.limits) }
        }
        result.findingsLeftOut += leftOut
        result.count(reading)
        result.columns += judge.reports(source: location.name, table: table)
        if cutCount > 0 { result.note(.warning, "scanning.value-cut", "of \(cutCount) values only the first \(Self.valueByteCountMax) bytes are scanned", location, scanner.limits) }
        found = []
    }
}

extension PartScanner {
    /// Whether a finding is asked for.
    func wants(_ finding: SourceFinding) -> Bool {
        options.wants(Finding(
            type: SensitiveType(id: finding.type), start: 0, end: 0, byteStart: 0, byteEnd: 0, confidence: finding.confidence, recognizer: "", reasons: []))
    }
}
