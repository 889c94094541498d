import Core
import Testing

@testable import Inference

@Suite struct PromptLookupTests {
    @Test func theNewestPlaceOfTheLongestEndGoesOn() {
        // 1 2 3 occurs twice before; the newer one is followed by 8 9.
        #expect(PromptLookup.guess(after: [1, 2, 3, 4, 5, 1, 2, 3, 8, 9, 1, 2, 3], count: 2) == [8, 9])
        // No 7 2 3, but 2 3.
        #expect(PromptLookup.guess(after: [1, 2, 3, 4, 5, 6, 7, 2, 3], count: 3) == [4, 5, 6])
        // An end of three goes before a newer end of two.
        #expect(PromptLookup.guess(after: [1, 2, 3, 4, 9, 2, 3, 5, 1, 2, 3], count: 1) == [4])
        // One equal token is not enough.
        #expect(PromptLookup.guess(after: [3, 4, 5, 6, 3], count: 3).isEmpty)
    }

    @Test func loopsAreGuessedAtFullLength() {
        #expect(PromptLookup.guess(after: [5, 5, 5], count: 6) == [5, 5, 5, 5, 5, 5])
        #expect(PromptLookup.guess(after: [9, 1, 2, 1, 2], count: 5) == [1, 2, 1, 2, 1])
    }

    @Test func nothingIsGuessedFromNothing() {
        for text: [Int32] in [[], [1], [1, 2], [1, 2, 3]] { #expect(PromptLookup.guess(after: text, count: 8).isEmpty) }
        #expect(PromptLookup.guess(after: [1, 1, 1, 1], count: 0).isEmpty)
    }

    @Test func onlyTheWindowIsSearched() {
        let end: [Int32] = [1, 2, 3]
        let rest = (0..<PromptLookup.windowCount - 6).map { Int32($0) + 10 }
        #expect(PromptLookup.guess(after: end + rest + end, count: 1) == [10])
        #expect(PromptLookup.guess(after: end + [4] + rest + [5, 6, 7, 8] + end, count: 1).isEmpty)
    }

    /// Oracle: the definition, place by place. Seed 51.
    @Test func guessesEqualTheirDefinition() {
        var random = SeededRandom(seed: 51)
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in Int32.random(in: 0..<4, using: &random) }
            var expected: [Int32] = []
            for length in PromptLookup.endCounts where expected.isEmpty && text.count > length {
                for start in 0..<text.count - length where Array(text[start..<start + length]) == Array(text.suffix(length)) {
                    let period = text.count - length - start
                    expected = (0..<8).map { text[start + length + $0 % period] }
                }
            }
            #expect(PromptLookup.guess(after: text, count: 8) == expected)
        }
    }
}

@Suite struct SpeculationPaceTests {
    @Test func fullSuccessDoublesAndFailureHalves() {
        var pace = SpeculationPace(countMax: 8)
        #expect(pace.length == 2)
        var seen: [Int] = []
        for accepted in [2, 4, 8, 3, 4, 0, 0] {
            pace.record(proposed: pace.length, accepted: accepted)
            seen.append(pace.length)
        }
        #expect(seen == [4, 8, 8, 4, 8, 4, 2])
    }

    @Test func aWrongSingleTokenRestsLongerEachTimeUntilOneIsRight() {
        var pace = SpeculationPace(countMax: 8)
        pace.record(proposed: 2, accepted: 0)
        func rest() -> Int {
            var steps = 0
            while pace.length == 0 {
                pace.pass()
                steps += 1
            }
            return steps
        }
        var rests: [Int] = []
        for _ in 0..<5 {
            pace.record(proposed: 1, accepted: 0)
            rests.append(rest())
        }
        #expect(rests == [8, 16, 32, 64, 64])
        pace.record(proposed: 1, accepted: 1)
        #expect(pace.length == 2)
        pace.record(proposed: 2, accepted: 0)
        pace.record(proposed: 1, accepted: 0)
        #expect(rest() == 8)
    }

    @Test func zeroNeverGuesses() {
        var pace = SpeculationPace(countMax: 0)
        pace.pass()
        #expect(pace.length == 0 && SpeculationPace(countMax: -3).length == 0)
        #expect(SpeculationPace(countMax: 1).length == 1)
    }
}
