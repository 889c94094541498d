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
        var place = range.lowerBound
        while place < range.upperBound {
            let (value, count) = Escapes.scalar(view, at: place)
            offsets.append(place)
            folded.append(Self.folded(Unicode.Scalar(value) ?? "\u{FFFD}"))
            place += count
        }
        scalars = folded
        byteOffsets = offsets + [place]
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

    /// The folded text of a range, cut to the text.
    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[max(0, range.lowerBound)..<max(0, min(range.upperBound, count))])
        return String(view)
    }

    /// Whether `word` stands at `index`.
    func has(_ word: String, at index: Int) -> Bool {
        var position = index
        for scalar in word.unicodeScalars {
            guard at(position) == scalar else { return false }
            position += 1
        }
        return true
    }

    /// Whether `word` ends right before `index`.
    func has(_ word: [Unicode.Scalar], before index: Int) -> Bool {
        index >= word.count && index <= count && word.indices.allSatisfy { scalars[index - word.count + $0] == word[$0] }
    }

    /// Whether `word` ends right before `index`.
    func has(_ word: String, before index: Int) -> Bool { has(word, at: index - word.unicodeScalars.count) }
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
