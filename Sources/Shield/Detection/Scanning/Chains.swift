import Kernels

/// Words with one and the same separator between them that may be one number: 1 3 8 0 0 1 3 8 0 0 0, 138.0013.8000, 6222*0212*3456*7890.
struct Chains {
    struct Chain {
        /// The words without their separators.
        let view: ScanView
        /// Where they stand in the view that they came from.
        let range: Range<Int>
    }

    /// Letters and digits of a chain.
    static let countMin = 9
    static let countMax = 28
    /// Bytes of a separator.
    static let separatorMax = 5
    static let chainCountMax = 4_096

    static func find(in view: ScanView, words: [ByteScan.Span]) -> [Chain] {
        var found: [Chain] = []
        let text = view.bytes
        var index = 0
        while index < words.count, found.count < chainCountMax {
            var end = index
            var count = words[index].range.count
            var separator: Range<Int>?
            while end + 1 < words.count, count <= countMax {
                let gap = Int(words[end].end)..<Int(words[end + 1].start)
                guard gap.count <= separatorMax, isSeparator(text[gap]), separator.map({ text[$0] == text[gap] }) ?? true else { break }
                separator = gap
                end += 1
                count += words[end].range.count
            }
            if let separator, end > index, let chain = chain(view, words[index...end], separator, count) { found.append(chain) }
            // The last word of a chain may begin the next.
            index = max(end, index + 1)
        }
        return found
    }

    private static func isSeparator(_ gap: ArraySlice<UInt8>) -> Bool {
        guard let first = gap.first, !gap.contains(10), !gap.contains(where: Borders.isWord) else { return false }
        return gap.count <= 3 || first < 128
    }

    private static func chain(_ view: ScanView, _ words: ArraySlice<ByteScan.Span>, _ separator: Range<Int>, _ count: Int) -> Chain? {
        let text = view.bytes
        var (start, end) = (Int(words[words.startIndex].start), Int(words[words.endIndex - 1].end))
        let gap = text[separator]
        var parts = words.map(\.range)
        // A letter before or after, separated likewise: E 1 2 3 …, … 0 0 2 X.
        let before = start - gap.count - 1
        if before >= 0, Borders.isWord(text[before]), text[before + 1..<start] == gap, before == 0 || !Borders.isWord(text[before - 1]) {
            parts.insert(before..<before + 1, at: 0)
            start = before
        }
        let after = end + gap.count
        if after < text.count, Borders.isWord(text[after]), text[end..<after] == gap, after + 1 == text.count || !Borders.isWord(text[after + 1]) {
            parts.append(after..<after + 1)
            end = after + 1
        }
        guard (countMin...countMax).contains(parts.reduce(0) { $0 + $1.count }), !isAddressOrTime(text, parts, gap) else { return nil }
        var bytes: [UInt8] = []
        var origins: [ScanView.Origin] = []
        for place in parts.joined() {
            bytes.append(text[place])
            origins.append(view.origin(place..<place + 1))
        }
        let isSpread = parts.allSatisfy { $0.count == 1 }
        let isBlank = gap.allSatisfy { $0 == 32 || $0 == 9 || $0 == 44 }
        let doubt = isSpread ? 0 : isBlank ? 0.35 : 0.2
        return Chain(
            view: ScanView(bytes, origins: origins, decoding: "separators left out", depth: view.depth + 1, isCompacted: true, doubt: doubt), range: start..<end)
    }

    /// 192.168.10.100 and 2024-01-02 are what they are.
    private static func isAddressOrTime(_ text: [UInt8], _ parts: [Range<Int>], _ gap: ArraySlice<UInt8>) -> Bool {
        if gap.elementsEqual([UInt8(ascii: ".")]), parts.count == 4, parts.allSatisfy({ $0.count <= 3 }) { return true }
        return gap.elementsEqual([UInt8(ascii: ":")])
    }
}
