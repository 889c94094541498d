import Core
import Testing

@testable import Inference

/// Random grammars against Earley's recognizer, which knows nothing of stacks, states or bytes; and token masks against trying every token.
@Suite struct GrammarOracleTests {
    /// A grammar over the letters a and b: for each rule its alternatives. Negative symbols are letters, others rules.
    struct Rules {
        var alternatives: [[[Int]]]

        init(_ random: inout SeededRandom) {
            let count = Int.random(in: 1...5, using: &random)
            alternatives = (0..<count).map { _ in
                (0..<Int.random(in: 1...3, using: &random)).map { _ in
                    (0..<Int.random(in: 0...3, using: &random)).map { _ in Bool.random(using: &random) ? -Int.random(in: 1...2, using: &random) : Int.random(in: 0..<count, using: &random) }
                }
            }
        }

        var text: String {
            alternatives.enumerated().map { rule, choices in
                (rule == 0 ? "root" : "r\(rule)") + " ::= " + choices.map { $0.isEmpty ? "\"\"" : $0.map { $0 < 0 ? ($0 == -1 ? "\"a\"" : "\"b\"") : $0 == 0 ? "root" : "r\($0)" }.joined(separator: " ") }.joined(separator: " | ")
            }.joined(separator: "\n")
        }

        /// Rules from which some text comes.
        var productive: [Bool] {
            var result = alternatives.map { _ in false }
            for _ in alternatives { for rule in alternatives.indices { result[rule] = alternatives[rule].contains { $0.allSatisfy { $0 < 0 || result[$0] } } } }
            return result
        }

        private var empty: [Bool] {
            var result = alternatives.map { _ in false }
            for _ in alternatives { for rule in alternatives.indices { result[rule] = alternatives[rule].contains { $0.allSatisfy { $0 >= 0 && result[$0] } } } }
            return result
        }

        /// Whether a rule that can end begins with itself.
        var isLeftRecursive: Bool {
            let (productive, empty) = (productive, empty)
            var reach = alternatives.map { _ in Set<Int>() }
            for rule in alternatives.indices where productive[rule] {
                for choice in alternatives[rule] where choice.allSatisfy({ $0 < 0 || productive[$0] }) {
                    for symbol in choice {
                        guard symbol >= 0 else { break }
                        reach[rule].insert(symbol)
                        if !empty[symbol] { break }
                    }
                }
            }
            for _ in alternatives { for rule in alternatives.indices { for next in reach[rule] { reach[rule].formUnion(reach[next]) } } }
            return alternatives.indices.contains { reach[$0].contains($0) }
        }

        private struct Item: Hashable { var rule: Int, choice: Int, place: Int, origin: Int }

        /// Earley's recognizer: whether a text is one of the grammar, and whether some text of it begins so.
        func read(_ text: [Int]) -> (isWhole: Bool, isBeginning: Bool) {
            let productive = productive
            func choices(_ rule: Int) -> [Int] { alternatives[rule].indices.filter { alternatives[rule][$0].allSatisfy { $0 < 0 || productive[$0] } } }
            var sets: [Set<Item>] = [Set(choices(0).map { Item(rule: 0, choice: $0, place: 0, origin: 0) })]
            for at in 0...text.count {
                var changed = true
                while changed {
                    let before = sets[at].count
                    for item in sets[at] {
                        let body = alternatives[item.rule][item.choice]
                        if item.place == body.count {
                            for parent in sets[item.origin] where alternatives[parent.rule][parent.choice].indices.contains(parent.place) && alternatives[parent.rule][parent.choice][parent.place] == item.rule {
                                sets[at].insert(Item(rule: parent.rule, choice: parent.choice, place: parent.place + 1, origin: parent.origin))
                            }
                        } else if body[item.place] >= 0 {
                            for choice in choices(body[item.place]) { sets[at].insert(Item(rule: body[item.place], choice: choice, place: 0, origin: at)) }
                        }
                    }
                    changed = sets[at].count > before
                }
                guard at < text.count else { break }
                sets.append(Set(sets[at].filter { let body = alternatives[$0.rule][$0.choice]; return $0.place < body.count && body[$0.place] == text[at] }.map { Item(rule: $0.rule, choice: $0.choice, place: $0.place + 1, origin: $0.origin) }))
            }
            return (sets[text.count].contains { $0.rule == 0 && $0.origin == 0 && $0.place == alternatives[0][$0.choice].count }, !sets[text.count].isEmpty)
        }
    }

    /// All texts of up to six letters under 600 grammars.
    @Test func randomGrammarsReadLikeEarley() throws {
        var random = SeededRandom(seed: 41), compared = 0, leftRecursive = 0, endless = 0, cut = 0
        for _ in 0..<600 {
            let rules = Rules(&random)
            let grammar: Grammar
            do { grammar = try Grammar(gbnf: rules.text) } catch {
                let message = (error as? Fault)?.message ?? ""
                if message.contains("never ends") { endless += 1 } else { leftRecursive += 1 }
                #expect(message.contains("never ends") ? !rules.productive[0] : message.contains("begins with itself") && rules.isLeftRecursive, "\(rules.text): \(message)")
                continue
            }
            #expect(rules.productive[0] && !rules.isLeftRecursive, "\(rules.text)")
            for length in 0...6 {
                for bits in 0..<(1 << length) {
                    let text = (0..<length).map { bits >> $0 & 1 == 0 ? -1 : -2 }
                    let expected = rules.read(text)
                    var matcher = GrammarMatcher(grammar)
                    let isBeginning = matcher.advance(text.map { $0 == -1 ? UInt8(97) : 98 })
                    // A few grammars have so many readings that some are left out; what is left is right.
                    if matcher.hasCut, !isBeginning || !matcher.canEnd { cut += 1; continue }
                    #expect(isBeginning == expected.isBeginning && (isBeginning && matcher.canEnd) == expected.isWhole, "\(rules.text) on \(text)")
                    compared += 1
                }
            }
        }
        #expect(compared > 20_000 && leftRecursive > 50 && endless > 10 && cut < 100)
    }

    static let grammars = [
        #"root ::= [^"\\]{3,60} "." | "é" [a-z中-国]+ | "\"" ([^"] | "\\\"")* "\"""#, "root ::= (\"ab\" | \"ba\" | item){2,90}\nitem ::= \"[\" root \"]\" | [é-ü]{40,45}",
        "root ::= \"{\" (pair (\",\" pair)*)? \"}\"\npair ::= \"\\\"\" [a-z]{1,40} \"\\\":\" (root | [0-9]+ | \"true\")",
        // Free characters in each slice of the vocabulary, near their greatest number, and where it matters which they are.
        #"root ::= "\"" [^"\\\x00-\x1F]{0,5} ("\"" root | "\".")"#, #"root ::= [a-zA-Zé-ü中国 ]{2,36} "," root | ".""#, #"root ::= [a-zA-Z ]{0,4} ([0-9,:\[\]{}"]{1,3} root | ".")"#,
        #"root ::= "ab" root | [^1]{1,3} [ab]* "1" root? | "aé""#,
        "root ::= (" + (0..<90).map { "\"\(String($0, radix: 3).map { ["0": "a", "1": "b", "2": "é"][$0] ?? "" }.joined())\"" }.joined(separator: " | ") + " | \":\") (\",\" root)?",
    ]

    /// The mask of every state on random walks is what trying each token gives, over a vocabulary with halves of characters, long tokens and equal ones.
    @Test(arguments: grammars.indices) func masksAreWhatTryingEachTokenGives(_ number: Int) throws {
        let grammar = try Grammar(gbnf: Self.grammars[number])
        var random = SeededRandom(seed: UInt64(number))
        var vocabulary: [[UInt8]] = (0..<256).map { [UInt8($0)] } + [[], Array("ab".utf8), Array("ab".utf8), Array("{\"a\":".utf8), Array("\"}".utf8), Array("true}".utf8), [0xE4, 0xB8], [0xAD, 0x62], Array("中国".utf8)]
        for _ in 0..<150 { vocabulary.append((0..<Int.random(in: 2...70, using: &random)).map { _ in Array("abé\"[],{}:1".utf8).randomElement(using: &random)! }) }
        for length in [20, 31, 32, 33, 34, 40, 64] { vocabulary += [Array(repeating: 97, count: length), Array(String(repeating: "é", count: length / 2).utf8)] }
        let trie = TokenTrie(vocabulary), constraint = TokenConstraint(grammar, trie)
        var states = 0
        for _ in 0..<12 {
            var place = constraint.start, automaton = GrammarAutomaton(grammar.program), state = automaton.start
            for _ in 0..<50 {
                let mask = try constraint.mask(place), canEnd = automaton.canEnd(state)
                let expected = vocabulary.indices.filter { !vocabulary[$0].isEmpty && vocabulary[$0].reduce(state) { automaton.next($0, $1) } >= 0 }
                #expect(vocabulary.indices.filter { mask.contains(Int32($0)) } == expected)
                #expect(mask.count == expected.count && mask.canEnd == canEnd && constraint.end(place).may == canEnd)
                states += 1
                let forced = constraint.forced(place, count: 4)
                for token in forced.prefix(1) { #expect(mask.contains(token)) }
                guard let token = expected.randomElement(using: &random) else { break }
                #expect(constraint.advance(&place, Int32(token)))
                state = vocabulary[token].reduce(state) { automaton.next($0, $1) }
            }
        }
        #expect(states > 200)
    }

    /// Text that can only go on in one way is spelled out.
    @Test func forcedTextIsFound() throws {
        let vocabulary = (0..<256).map { [UInt8($0)] } + ["na", "name", "\":"].map { Array($0.utf8) }
        let constraint = TokenConstraint(try Grammar(gbnf: #"root ::= "{\"name\":" ("true" | "false") "}""#), TokenTrie(vocabulary))
        #expect(constraint.forced(constraint.start, count: 8) == [123, 34, 257, 258])
        #expect(constraint.forced(constraint.start, count: 2) == [123, 34])
        var place = constraint.start
        for token: Int32 in [123, 34, 257, 258] { #expect(constraint.advance(&place, token)) }
        #expect(constraint.forced(place, count: 4) == [])
        #expect(!constraint.advance(&place, 9_999) && !constraint.advance(&place, 34))
    }
}
