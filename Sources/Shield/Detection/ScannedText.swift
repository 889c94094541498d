/// A text prepared for recognizers: scalars, a folded copy of the same length, and byte offsets.
public struct ScannedText: Sendable {
    /// Folded scalars: full-width ASCII forms become ASCII, the ideographic space a space. Same count and positions as the original.
    public let scalars: [Unicode.Scalar]
    /// UTF-8 offset of each scalar of the original, and the total at the end.
    let byteOffsets: [Int]

    public init(_ text: String) {
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

    public var count: Int { scalars.count }

    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
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
    func has(_ word: String, before index: Int) -> Bool { has(word, at: index - word.unicodeScalars.count) }

    /// Maximal runs of ASCII letters and digits.
    func words() -> [Range<Int>] { runs { $0.isASCIIWord } }

    /// Maximal runs of scalars that satisfy `belongs`.
    func runs(_ belongs: (Unicode.Scalar) -> Bool) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start: Int?
        for index in 0...count {
            if index < count, belongs(scalars[index]) {
                if start == nil { start = index }
            } else if let begin = start {
                found.append(begin..<index)
                start = nil
            }
        }
        return found
    }

    /// Digit runs joined by single spaces or hyphens into groups ("138-0013 8000"), not touching a letter, at most `digitCountMax` digits.
    /// Each group comes with its digits.
    func numberGroups(digitCountMax: Int) -> [(range: Range<Int>, digits: [UInt8], parts: [Int])] {
        let digitRuns = runs { $0.isASCIIDigit }
        var groups: [(range: Range<Int>, digits: [UInt8], parts: [Int])] = []
        var index = 0
        while index < digitRuns.count {
            var end = index
            while end + 1 < digitRuns.count, digitRuns[end + 1].lowerBound - digitRuns[end].upperBound == 1,
                [" ", "-"].contains(scalars[digitRuns[end].upperBound])
            { end += 1 }
            let parts = digitRuns[index...end]
            let total = parts.reduce(0) { $0 + $1.count }
            if total <= digitCountMax {
                let range = digitRuns[index].lowerBound..<digitRuns[end].upperBound
                let digits = parts.flatMap { $0.map { UInt8(scalars[$0].value) } }
                groups.append((range, digits, parts.map(\.count)))
            }
            index = end + 1
        }
        return groups
    }

    /// Whether no ASCII letter or digit touches the range.
    func isFree(_ range: Range<Int>) -> Bool {
        !(at(range.lowerBound - 1)?.isASCIIWord ?? false) && !(at(range.upperBound)?.isASCIIWord ?? false)
    }

    /// Bytes of an ASCII range.
    func bytes(_ range: Range<Int>) -> [UInt8] { scalars[range].map { UInt8(truncatingIfNeeded: $0.value) } }
}

extension Unicode.Scalar {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
    var isASCIILetter: Bool { ("A"..."Z").contains(self) || ("a"..."z").contains(self) }
    var isASCIIWord: Bool { isASCIIDigit || isASCIILetter }
    /// CJK unified ideographs, the basic block and extension A.
    var isIdeograph: Bool { (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) }
}
