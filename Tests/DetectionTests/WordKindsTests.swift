import Core
import Kernels
import Testing

@testable import Detection

@Suite struct WordKindsTests {
    private static let patterns = [
        "[0-9]{11}", "[0-9]{4}-[0-9]{2}", "[A-Z]{2}[0-9]{6}", "[0-9a-f]{8}", "[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){2}", "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}", "[a-z]+[0-9]+", "[0-9]+[号室]", "(?:v|V)[0-9]+",
        "[0-9]{3}\\b", "[A-Za-z0-9]{5,9}", "12", "[0-9]{70}", "[0-9]{2}[xX]?",
    ]

    /// Walks that begin with the patterns of a word's kind find what walks with all patterns do, but for matches that end within the word.
    @Test(arguments: [false, true]) func noMatchOfAWordIsMissed(isWhole: Bool) throws {
        let program = PatternProgram(try Self.patterns.map { try PatternParser.parse($0, widens: false) })
        var known = PatternAutomaton(program, preference: .longest, kinds: WordKinds(program, isWhole: Self.patterns.map { _ in isWhole }))
        var all = PatternAutomaton(program, preference: .longest)
        var random = SeededRandom(seed: isWhole ? 1 : 2)
        let pieces = ["12", "2024-05", "13800138000", "ab12", "AB123456", "deadbeef", "0a:1b:2c", "10.0.0.1", "7号", "v3", "123", "aB9xY", String(repeating: "7", count: 70), "12x", "é", " ", "-", "0", "f", "F", "z9"]
        for _ in 0..<400 {
            let text = Array((0..<Int.random(in: 1...6, using: &random)).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined().utf8)
            var words: [ByteScan.Span] = []
            ByteScan.words(in: text, into: &words)
            var kinds: [UInt32] = []
            WordKinds.kinds(of: words, in: text, into: &kinds)
            #expect(kinds.map(Int.init) == words.map { WordKinds.kind(text, $0.range) })
            var found: [PatternAutomaton.ItemEnd] = []
            known.matches(in: text, fromEach: zip(words, kinds).map { ByteScan.Place(at: $0.start, kind: $1) }, countMax: 100, into: &found)
            for (item, word) in words.enumerated() {
                var wanted: [(pattern: Int32, end: Int)] = []
                all.matches(in: text, from: Int(word.start), countMax: 100, into: &wanted)
                let mine = found.filter { $0.item == item }
                for match in mine { #expect(wanted.contains { $0.pattern == match.pattern && $0.end == match.end }) }
                for match in wanted where !isWhole || match.end >= Int(word.end) { #expect(mine.contains { $0.pattern == match.pattern && $0.end == match.end }) }
            }
        }
    }

    @Test func lengthAndBytesLeaveMostPatternsOut() throws {
        let program = PatternProgram(try Self.patterns.map { try PatternParser.parse($0, widens: false) })
        var kinds = WordKinds(program, isWhole: Self.patterns.map { _ in true })
        func patterns(_ word: String, then rest: String = "") -> [String] {
            let text = Array((word + rest).utf8)
            let starts = kinds.starts(of: WordKinds.kind(text, 0..<word.utf8.count))
            return Self.patterns.indices.filter { starts.contains(program.starts[$0]) }.map { Self.patterns[$0] }
        }
        #expect(patterns("13800138000") == ["[0-9]{11}"])
        #expect(patterns("2024").isEmpty && patterns("2024", then: "-") == ["[0-9]{4}-[0-9]{2}"] && patterns("2024", then: "号") == ["[0-9]+[号室]"])
        #expect(patterns("AB123456").contains("[A-Z]{2}[0-9]{6}"))
        #expect(!patterns("AB123456").contains("[0-9a-f]{8}"))
        #expect(patterns("1380013800012").isEmpty)
        // A kind knows nothing of the order: a pattern is named in vain.
        #expect(patterns("zz9zz9zz9zz9zz9zz") == ["[a-z]+[0-9]+", "(?:v|V)[0-9]+"])
        #expect(WordKinds.kind([UInt8](repeating: 48, count: 64), 0..<64) == WordKinds.any)
    }
}
