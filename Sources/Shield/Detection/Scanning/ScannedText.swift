/// A part of a view in scalars, for rules that walk names and addresses.
struct ScannedText: Sendable {
    /// Folded scalars: full-width ASCII forms become ASCII, the ideographic space a space. Same count and positions as the original.
    let scalars: [Unicode.Scalar]
    /// Where each scalar begins in the view, and the end of the last.
    let byteOffsets: [Int]

    /// The part of a view around a range, cut at scalars, and the range in scalars.
    static func window(_ view: [UInt8], around range: Range<Int>, bytesBefore: Int, bytesAfter: Int) -> (text: ScannedText, match: Range<Int>) {
        var start = max(0, range.lowerBound - bytesBefore)
        while start < range.lowerBound, view[start] & 0xC0 == 0x80 { start += 1 }
        var end = min(view.count, range.upperBound + bytesAfter)
        while end > range.upperBound, end < view.count, view[end] & 0xC0 == 0x80 { end -= 1 }
        let text = ScannedText(view, start..<end)
        let first = text.byteOffsets.firstIndex { $0 >= range.lowerBound } ?? 0
        let last = text.byteOffsets.firstIndex { $0 >= range.upperBound } ?? text.count
        return (text, first..<max(first, last))
    }

    private init(_ view: [UInt8], _ range: Range<Int>) {
        var folded: [Unicode.Scalar] = []
        var offsets: [Int] = []
        folded.reserveCapacity(range.count)
        offsets.reserveCapacity(range.count + 1)
        var place = range.lowerBound
        while place < range.upperBound {
            let (value, count) = Escapes.scalar(view, at: place)
            offsets.append(place)
            folded.append(Self.folded(Unicode.Scalar(value) ?? "\u{FFFD}"))
            place += count
        }
        offsets.append(place)
        scalars = folded
        byteOffsets = offsets
    }

    /// The bytes of a range of scalars, in the view.
    func bytes(_ range: Range<Int>) -> Range<Int> { byteOffsets[range.lowerBound]..<byteOffsets[range.upperBound] }

    init(_ text: String) {
        var folded: [Unicode.Scalar] = []
        var offsets: [Int] = [0]
        folded.reserveCapacity(text.utf8.count / 2)
        for scalar in text.unicodeScalars {
            folded.append(Self.folded(scalar))
            offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar))
        }
        scalars = folded
        byteOffsets = offsets
    }

    var count: Int { scalars.count }

    static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x3000: " "
        default: scalar
        }
    }

    /// The scalar at `index`, or nil outside the text.
    func at(_ index: Int) -> Unicode.Scalar? { scalars.indices.contains(index) ? scalars[index] : nil }

    /// Whether `word` ends right before `index`.
    func has(_ word: [Unicode.Scalar], before index: Int) -> Bool {
        index >= word.count && index <= count && word.indices.allSatisfy { scalars[index - word.count + $0] == word[$0] }
    }
}

/// Words to look for at places of a text, by their first scalars.
struct WordList: Sendable {
    let words: [[Unicode.Scalar]]
    /// Numbers of words by their first scalar, in order.
    private let byFirst: [Unicode.Scalar: [Int]]
    /// One bit for the first scalars of words, by their last ten bits: most places of a text begin none.
    private let bits: [UInt64]

    init(_ texts: [String]) {
        words = texts.map { Array($0.unicodeScalars) }
        byFirst = Dictionary(grouping: words.indices.filter { [words] in !words[$0].isEmpty }) { [words] in words[$0][0] }
        var bits = [UInt64](repeating: 0, count: 16)
        for first in byFirst.keys { bits[Int(first.value >> 6 & 15)] |= 1 << UInt64(first.value & 63) }
        self.bits = bits
    }

    /// The numbers of the words that may stand at a place.
    fileprivate func candidates(_ scalar: Unicode.Scalar) -> [Int]? {
        bits[Int(scalar.value >> 6 & 15)] >> UInt64(scalar.value & 63) & 1 == 0 ? nil : byFirst[scalar]
    }
}

extension ScannedText {
    /// The first word of a list that stands at `index`, by its number.
    func first(of list: WordList, at index: Int, where isWanted: (Int) -> Bool = { _ in true }) -> Int? {
        guard index >= 0, index < count, let candidates = list.candidates(scalars[index]) else { return nil }
        return candidates.first { number in
            let word = list.words[number]
            guard index + word.count <= count else { return false }
            for offset in word.indices where scalars[index + offset] != word[offset] { return false }
            return isWanted(number)
        }
    }
}

/// A name or address that a rule proposes, in scalars of its window.
struct Candidate {
    var start: Int
    var end: Int
    var confidence: Double
    var reasons: [String]

    init(_ start: Int, _ end: Int, confidence: Double, reasons: [String]) {
        self.start = start
        self.end = end
        self.confidence = confidence
        self.reasons = reasons
    }
}

extension Unicode.Scalar {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
    var isASCIILetter: Bool { ("A"..."Z").contains(self) || ("a"..."z").contains(self) }
    var isASCIIWord: Bool { isASCIIDigit || isASCIILetter }
    /// CJK unified ideographs, the basic block and extension A.
    var isIdeograph: Bool { (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) }
}
