import Core
import Testing

@testable import Detection

/// What a backtracking matcher says of small patterns, in Perl's order: the oracle of the automaton.
private enum Oracle {
    static func match(_ tree: PatternTree, _ text: [UInt8], _ place: Int, _ next: (Int) -> Int?) -> Int? {
        switch tree {
        case .empty: return next(place)
        case .scalars(let ranges):
            guard place < text.count, ranges.contains(where: { $0.contains(UInt32(text[place])) }) else { return nil }
            return next(place + 1)
        case .sequence(let items):
            guard let first = items.first else { return next(place) }
            return match(first, text, place) { match(.sequence(Array(items.dropFirst())), text, $0, next) }
        case .choice(let items):
            for item in items { if let end = match(item, text, place, next) { return end } }
            return nil
        case .times(let item, let low, let high, let greedy):
            if low > 0 { return match(item, text, place) { match(.times(item, min: low - 1, max: high.map { $0 - 1 }, greedy: greedy), text, $0, next) } }
            if high == 0 { return next(place) }
            func more() -> Int? { match(item, text, place) { $0 == place ? nil : match(.times(item, min: 0, max: high.map { $0 - 1 }, greedy: greedy), text, $0, next) } }
            return greedy ? more() ?? next(place) : next(place) ?? more()
        case .assertion(let assertion):
            func isWord(_ index: Int) -> Bool { text.indices.contains(index) && (Borders.isWord(text[index]) || text[index] == 95) }
            let holds: Bool
            switch assertion {
            case .textStart: holds = place == 0
            case .textEnd: holds = place == text.count
            case .lineStart: holds = place == 0 || text[place - 1] == 10
            case .lineEnd: holds = place == text.count || text[place] == 10
            case .wordBorder: holds = isWord(place - 1) != isWord(place)
            case .noWordBorder: holds = isWord(place - 1) == isWord(place)
            }
            return holds ? next(place) : nil
        }
    }

    static func ranges(_ tree: PatternTree, _ text: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var place = 0
        while place < text.count {
            if let end = match(tree, text, place, { $0 }), end > place {
                found.append(place..<end)
                place = end
            } else {
                place += 1
            }
        }
        return found
    }
}

@Suite struct PatternTests {
    @Test(arguments: 0..<400)
    func theAutomatonAgreesWithBacktracking(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        func pattern(_ depth: Int) -> String {
            let atoms = ["a", "b", "c", "[ab]", "[^a]", ".", "\\b", "^", "$", "(?:a|ab)", "\\d", "a?"]
            if depth == 0 { return atoms.randomElement(using: &random) ?? "a" }
            switch Int.random(in: 0..<5, using: &random) {
            case 0: return "(" + pattern(depth - 1) + "|" + pattern(depth - 1) + ")"
            case 1: return "(?:" + pattern(depth - 1) + ")" + (["*", "+", "?", "{1,2}", "*?", "+?", "{2}"].randomElement(using: &random) ?? "*")
            default: return pattern(depth - 1) + pattern(depth - 1)
            }
        }
        let text = pattern(3)
        guard let tree = try? PatternParser.parse(text) else { return }
        let finder = try PatternFinder(text)
        for _ in 0..<20 {
            let input = (0..<Int.random(in: 0...12, using: &random)).map { _ in Array("aabbc1 \n".utf8).randomElement(using: &random) ?? 97 }
            let wanted = Oracle.ranges(tree, input).filter { !$0.isEmpty }
            // Where a pattern may match nothing, the searches restart in different places; only patterns that need a byte are compared.
            guard Oracle.match(tree, [], 0, { $0 }) == nil, !text.contains("?"), !text.contains("*") else { return }
            #expect(finder.ranges(in: input) == wanted, "\(text) in \(input)")
        }
    }

    @Test func whatNeedsBacktrackingIsRefusedWithItsPlace() {
        for pattern in ["(a)\\1", "(?=a)b", "(?<=a)b", "a{2,1}", "[b-a]", "(", ")", "*a", "\\", "\\q", "((((a{999}){999}){999}))", "[z"] {
            #expect { try PatternParser.parse(pattern) } throws: { ($0 as? Fault)?.code == .pattern }
        }
    }

    @Test func classesMeanScalars() throws {
        let finder = try PatternFinder("\\p{Han}{2,4}")
        let text = Array("ab 欧阳 c".utf8)
        #expect(finder.ranges(in: text) == [3..<9])
        #expect(try PatternFinder("(?i)straße|é").ranges(in: Array("STRAßE É".utf8)).count == 2)
    }

    @Test func requiredBytesAreInEveryMatch() throws {
        #expect(PatternFinder.required(try PatternParser.parse("x*AJ-\\d{4}(a|b)")) == Array("AJ-".utf8))
        #expect(PatternFinder.required(try PatternParser.parse("a|b")).isEmpty)
    }

    /// Steps, not seconds: a hostile pattern makes few states and reads each byte a bounded number of times.
    @Test(arguments: ["(a*)*b", "(a|a)*b", "(x+x+)+y", "(.*)(.*)(.*)(.*)z"])
    func hostilePatternsEnd(pattern: String) throws {
        let finder = try PatternFinder(pattern)
        #expect(finder.ranges(in: [UInt8](repeating: 97, count: 200_000)).isEmpty)
        #expect(finder.ranges(in: [UInt8](repeating: 120, count: 200_000)).isEmpty)
    }
}

@Suite struct WordFinderTests {
    @Test(arguments: 0..<60)
    func findsWhatASearchForEachWordFinds(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let letters = Array("甲乙丙").map(String.init)
        let words = (0..<8).map { _ in (0..<Int.random(in: 1...4, using: &random)).map { _ in letters.randomElement(using: &random) ?? "甲" }.joined() }
        let text = (0..<60).map { _ in letters.randomElement(using: &random) ?? "甲" }.joined()
        let bytes = Array(text.utf8)
        let found = WordFinder(words).ranges(in: bytes)
        for range in found { #expect(words.contains(String(decoding: bytes[range], as: UTF8.self))) }
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
        // No word stands where nothing was found.
        for word in words {
            let unit = Array(word.utf8)
            for place in 0...(bytes.count - unit.count) where bytes[place..<place + unit.count].elementsEqual(unit) {
                #expect(found.contains { $0.overlaps(place..<place + unit.count) })
            }
        }
    }

    @Test func asciiWordsStandAlone() {
        let finder = WordFinder(["Falcon", "falcon nine"])
        #expect(finder.ranges(in: Array("FALCON, falcons, a falcon nine.".utf8)) == [0..<6, 19..<30])
    }
}
