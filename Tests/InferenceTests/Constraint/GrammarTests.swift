import Core
import Testing

@testable import Inference

@Suite struct GrammarTests {
    static let cases: [(grammar: String, fits: [String], others: [String])] = [
        (#"root ::= "yes" | "no""#, ["yes", "no"], ["", "ye", "yesno", "Yes"]),
        (#"root ::= [a-c]+ [^a-c\n] "\x41\u00e9\U0001F600""#, ["abcdAé😀", "a中Aé😀"], ["dAé😀", "aaAé😀", "a\nAé😀"]),
        ("root ::= \"(\" item (\",\" item)* \")\" # a list\nitem ::= [0-9]{2,3}\n", ["(12)", "(12,345)"], ["()", "(1)", "(1234)", "(12,)"]),
        ("root ::= a{2} b{,2} c{1,}\na ::= \"a\"\nb ::= \"b\"\nc ::= \"c\"", ["aac", "aabbcc"], ["ac", "aabbb", "aabbbc", "aab"]),
        ("root ::=\n  \"x\" |\n  \"y\"\n\n", ["x", "y"], ["xy"]),
        ("root ::= \"x\"\n  | \"y\"\n", ["x", "y"], ["xy"]),
        ("root ::= (\n \"x\"\n \"y\" )?", ["", "xy"], ["x"]),
        ("root ::= \"[\" root \"]\" | \"\"", ["", "[]", "[[[]]]"], ["[", "]["]),
        ("root ::= item root | item\nitem ::= . \";\"", ["中;", "a;b;c;"], [";", "ab;"]),
        (#"root ::= [\]\-^"\\]+"#, ["]-^\"\\"], ["a"]),
        ("root ::= ((\"a\" | \"b\")* \"c\")* ", ["", "c", "abcbac"], ["a", "ca"]),
    ]

    @Test(arguments: cases.indices) func textsFitOrDoNot(_ number: Int) throws {
        let (source, fits, others) = Self.cases[number]
        let grammar = try Grammar(gbnf: source)
        for text in fits { #expect(grammar.accepts(text), "\(source) should take \(text)") }
        for text in others { #expect(!grammar.accepts(text), "\(source) should not take \(text)") }
    }

    @Test(arguments: [
        ("root ::= a", "line 1: the rule a is used and nowhere written"), ("a ::= \"x\"", "there is no rule root"), ("root ::= \"x\"\n\nroot ::= \"y\"", "line 3: a second rule"),
        ("root ::= \"x", "line 1: a literal does not end"), ("root ::= [x", "does not end"), ("root ::= (\"x\"", ") expected"), ("root ::= \"x\"{3,1}", "most is less"), ("root ::= \"x\"{30000}", "number of repetitions"),
        ("root ::= [b-a]", "runs backwards"), ("root ::= \"\\q\"", "unknown escape"), ("root ::= \"\\u12\"", "hexadecimal"), ("root = \"x\"", "::= expected"), ("root ::= \"x\" )", "end of the line"),
        ("root ::= <think>", "end of the line"), ("root ::= \"\\xd800\"\nx", "::= expected"), ("root ::= root \"x\" | \"x\"", "root begins with itself"), ("root ::= a \"x\"\na ::= b? c\nb ::= \"b\"\nc ::= root | \"c\"", "begins with itself"),
        ("root ::= \"x\" root", "never ends"), ("root ::= []", "no text fits"),
    ])
    func mistakesAreNamed(_ source: String, _ message: String) {
        do {
            _ = try Grammar(gbnf: source)
            Issue.record("\(source) was taken")
        } catch {
            #expect((error as? Fault)?.code == .grammar && (error as? Fault)?.message.contains(message) == true, "\(source): \((error as? Fault)?.message ?? "")")
        }
    }

    /// A part that leads nowhere is left out: what has begun can be ended.
    @Test func deadEndsAreNotEntered() throws {
        let grammar = try Grammar(gbnf: "root ::= \"a\" loop | \"ab\"\nloop ::= \"x\" loop")
        var matcher = GrammarMatcher(grammar)
        #expect(matcher.advance(Array("a".utf8)) && !matcher.advance(Array("x".utf8)))
        #expect(grammar.accepts("ab"))
    }

    /// All encodings of a class: every scalar value is in it or not, as a plain look at the number says.
    @Test func classesHoldWhatTheySayInUTF8() throws {
        var random = SeededRandom(seed: 3)
        for _ in 0..<20 {
            let edges = (0..<6).map { _ in UInt32.random(in: 0...[0x90, 0x900, 0x11000, 0x10FFFF].randomElement(using: &random)!, using: &random) }.sorted()
            let set = GrammarCharacters([edges[0]...edges[1], edges[2]...edges[3], edges[4]...edges[5]])
            let grammar = try Grammar(rules: [GrammarRule(name: "root", expression: .scalars(Bool.random(using: &random) ? set.inverted.inverted : set))], source: .jsonObject)
            for value in edges.flatMap({ [$0 &- 1, $0, $0 + 1] }) + (0..<200).map({ _ in UInt32.random(in: 0...0x10FFFF, using: &random) }) {
                guard let scalar = Unicode.Scalar(value) else { continue }
                #expect(grammar.accepts(String(Character(scalar))) == set.contains(value), "\(value) in \(edges)")
            }
        }
    }

    // MARK: - Hostile grammars

    @Test func hostileGrammarsAreRefusedOrBounded() throws {
        let clock = ContinuousClock(), start = clock.now
        let many = "root ::= r0\n" + (0..<100_000).map { "r\($0) ::= \"x\" | r\($0 + 1)\n" }.joined() + "r100000 ::= \"y\""
        #expect(throws: Fault.self) { try Grammar(gbnf: many) }
        #expect(throws: Fault.self) { try Grammar(gbnf: "root ::= " + String(repeating: "(", count: 200) + "\"x\"" + String(repeating: ")", count: 200)) }
        #expect(throws: Fault.self) { try Grammar(gbnf: "root ::= \"" + String(repeating: "x", count: 1 << 20) + "\"") }
        #expect(throws: Fault.self) { try Grammar(gbnf: "root ::= ((\"a\"?){20000}){20000}") }
        #expect(throws: Fault.self) { try Grammar(gbnf: "root ::= \"x\"" + String(repeating: "?", count: 200)) }
        // Many calls of rules that lead nowhere cost no more than they are many.
        let dead = "root ::= (" + (0..<20_000).map { "r\($0)" }.joined(separator: " | ") + ") bad | \"x\"\nbad ::= \"b\" bad\n" + (0..<20_000).map { "r\($0) ::= \"y\"" }.joined(separator: "\n")
        #expect(try Grammar(gbnf: dead).accepts("x"))
        #expect(clock.now - start < .seconds(60))
    }

    /// The same text has 2^n readings: their number is bounded, and what is left fits.
    @Test func ambiguityIsBounded() throws {
        let grammar = try Grammar(gbnf: "root ::= \"a\" root \"b\" | \"a\" root \"c\" | \"a\"")
        var matcher = GrammarMatcher(grammar)
        var count = 0
        while count < 40, matcher.advance([97]) { count += 1 }
        #expect((9..<40).contains(count))
        #expect(grammar.accepts("aaabc") && !grammar.accepts("aaab"))
    }

    /// Depth is bounded where it must be remembered, and free where it is not.
    @Test func depthIsBounded() throws {
        let nested = try Grammar(gbnf: "root ::= \"[\" root \"]\" | \"x\"")
        func text(_ depth: Int) -> String { String(repeating: "[", count: depth) + "x" + String(repeating: "]", count: depth) }
        #expect(nested.accepts(text(GrammarAutomaton.depthMax)) && !nested.accepts(text(GrammarAutomaton.depthMax + 1)))
        #expect(try Grammar(gbnf: "root ::= \"x\" root | \"y\"").accepts(String(repeating: "x", count: 100_000) + "y"))
    }

    /// Forgetting all states between tokens changes nothing.
    @Test func aStateSurvivesForgetting() throws {
        let grammar = try Grammar(gbnf: "root ::= \"[\" root (\",\" root)* \"]\" | [a-z]{1,50}")
        var automaton = GrammarAutomaton(grammar.program)
        var state = automaton.start
        for byte in Array("[[abc,[d".utf8) {
            state = automaton.next(state, byte)
            let written = automaton.written(state)
            automaton.forget()
            state = automaton.state(of: written.stacks, canEnd: written.canEnd)
        }
        for byte in Array("ef],g],h]".utf8) { state = automaton.next(state, byte) }
        #expect(automaton.canEnd(state) && !automaton.canGoOn(state))
    }
}
