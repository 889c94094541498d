import Core
import Kernels
import Testing

@testable import Detection

@Suite struct PatternAutomatonTests {
    private func ends(_ patterns: [String], _ text: String, from start: Int = 0, countMax: Int = 1_000) throws -> [Int32: Int] {
        var automaton = PatternAutomaton(PatternProgram(try patterns.map { try PatternParser.parse($0, widens: false) }), preference: .longest)
        var ends: [(pattern: Int32, end: Int)] = []
        // The second run goes over known steps.
        for _ in 0..<2 { automaton.matches(in: Array(text.utf8), from: start, countMax: countMax, into: &ends) }
        return Dictionary(uniqueKeysWithValues: ends.map { ($0.pattern, $0.end) })
    }

    @Test func eachPatternReachesAsFarAsItCan() throws {
        #expect(try ends(["[0-9]{2}", "[0-9]+", "[0-9]+-[a-z]+", "x"], "12345-ab") == [0: 2, 1: 5, 2: 8])
        #expect(try ends(["[0-9]+\\b", "^2", "3$"], "123", from: 1) == [0: 3])
        #expect(try ends(["b+"], "abbbb", from: 1, countMax: 2) == [0: 3])
    }

    @Test func moreStopsThanAWalkHasRoomFor() throws {
        // Each letter is a match of its own state.
        let patterns = (1...90).map { "(?:ab){\($0)}" }
        let text = String(repeating: "ab", count: 90)
        #expect(try ends(patterns, text) == Dictionary(uniqueKeysWithValues: (0..<90).map { (Int32($0), 2 * ($0 + 1)) }))
    }

    @Test func aTableThatIsFullIsEmptiedAndFilledAgain() throws {
        // Every window of 14 letters is a state: more than there may be.
        var automaton = PatternAutomaton(PatternProgram([try PatternParser.parse("(?:a|b)*a(?:a|b){13}", widens: false)]), preference: .longest)
        var random = SeededRandom(seed: 7)
        let text = (0..<60_000).map { _ in Bool.random(using: &random) ? UInt8(ascii: "a") : UInt8(ascii: "b") }
        var ends: [(pattern: Int32, end: Int)] = []
        automaton.matches(in: text, from: 0, countMax: text.count, into: &ends)
        let last = text.indices.last { $0 + 14 <= text.count && text[$0] == UInt8(ascii: "a") }
        #expect(ends.map(\.end) == last.map { [$0 + 14] })
    }

    /// Walks from many places give what each alone does: known steps, new ones, more stops than one call has room for, and a place at the very end.
    @Test(arguments: [40, 4_000]) func manyWalksAreAsEachAlone(count: Int) throws {
        let patterns = ["[0-9]{2}", "[0-9]+", "\\b[0-9]{1,3}\\b", "[0-9a-f]{4,9}", "^[a-f]+", "[0-9]+$", "(?:ab){1,3}x?"] + (1...40).map { "(?:a|b){\($0)}" }
        let program = PatternProgram(try patterns.map { try PatternParser.parse($0, widens: false) })
        var random = SeededRandom(seed: UInt64(count))
        let text = (0..<count).map { _ in Array("0123456789abcdef -\n".utf8).randomElement(using: &random) ?? 0 }
        let places = (0...count).filter { _ in Int.random(in: 0..<3, using: &random) > 0 }.map { ByteScan.Place(at: UInt32($0)) }
        var (all, single) = (PatternAutomaton(program, preference: .longest), PatternAutomaton(program, preference: .longest))
        var found: [PatternAutomaton.ItemEnd] = []
        var ends: [(pattern: Int32, end: Int)] = []
        for _ in 0..<2 {
            all.matches(in: text, fromEach: places, countMax: 30, into: &found)
            for (item, place) in places.enumerated() {
                single.matches(in: text, from: Int(place.at), countMax: 30, into: &ends)
                let mine = found.filter { $0.item == item }
                #expect(Dictionary(uniqueKeysWithValues: mine.map { ($0.pattern, $0.end) }) == Dictionary(uniqueKeysWithValues: ends.map { ($0.pattern, $0.end) }))
            }
        }
    }
}
