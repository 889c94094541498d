import Core
import Kernels
import Testing

@Suite struct LiteralSetTests {
    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte & 0xDF) && byte < 128 }
    private static func isLower(_ byte: UInt8) -> Bool { (97...122).contains(byte) }

    /// Where a literal stands by its definition, place by place.
    private static func places(of literal: LiteralSet.Literal, in text: [UInt8]) -> [ByteScan.Hit] {
        func isHump(_ before: UInt8, _ after: UInt8) -> Bool { isLower(before) && isLetter(after) && !isLower(after) }
        let count = literal.bytes.count
        return text.indices.filter { start in
            guard start + count <= text.count, text[start] > 32, !(0x80...0xBF).contains(text[start]) else { return false }
            for (offset, byte) in literal.bytes.enumerated() {
                let mine = text[start + offset]
                guard (literal.isFolded && isLetter(mine) ? mine | 32 : mine) == byte else { return false }
            }
            if isLetter(text[start]), start > 0, isLetter(text[start - 1]), !isHump(text[start - 1], text[start]) { return false }
            let end = start + count
            guard literal.isWord, isLetter(text[end - 1]), end < text.count, isLetter(text[end]) else { return true }
            return isHump(text[end - 1], text[end])
        }.map { ByteScan.Hit(start: UInt32($0), length: UInt32(count), id: literal.id) }
    }

    private static let literals = [
        ("id", true), ("tel", true), ("call", true), ("phone", true), ("number", true), ("phone_number", true), ("a-longer-name-of-more-than-sixteen", true), ("ghp_", false), ("AKIA", false),
        ("://a", false), ("{\"k\"", false), ("0x00", false), ("京A1", false), ("é1b", false), ("ñand", true), ("电话", true), ("联系电话", true), ("手机号码", true),
    ].enumerated().map { LiteralSet.Literal(Array($1.0.utf8), id: UInt32($0), isFolded: $1.1, isWord: $1.1) }

    /// Texts around a block of 64 bytes and over several, of pieces that make literals, their neighbors and near misses.
    @Test(arguments: [0, 1, 3, 8, 40, 63, 64, 65, 127, 128, 500, 20_000])
    func findsWhatTheDefinitionFinds(count: Int) {
        let pieces = ["id", "ID", "Id", "tel", "TEL", "teL", "call", "Call", "phone", "Phone", "PHONE", "_", "number", "-", " ", "1", ".", "ghp_", "AKIA", "://a", "{\"k\"", "0x00", "京A1", "电话", "联系", "手机号码", "é", "😀",
            "a-longer-name-of-more-than-sixteen", "A-Longer-Name-of-more-than-sixteen", "x", "Z", "\n", "\u{1}", "@", "`", "["]
        var random = SeededRandom(seed: UInt64(count))
        for _ in 0..<(count < 1_000 ? 60 : 2) {
            var text: [UInt8] = []
            while text.count < count { text += Array((pieces.randomElement(using: &random) ?? "").utf8) }
            // Cut within a literal or a scalar too.
            text = Array(text.prefix(count))
            var found: [ByteScan.Hit] = []
            ByteScan.literals(LiteralSet(Self.literals), in: text, into: &found)
            let order = { (left: ByteScan.Hit, right: ByteScan.Hit) in (left.start, left.id) < (right.start, right.id) }
            #expect(found.map(\.start) == found.map(\.start).sorted(), "by places")
            #expect(found.sorted(by: order) == Self.literals.flatMap { Self.places(of: $0, in: text) }.sorted(by: order))
        }
    }

    @Test func noPlaceIsToldTwice() {
        // Words of four letters and longer ones that begin with them: enough for full slots side by side.
        let stems = (0..<2_000).map { number in String((0..<4).map { Character(UnicodeScalar(UInt8(97 + number / [1, 26, 676, 17_576][$0] % 26))) }) }
        let literals = stems.enumerated().flatMap { number, stem in
            [stem, stem + " 4", stem + "number"].enumerated().map { LiteralSet.Literal(Array($1.utf8), id: UInt32(3 * number + $0), isFolded: true, isWord: true) }
        }
        let set = LiteralSet(literals)
        var found: [ByteScan.Hit] = []
        ByteScan.literals(set, in: Array(stems.map { $0 + " 4 " }.joined().utf8), into: &found)
        #expect(found.count == 2 * stems.count)
        #expect(Set(found).count == found.count)
    }

    @Test(arguments: [0, 1, 7, 8, 9, 2_039, 2_040, 2_041, 5_000])
    func scalarsAreBytesThatGoOnNone(count: Int) {
        var random = SeededRandom(seed: UInt64(count))
        let text = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(ByteScan.scalarCount(text, 0..<count) == text.filter { $0 & 0xC0 != 0x80 }.count)
        let lines = text.map { $0 % 3 == 0 ? UInt8(10) : $0 }
        #expect(ByteScan.count(of: 10, in: lines, count / 3..<count) == lines[(count / 3)...].filter { $0 == 10 }.count)
    }
}
