import Core
import Detection

/// What a person sees of a page (HTML Living Standard, 13.2 and 15.3), piece by piece with its place: a number may go on behind a tag, and a label may stand in the cell before its value.
///
/// Character references stay as they are written, so that every byte is a byte of the page; the detector reads them. Comments, scripts and attributes are not seen.
struct VisibleText {
    private(set) var bytes: [UInt8] = []
    private var pieces: [(start: Int, source: Range<Int>)] = []

    private static let inline: Set<String> = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
        "sup", "time", "tt", "u", "var", "wbr",
    ]

    init(page: [UInt8]) {
        bytes.reserveCapacity(page.count / 2)
        var markup = MarkupScanner(page, dialect: .html)
        var isInCell = false
        while let token = markup.next() {
            switch token {
            case .text: add(page, markup.range)
            case .open("td", _, _), .open("th", _, _):
                if isInCell { bytes.append(0x09) }
                isInCell = true
            case .close("td"), .close("th"):
                if isInCell { bytes.append(0x09) }
                isInCell = false
            case .open(let name, _, _), .close(let name):
                if name == "tr" { isInCell = false }
                // Blocks in a cell do not end its row.
                if !Self.inline.contains(name), let last = bytes.last, last != 0x0A { bytes.append(isInCell ? 0x20 : 0x0A) }
            }
        }
    }

    private mutating func add(_ page: [UInt8], _ range: Range<Int>) {
        guard page[range].contains(where: { $0 > 32 }) else {
            if let last = bytes.last, last > 32 { bytes.append(0x20) }
            return
        }
        pieces.append((bytes.count, range))
        bytes.append(contentsOf: page[range])
    }

    /// The bytes of the page that a range of the visible text comes from, with the tags between.
    func source(of range: Range<Int>) -> Range<Int> {
        let start = place(of: range.lowerBound)
        return start..<max(start, range.isEmpty ? start : place(of: range.upperBound - 1) + 1)
    }

    private func place(of byte: Int) -> Int {
        var (low, high) = (0, pieces.count)
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].start <= byte { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return 0 }
        let piece = pieces[low - 1]
        return min(piece.source.lowerBound + byte - piece.start, piece.source.upperBound - 1)
    }
}

/// Scans a page twice: as a person sees it, and as it is written, with what stands in attributes, comments and scripts.
struct PageSource {
    /// Larger pages are scanned as they are written only.
    static let byteCountMax = 8 << 20

    let scanner: PartScanner
    let location: PartLocation

    func scan(_ slab: TextSlab, _ visible: VisibleText, into result: inout FileResult) {
        let written = scanner.detector.findings(in: slab.utf8, explains: scanner.explains)
        let seen = scanner.detector.findings(in: visible.bytes, explains: false)
        let moved = seen.findings.map { finding -> Finding in
            let source = visible.source(of: finding.byteStart..<finding.byteEnd)
            return Finding(
                type: finding.type, start: finding.start, end: finding.end, byteStart: source.lowerBound, byteEnd: source.upperBound, confidence: finding.confidence, recognizer: finding.recognizer,
                reasons: finding.reasons, score: finding.score)
        }
        result.count(seen.reading)
        let detection = Detection(findings: Self.merged(moved, written.findings), dropped: written.dropped, reading: written.reading)
        PlainText(scanner: scanner).add(detection, of: slab, location, into: &result)
    }

    /// Of overlapping findings the one with the higher score, then the longer, then the one that is seen; by place. Neither list has overlaps of its own.
    static func merged(_ seen: [Finding], _ written: [Finding]) -> [Finding] {
        let lists = [seen, written]
        let ranked = lists.indices.flatMap { list in lists[list].indices.map { (list, $0) } }.sorted { left, right in
            let (a, b) = (lists[left.0][left.1], lists[right.0][right.1])
            if a.score != b.score { return a.score > b.score }
            let (long, short) = (a.byteEnd - a.byteStart, b.byteEnd - b.byteStart)
            return long != short ? long > short : left < right
        }
        var isKept = lists.map { [Bool](repeating: false, count: $0.count) }
        for (list, index) in ranked {
            let (finding, others) = (lists[list][index], lists[1 - list])
            var (low, high) = (0, others.count)
            while low < high {
                let middle = (low + high) / 2
                if others[middle].byteEnd <= finding.byteStart { low = middle + 1 } else { high = middle }
            }
            while low < others.count, others[low].byteStart < finding.byteEnd, !isKept[1 - list][low] { low += 1 }
            isKept[list][index] = low == others.count || others[low].byteStart >= finding.byteEnd
        }
        return lists.indices.flatMap { list in zip(lists[list], isKept[list]).filter(\.1).map(\.0) }.sorted { $0.byteStart < $1.byteStart }
    }
}
