import Core

/// Texts by themselves, with places in Unicode scalars as other taggers give them.
extension QuickTagger {
    /// The spans of a text, cut at line breaks, in the order of places.
    public func tag(_ text: String) -> [TextSpan] { weigh(text).map(\.span) }

    /// The same with probabilities.
    public func weigh(_ text: String) -> [LoadedTagger.WeighedSpan] {
        let bytes = Array(text.utf8)
        var lines: [Range<Int>] = [], start = 0
        for place in 0...bytes.count where place == bytes.count || bytes[place] == 0x0A {
            if start < place { lines.append(start..<place) }
            start = place + 1
        }
        // Places rise, so scalars are counted once.
        var (place, scalars) = (0, 0)
        func scalar(_ byte: Int) -> Int {
            while place < byte {
                if bytes[place] & 0xC0 != 0x80 { scalars += 1 }
                place += 1
            }
            return scalars
        }
        return read(bytes, lines).flatMap(\.spans).map { span in
            let start = scalar(span.range.lowerBound)
            return (TextSpan(start: start, end: scalar(span.range.upperBound), type: span.type), span.probability)
        }
    }

    /// How well the spans of labeled texts are found.
    public func spanScores(_ texts: [TaggedText]) -> SpanScores {
        var scores = SpanScores()
        for text in texts { scores.add(found: tag(String(String.UnicodeScalarView(text.scalars.compactMap(Unicode.Scalar.init)))), there: text.spans) }
        return scores
    }
}
