import Core
import Testing

@testable import Inference

/// Tokens taken by their length alone, against reading each of them.
@Suite struct TokenSliceTests {
    /// Characters, halves of characters, words, marks that leave a string, and long tokens.
    static func vocabulary(_ count: Int, seed: UInt64) -> [[UInt8]] {
        var random = SeededRandom(seed: seed)
        let characters = "abcdefgh tABC,.:-{}[]\"\\/né中国病人💡\n\t\u{7F}".map { Array(String($0).utf8) }
        var vocabulary: [[UInt8]] = (0..<256).map { [UInt8($0)] } + [[], [0xE4, 0xB8], [0xAD, 0x62], [0xF0, 0x9F], [0x9F, 0x92, 0xA1], [0xED, 0xA0, 0x80], [0xC0, 0x80], Array("\\u".utf8), Array("\\u00".utf8), Array("41\",".utf8)]
        while vocabulary.count < count {
            let isPlain = Int.random(in: 0..<4, using: &random) > 0, from = isPlain ? characters.filter { $0 != [34] && $0 != [92] && $0[0] >= 32 } : characters
            var token = (0..<Int.random(in: 1...12, using: &random)).flatMap { _ in from.randomElement(using: &random) ?? [] }
            if Int.random(in: 0..<9, using: &random) == 0 { token.removeLast() }
            vocabulary.append(token)
        }
        for length in [30, 31, 32, 33, 34, 63, 64, 65, 200] { vocabulary += [Array(repeating: 97, count: length), Array(repeating: 97, count: length) + [34], Array(String(repeating: "中", count: length / 3).utf8)] }
        return vocabulary
    }

    /// Which token may follow after a quotation mark and so many characters of a string, told without grammar, automaton or tree.
    static func fits(_ token: [UInt8], after written: Int, least: Int, most: Int, closing: [UInt8]) -> Bool {
        var at = 0, count = written
        func hex(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte) }
        while at < token.count {
            let byte = token[at]
            if byte == 34 {
                let rest = Array(token[(at + 1)...])
                return count >= least && rest.count <= closing.count && Array(closing.prefix(rest.count)) == rest
            }
            guard count < most, byte >= 32 else { return false }
            count += 1
            if byte == 92 {
                guard at + 1 < token.count else { return true }
                if token[at + 1] != 117 {
                    guard "\"\\/bfnrt".utf8.contains(token[at + 1]) else { return false }
                    at += 2
                    continue
                }
                let digits = Array(token[(at + 2)..<min(at + 6, token.count)])
                guard digits.allSatisfy(hex) else { return false }
                if digits.count > 1, digits[0] | 32 == 100, !(48...55).contains(digits[1]) { return false }
                at += 2 + digits.count
                guard digits.count == 4 || at == token.count else { return false }
                continue
            }
            // The bytes of one character, or the beginning of one.
            let low: UInt32, length: Int
            switch byte {
            case 32..<128: (low, length) = (0, 1)
            case 0xC2...0xDF: (low, length) = (0x80, 2)
            case 0xE0...0xEF: (low, length) = (0x800, 3)
            case 0xF0...0xF4: (low, length) = (0x10000, 4)
            default: return false
            }
            var (least, greatest) = (length == 1 ? UInt32(byte) : UInt32(byte) & (0xFF >> UInt32(length + 1)), UInt32(0))
            greatest = least
            for place in 1..<max(length, 1) + 0 where length > 1 {
                if at + place < token.count {
                    guard token[at + place] & 0xC0 == 0x80 else { return false }
                    (least, greatest) = (least << 6 | UInt32(token[at + place] & 63), greatest << 6 | UInt32(token[at + place] & 63))
                } else {
                    (least, greatest) = (least << 6, greatest << 6 | 63)
                }
            }
            // Some character between the least and the greatest that the bytes may still become.
            guard greatest >= low, least <= 0x10FFFF, !(least >= 0xD800 && greatest <= 0xDFFF) else { return false }
            at += length
        }
        return true
    }

    /// At every distance from the greatest length, the mask of a large vocabulary is what the rules of a string say; a first mask walks through few places of the vocabulary's tree.
    @Test(arguments: [(0, 0), (0, 1), (0, 5), (2, 31), (0, 32), (3, 33), (0, 34), (40, 70), (0, 200)]) func masksNearTheGreatestLengthAreRight(_ least: Int, _ most: Int) throws {
        let vocabulary = Self.vocabulary(4_000, seed: 3), trie = TokenTrie(vocabulary)
        let grammar = try Grammar(gbnf: """
            root ::= "\\"" character{\(least),\(most)} "\\"" "],"
            character ::= [^"\\\\\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" ([0-9a-ce-fA-CE-F] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2}))
            """)
        let constraint = TokenConstraint(grammar, trie), rest = trie.slices[0].rest.reduce(trie.long.bytes.count) { $0 + $1.bytes.count }
        #expect(rest < trie.short.bytes.count / 2)
        var place = constraint.start
        #expect(constraint.advance(&place, 34))
        for written in 0...most {
            let before = constraint.walkedCount, mask = try constraint.mask(place)
            #expect(constraint.walkedCount - before <= rest)
            let expected = vocabulary.indices.filter { !vocabulary[$0].isEmpty && Self.fits(vocabulary[$0], after: written, least: least, most: most, closing: Array("],".utf8)) }
            let found = vocabulary.indices.filter { mask.contains(Int32($0)) }
            #expect(found == expected && mask.count == expected.count, "after \(written) of \(most)")
            if written < most { #expect(constraint.advance(&place, 97)) }
        }
    }

    /// Schemas whose strings have bounds, in arrays and objects: masks of a large vocabulary near the bounds, against taking each token.
    @Test(arguments: [
        ##"{"type":"array","items":{"type":"string","maxLength":6},"minItems":2,"maxItems":4}"##, ##"{"type":"object","properties":{"a":{"type":"string","minLength":1,"maxLength":35},"b":{"enum":["x"]}},"required":["a","b"]}"##,
        ##"{"anyOf":[{"const":"abc"},{"type":"string","maxLength":4}]}"##, ##"{"type":"string","pattern":"^[a-h ]{2,34}[A-C]$"}"##, ##"{"type":"string","pattern":"^[^,]*,$"}"##,
    ])
    func masksOfSchemasAreWhatTakingEachTokenGives(_ schema: String) throws {
        let vocabulary = Self.vocabulary(1_500, seed: 5), constraint = TokenConstraint(try Grammar(jsonSchema: schema), TokenTrie(vocabulary))
        var random = SeededRandom(seed: 9), states = 0
        for _ in 0..<3 {
            var place = constraint.start
            for _ in 0..<14 {
                let mask = try constraint.mask(place)
                let expected = vocabulary.indices.filter { var copy = place; return constraint.advance(&copy, Int32($0)) }
                #expect(vocabulary.indices.filter { mask.contains(Int32($0)) } == expected && mask.count == expected.count)
                states += 1
                guard let token = expected.randomElement(using: &random) else { break }
                #expect(constraint.advance(&place, Int32(token)))
            }
        }
        #expect(states >= 6)
    }

    static let sets = TokenSlice.sets + [GrammarCharacters("aé中💡"), GrammarCharacters([0x7F...0x7FF, 0xFFFF...0x10000]), GrammarCharacters([0xD7FF...0xE000])]

    /// How many characters of a set a token begins with, and where the first foreign or half one stands: against Unicode's own decoder.
    @Test(arguments: sets.indices) func charactersAreCounted(_ number: Int) {
        let set = Self.sets[number], bytes = CharacterBytes(set)
        for scalar in (UInt32(0)...0x10FFFF) where scalar < 0x900 || scalar % 61 == 0 || scalar & 0xFFF < 2 || scalar & 0xFFF > 0xFFD {
            guard let character = Unicode.Scalar(scalar) else { continue }
            let spelling = Array(String(character).utf8)
            if bytes.beginning(of: spelling) != (set.contains(scalar) ? (1, spelling.count) : (0, 0)) { Issue.record("\(scalar)") }
        }
        for token in Self.vocabulary(3_000, seed: 7) {
            let (count, end) = bytes.beginning(of: token)
            let longest = (0...token.count).last { String(validating: token.prefix($0), as: UTF8.self)?.unicodeScalars.allSatisfy { set.contains($0.value) } ?? false } ?? 0
            #expect(end == longest && String(decoding: token.prefix(end), as: UTF8.self).unicodeScalars.count == count)
        }
    }

    /// A run of free characters is as long as the grammar says, and there is none where it matters which characters come.
    @Test func runsAreAsLongAsTheGrammarSays() throws {
        let letters = CharacterBytes(TokenSlice.sets[2])
        func run(_ rules: String) throws -> Int? {
            var automaton = GrammarAutomaton(try Grammar(gbnf: rules).program)
            guard let run = automaton.run(automaton.start, of: letters, number: 0, most: 32, limit: .max) else { return nil }
            // Each state is where any of the characters leads.
            for (count, state) in run.states.enumerated() {
                for text in ["aZ ", " qX", "MMM"].map({ String(repeating: $0, count: count).utf8.prefix(count) }) { #expect(text.reduce(automaton.start) { automaton.next($0, $1) } == state) }
                #expect(run.state(count) == state)
            }
            #expect(run.state(run.states.count) == (run.isEndless ? run.states.last : nil))
            return run.isEndless ? .max : run.states.count - 1
        }
        #expect(try run(#"root ::= [a-zA-Z ]{0,7} "!""#) == 7)
        #expect(try run(#"root ::= [^!]{3,31} "!""#) == 31)
        #expect(try run(#"root ::= [^!]{50} "!""#) == 32)
        #expect(try run(#"root ::= [^!]* "!""#) == .max)
        #expect(try run(#"root ::= [^a-zA-Z ]* "!""#) == 0)
        #expect(try run(#"root ::= [^!]{3} [a-z]* "!""#) == nil)
        #expect(try run(#"root ::= "abc" | [^!]* "!""#) == nil)
        #expect(try run(#"root ::= [a-z]* "!""#) == nil)
        var automaton = GrammarAutomaton(try Grammar(gbnf: "root ::= [^!]*").program)
        #expect(automaton.run(automaton.start, of: letters, number: 0, most: 32, limit: 0) == nil)
    }

    /// Masks are held within a bound, those asked for last among them.
    @Test func masksAreForgotten() throws {
        var memory = MaskMemory(countMax: 8)
        for state in Int32(0)..<100 {
            memory.keep(TokenMask(words: [UInt64(state)]), for: state)
            #expect(memory.find(0)?.words == [0], "asked for each time, so never forgotten")
            #expect(memory.count <= 8)
        }
        #expect(memory.find(99) != nil && memory.find(50) == nil)
        memory.forget()
        #expect(memory.count == 0)
        let constraint = TokenConstraint(try Grammar(gbnf: "root ::= \"x\"{600}"), TokenTrie([[120]]))
        var place = constraint.start
        while try constraint.mask(place).count > 0 { #expect(constraint.advance(&place, 0)) }
        #expect(constraint.maskCount <= 2 * TokenConstraint.maskCountMax)
    }
}
