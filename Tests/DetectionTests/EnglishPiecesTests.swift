import Core
import Testing

@testable import Detection

@Suite struct EnglishPiecesTests {
    /// Texts of words, sentences, lines and long runs without a space, by chance.
    @Test(arguments: 0..<50)
    func piecesFollowEachOtherAndCoverTheText(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let parts = ["word ", "Two. ", "line\n", "  \n\n", "x", "é", "\u{1F600}", String(repeating: "y", count: 300), "why? "]
        let text = (0..<Int.random(in: 0...400, using: &random)).map { _ in parts[Int.random(in: 0..<parts.count, using: &random)] }.joined()
        let scalars = text.unicodeScalars.map(\.value)
        let ranges = EnglishPieces.ranges(of: scalars)
        #expect(ranges.allSatisfy { !$0.isEmpty && $0.count <= EnglishPieces.lengthMax })
        #expect(ranges.flatMap { scalars[$0] } == scalars)
        #expect(ranges.allSatisfy { EnglishPieces.joined(scalars[$0]).count == $0.count })
    }

    @Test func aShortBlockStaysTogether() {
        let scalars = "Jane Doe\n12 Elm Street\nSpringfield".unicodeScalars.map(\.value)
        #expect(EnglishPieces.ranges(of: scalars) == [0..<scalars.count])
        #expect(EnglishPieces.joined(scalars[...]).filter { $0 == EnglishPieces.lineBreak }.count == 2)
        #expect(!EnglishPieces.joined(scalars[...]).contains(0x0A))
    }

    @Test func aLongTextIsCutBehindASentence() {
        let sentence = "This sentence has exactly so many letters as it has. "
        let scalars = String(repeating: sentence, count: 12).unicodeScalars.map(\.value)
        for range in EnglishPieces.ranges(of: scalars).dropLast() { #expect(range.upperBound % sentence.unicodeScalars.count == 0) }
    }
}
