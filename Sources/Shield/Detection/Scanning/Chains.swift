import Kernels

/// Words with one and the same separator between them that may be one number: 1 3 8 0 0 1 3 8 0 0 0, 138.0013.8000, 6222*0212*3456*7890.
struct Chains {
    struct Chain {
        /// Words that hold a digit, by their numbers.
        let words: Range<Int>
        /// Letters and digits in it.
        let count: Int
        /// What stands between two words.
        let separator: Range<Int>
        /// Where it stands, with words of letters before and a letter after.
        let range: Range<Int>

        /// Its words: what lies between the separators.
        func parts(in text: [UInt8]) -> [Range<Int>] {
            var parts: [Range<Int>] = []
            var start = range.lowerBound
            while start < range.upperBound {
                var end = start
                while end < range.upperBound, Borders.isWord(text[end]) { end += 1 }
                parts.append(start..<end)
                start = end + separator.count
            }
            return parts
        }

        /// The words without their separators.
        func view(of source: ScanView) -> ScanView {
            var bytes: [UInt8] = []
            var origins: [ScanView.Origin] = []
            bytes.reserveCapacity(count)
            origins.reserveCapacity(count)
            let parts = parts(in: source.bytes)
            for part in parts {
                for place in part {
                    bytes.append(source.bytes[place])
                    origins.append(source.origin(place..<place + 1))
                }
            }
            let isSpread = parts.allSatisfy { $0.count == 1 }
            let isBlank = separator.allSatisfy { source.bytes[$0] == 32 || source.bytes[$0] == 9 || source.bytes[$0] == 44 }
            let doubt = isSpread ? 0 : isBlank ? 0.35 : 0.2
            return ScanView(bytes, origins: origins, decoding: "separators left out", depth: source.depth + 1, isCompacted: true, doubt: doubt)
        }
    }

    /// Letters and digits of a chain.
    static let countMin = 5
    /// Those of a chain that no label stands before.
    static let unlabeledMin = 9
    static let countMax = 28
    /// Bytes of a separator.
    static let separatorMax = 5
    static let chainCountMax = 4_096
    /// Words of letters before the first digit.
    static let lettersMax = 4

    static func find(in text: [UInt8], words: [ByteScan.Span]) -> [Chain] {
        var found: [Chain] = []
        var index = 0
        while index + 1 < words.count, found.count < chainCountMax {
            let separator = Int(words[index].end)..<Int(words[index + 1].start)
            guard separator.count <= separatorMax, isSeparator(text, separator) else {
                index += 1
                continue
            }
            var end = index
            var count = words[index].range.count
            while end + 1 < words.count, count <= countMax, isEqual(text, separator, Int(words[end].end)..<Int(words[end + 1].start)) {
                end += 1
                count += words[end].range.count
            }
            if count >= countMin - 1, count <= countMax, let chain = chain(text, words, index..<end + 1, count, separator) { found.append(chain) }
            // The last word of a chain may begin the next.
            index = max(end, index + 1)
        }
        return found
    }

    /// Where a word of up to three letters begins that ends a separator before a place.
    private static func letters(_ text: [UInt8], endingBefore place: Int, _ gap: Range<Int>) -> Int? {
        let end = place - gap.count
        guard end > 0, Borders.isWord(text[end - 1]), isEqual(text, gap, end..<place) else { return nil }
        var start = end
        while start > 0, end - start <= 3, Borders.isWord(text[start - 1]), !Borders.isDigit(text[start - 1]) { start -= 1 }
        guard start < end, end - start <= 3, start == 0 || !Borders.isWord(text[start - 1]) else { return nil }
        return start
    }

    /// 1.3.6.1.4.1.311: at least six numbers of uneven length from 0, 1 or 2 on (ITU-T X.660). A number that is written digit by digit has words of one length.
    private static func isObjectIdentifier(_ text: [UInt8], _ words: ArraySlice<ByteScan.Span>) -> Bool {
        guard words.count >= 6, let first = words.first?.range, first.count == 1, (48...50).contains(text[first.lowerBound]) else { return false }
        return words.contains { $0.range.count > 1 } && words.allSatisfy { $0.range.allSatisfy { Borders.isDigit(text[$0]) } }
    }

    private static func isEqual(_ text: [UInt8], _ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for offset in 0..<left.count where text[left.lowerBound + offset] != text[right.lowerBound + offset] { return false }
        return true
    }

    /// Blanks, punctuation or up to five bytes of a script's; no line ends, letters, and no colons, which stand in times.
    private static func isSeparator(_ text: [UInt8], _ gap: Range<Int>) -> Bool {
        if gap.count == 1, text[gap.lowerBound] == UInt8(ascii: ":") { return false }
        for place in gap where text[place] == 10 || text[place] == 13 || Borders.isWord(text[place]) { return false }
        return gap.count <= 3 || text[gap.lowerBound] < 128
    }

    private static func chain(_ text: [UInt8], _ words: [ByteScan.Span], _ numbers: Range<Int>, _ digits: Int, _ separator: Range<Int>) -> Chain? {
        var (start, end, count) = (Int(words[numbers.lowerBound].start), Int(words[numbers.upperBound - 1].end), digits)
        if separator.count == 1, text[separator.lowerBound] == UInt8(ascii: ".") {
            // 192.168.10.100 is an address.
            if numbers.count == 4, numbers.allSatisfy({ words[$0].range.count <= 3 }) { return nil }
            if isObjectIdentifier(text, words[numbers]) { return nil }
        }
        // Letters before, separated likewise (E 1 2 3 …, F R 7 6 …, SC 10 11 …), and one after (… 0 0 2 X).
        var before = 0
        while before < lettersMax, let first = letters(text, endingBefore: start, separator) {
            count += start - separator.count - first
            start = first
            before += 1
        }
        let after = end + separator.count
        if after < text.count, Borders.isWord(text[after]), isEqual(text, separator, end..<after), after + 1 == text.count || !Borders.isWord(text[after + 1]) {
            count += 1
            end = after + 1
        }
        return (countMin...countMax).contains(count) ? Chain(words: numbers, count: count, separator: separator, range: start..<end) : nil
    }
}
