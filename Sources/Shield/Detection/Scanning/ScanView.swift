/// Bytes that are scanned, and where each came from: the text itself, or a part of it folded, unescaped or decoded. Places are bytes of the text at the root.
struct ScanView: Sendable {
    let bytes: [UInt8]
    /// Where each byte began and ended; nil in a view that is the text itself.
    private let origins: [Origin]?
    /// How it was made, for reasons; empty at the root.
    let decoding: String
    /// How many decoders have worked on it.
    let depth: Int
    /// Whether separators were taken out.
    let isCompacted: Bool
    /// What a match without strong evidence loses because of that.
    let doubt: Double

    struct Origin: Sendable { var start, end: UInt32 }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        (origins, decoding, depth, isCompacted, doubt) = (nil, "", 0, false, 0)
    }

    init(_ bytes: [UInt8], origins: [Origin], decoding: String, depth: Int, isCompacted: Bool = false, doubt: Double = 0) {
        precondition(bytes.count == origins.count)
        self.bytes = bytes
        self.origins = origins
        self.decoding = decoding
        self.depth = depth
        self.isCompacted = isCompacted
        self.doubt = doubt
    }

    /// The bytes of the root that a range of the view came from.
    func root(_ range: Range<Int>) -> Range<Int> {
        guard let origins, !range.isEmpty else { return range }
        return Int(origins[range.lowerBound].start)..<max(Int(origins[range.lowerBound].start), Int(origins[range.upperBound - 1].end))
    }

    /// The origin of bytes `range`, as one.
    func origin(_ range: Range<Int>) -> Origin {
        guard let origins else { return Origin(start: UInt32(range.lowerBound), end: UInt32(range.upperBound)) }
        return Origin(start: origins[range.lowerBound].start, end: origins[range.upperBound - 1].end)
    }

    /// A cell of the view that this one was made from, as it lies here; nil when it begins outside or in bytes that are gone.
    func heads(_ cell: TableLabels.Cell, of source: ScanView) -> TableLabels.Cell? {
        guard let origins, !cell.range.isEmpty else { return nil }
        let root = source.root(cell.range)
        var (low, high) = (0, origins.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(origins[middle].start) < root.lowerBound { low = middle + 1 } else { high = middle }
        }
        guard low < origins.count, Int(origins[low].start) < root.upperBound else { return nil }
        var end = low
        while end < origins.count, Int(origins[end].start) < root.upperBound { end += 1 }
        return TableLabels.Cell(range: low..<end, recognizers: cell.recognizers)
    }
}
