import Core
import Testing

@testable import Kernels

/// Passes over bytes against what their definitions say, on random texts that cross blocks of 64 bytes.
@Suite struct ByteScanTests {
    private static func text(_ alphabet: String, _ count: Int, seed: UInt64) -> [UInt8] {
        var random = SeededRandom(seed: seed)
        let letters = Array(alphabet)
        return (0..<count).flatMap { _ in Array(String(letters[Int.random(in: 0..<letters.count, using: &random)]).utf8) }
    }

    private static func isWord(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (65...90).contains(byte & 0xDF) && byte < 128 }

    /// The longest ranges of bytes that all are as asked.
    private static func ranges(_ text: [UInt8], where belongs: (UInt8) -> Bool) -> [Range<Int>] {
        var (found, start): ([Range<Int>], Int?) = ([], nil)
        for place in 0...text.count {
            if place < text.count, belongs(text[place]) { start = start ?? place } else if let first = start {
                found.append(first..<place)
                start = nil
            }
        }
        return found
    }

    @Test(arguments: 0..<40) func wordsAreRunsWithADigit(seed: UInt64) {
        let text = Self.text(seed % 2 == 0 ? "aZ09 -" : "abcdefghijklmnopqrstuvwxyz0 ", Int(seed) * 17, seed: seed)
        var words: [ByteScan.Span] = []
        ByteScan.words(in: text, into: &words)
        #expect(words.map(\.range) == Self.ranges(text, where: Self.isWord).filter { text[$0].contains { (48...57).contains($0) } })
    }

    @Test(arguments: 0..<60) func runsAreAllLongEnoughAndNoneIsMissed(seed: UInt64) {
        let alphabets = ["aA9+/=-_aaaaaaaaaaaaaaaaaaaaa ", "a", "ab9_-+/=é、 ", "Zz09azAZ+/=-_@[`{.,:"]
        let text = Self.text(alphabets[Int(seed) % 4], Int(seed) * 9, seed: seed)
        for least in [1, 2, 5, 16, 63, 64, 65, 130] {
            let wanted = Self.ranges(text) { Self.isWord($0) || Array("+/=-_".utf8).contains($0) }.filter { $0.count >= least }
            #expect(ByteScan.runs(in: text, least: least, countMax: 10_000).map(\.range) == wanted)
            #expect(ByteScan.runs(in: text, least: least, countMax: 1).map(\.range) == Array(wanted.prefix(1)))
        }
    }

    @Test(arguments: 0..<200) func whatIsNoUTF8IsTold(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var text = Self.text("aé中🙂\u{7FF}\u{800}\u{FFFF}\u{10FFFF}", Int(seed % 30), seed: seed)
        if seed % 3 > 0, !text.isEmpty { text[Int.random(in: 0..<text.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
        if seed % 5 == 1 { text.removeLast(min(text.count, 1)) }
        #expect(ByteScan.isUTF8(text) == (String(validating: text, as: UTF8.self) != nil))
    }

    @Test func borderCasesOfUTF8() {
        for bytes: [UInt8] in [[0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE4, 0xB8], []] {
            for before in [0, 7, 8, 9] {
                let text = [UInt8](repeating: 97, count: before) + bytes
                #expect(ByteScan.isUTF8(text) == (String(validating: text, as: UTF8.self) != nil))
            }
        }
    }

    @Test(arguments: [0, 1, 31, 32, 33, 100]) func selectTakesTheRangesThatHoldAByte(count: Int) {
        var random = SeededRandom(seed: UInt64(count))
        let lows = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }, highs = lows.map { UInt8.random(in: $0...255, using: &random) }
        let values = (0..<count).map(Int32.init)
        for byte: UInt8 in [0, 1, 127, 128, 200, 255] {
            let part = min(2, count)..<count
            var out: [Int32] = [-1]
            ByteScan.select(lows, highs, values, part, byte: byte, into: &out)
            #expect(out == [-1] + part.filter { lows[$0] <= byte && byte <= highs[$0] }.map { values[$0] })
        }
    }

    /// Marks with blocks are those without: where every block counts, each scalar is looked at.
    @Test(arguments: 0..<40) func blocksLeaveNoScalarOut(seed: UInt64) {
        var kinds = [UInt8](repeating: 0, count: 65_536)
        for scalar in [0xE9, 0x4E00, 0x4E8C, 0x430, 0xFF11, 0x200B] { kinds[scalar] = ByteScan.Fold.strong.rawValue }
        for scalar in [0x4E09, 0x56DB] { kinds[scalar] = ByteScan.Fold.numeral.rawValue }
        kinds[0x3BF] = ByteScan.Fold.weak.rawValue
        let blocks = (0..<1_024).map { block -> UInt8 in kinds[64 * block..<64 * block + 64].contains { $0 != 0 } ? 1 : 0 }
        var text = Self.text("一二三四三四三四三四中文éао１\u{200B}aο9@%41&amp;\\u0041 𝟗", Int(seed) * 11, seed: seed)
        if seed % 4 == 1, !text.isEmpty { text[text.count / 2] = 0xE4 }
        var (found, wanted): ([ByteScan.Mark], [ByteScan.Mark]) = ([], [])
        ByteScan.marks(in: text, kinds: kinds, blocks: blocks, into: &found)
        ByteScan.marks(in: text, kinds: kinds, blocks: [UInt8](repeating: 1, count: 1_024), into: &wanted)
        #expect(found == wanted)
    }
}
