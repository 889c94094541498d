/// Pieces of a text as the English tagger learned to read them: some lines together, because an address block or a signature says what it is only as a whole.
///
/// Places count Unicode scalars, so a span of a piece is a span of the text after its start is added.
///
/// ```swift
/// for piece in EnglishPieces.ranges(of: scalars) {
///     let spans = try tagger.tag(EnglishPieces.joined(scalars[piece]))
/// }
/// ```
package enum EnglishPieces {
    /// Scalars of a piece at most; the tagger cuts what has more than 256 by itself, and not at words.
    package static let lengthMax = 250
    /// Stands for a line break (SYMBOL FOR NEWLINE): the tagger cuts texts at real ones.
    package static let lineBreak: UInt32 = 0x240A

    /// Ranges that follow each other and cover the text, cut behind a sentence or a line where the piece has a third of the longest at least, else behind a
    /// word, else anywhere.
    package static func ranges(of scalars: [UInt32]) -> [Range<Int>] {
        var ranges: [Range<Int>] = [], start = 0
        while start < scalars.count {
            var end = min(scalars.count, start + lengthMax)
            if end < scalars.count { end = cut(scalars, start..<end) }
            ranges.append(start..<end)
            start = end
        }
        return ranges
    }

    /// A piece with its line breaks replaced, of the same length.
    package static func joined(_ piece: ArraySlice<UInt32>) -> [UInt32] { piece.map { isLineBreak($0) ? lineBreak : $0 } }

    private static func cut(_ scalars: [UInt32], _ range: Range<Int>) -> Int {
        var word: Int?
        for place in range.reversed() where place > range.lowerBound && isSpace(scalars[place - 1]) && !isSpace(scalars[place]) {
            // The last space of a run ends the piece, so that the next one begins with a letter.
            if word == nil { word = place }
            var before = place - 1
            while before > range.lowerBound, isSpace(scalars[before]), !isLineBreak(scalars[before]) { before -= 1 }
            let isEnd = isLineBreak(scalars[before]) || scalars[before] == 0x2E || scalars[before] == 0x21 || scalars[before] == 0x3F
            if isEnd, place - range.lowerBound > lengthMax / 3 { return place }
        }
        return word ?? range.upperBound
    }

    private static func isLineBreak(_ scalar: UInt32) -> Bool { (0x0A...0x0D).contains(scalar) || scalar == 0x85 || scalar == 0x2028 || scalar == 0x2029 }

    private static func isSpace(_ scalar: UInt32) -> Bool { scalar == 0x20 || scalar == 0x09 || scalar == 0xA0 || scalar == 0x3000 || isLineBreak(scalar) }
}
