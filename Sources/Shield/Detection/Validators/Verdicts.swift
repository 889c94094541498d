extension Verdict {
    /// Keeps a match that passes, drops one that does not.
    static func when(_ passes: Bool, _ confidence: Double, _ reason: String, otherwise: String = "wrong check digit") -> Verdict {
        passes ? .keep(confidence, reason) : .drop(otherwise)
    }

    /// Keeps a match with more confidence when it passes, with less when it does not.
    static func either(_ passes: Bool, _ more: Double, _ reason: String, _ less: Double, otherwise: String) -> Verdict {
        passes ? .keep(more, reason) : .keep(less, otherwise)
    }
}

extension Match {
    /// Whether the view has a decimal point or a minus with a digit right around the match: it is then part of a longer number.
    var isInsideNumber: Bool {
        if let mark = byte(before: 0), mark == UInt8(ascii: ".") || mark == UInt8(ascii: "-"), let digit = byte(before: 1),
            Checksums.isDigit(digit) { return true }
        if let mark = byte(after: 0), mark == UInt8(ascii: ".") || mark == UInt8(ascii: "-"), let digit = byte(after: 1),
            Checksums.isDigit(digit) { return true }
        return false
    }

    /// The range from the byte before the match on, if that byte is `mark`.
    func widened(by mark: Character) -> Range<Int> {
        guard let ascii = mark.asciiValue, byte(before: 0) == ascii else { return range }
        return range.lowerBound - 1..<range.upperBound
    }

    /// Whether one of `words` stands in the bytes right before the match.
    func isPreceded(by words: [String], within count: Int) -> Bool {
        let before = Match(view: view, range: max(0, range.lowerBound - count)..<range.lowerBound)
        return words.contains { before.contains($0) }
    }
}
