import Core
import Foundation
import Inference

/// Random texts under grammars, token by token: what the mask before each costs, and whether it is right.
enum GrammarWalk {
    /// Of so many states one is checked: its mask's count against taking each token of the vocabulary.
    static let checkedEvery = 97

    static func run(_ model: String, _ grammars: String, steps: Int) throws -> JSONValue {
        let tokenizer = try Tokenizers.make(try Vocabulary(try GGUFFile(path: model)))
        var trie: TokenTrie?
        let before = residentKilobytes
        let trieTime = Cost.microseconds { trie = TokenTrie(tokenizer) }
        guard let trie else { throw Fault(.defect, "no tree was made") }
        let spellings = (0..<tokenizer.vocabulary.tokens.count).map { tokenizer.bytes(of: Int32($0), showsSpecials: false) }
        // A text of random tokens would hardly ever leave a string: short ones are tried more often.
        let short = spellings.indices.filter { (1...2).contains(spellings[$0].count) }.map { Int32($0) }
        let treeKilobytes = residentKilobytes - before
        var results: [JSONValue] = []
        for (number, line) in grammars.split(separator: "\n").enumerated() {
            guard let parts = try JSONValue(parsing: String(line)).array, parts.count == 2, let text = parts[1].string else { throw Fault(.grammar, "line \(number + 1) is no pair of kind and text") }
            let grammar: Grammar
            switch parts[0].string {
            case "json": grammar = try Grammar(jsonSchema: text)
            case "gbnf": grammar = try Grammar(gbnf: text)
            default: grammar = try Grammar.jsonObject()
            }
            results.append(try walk(TokenConstraint(grammar, trie), spellings.count, short, SeededRandom(seed: UInt64(number)), steps))
        }
        return ["trie_us": .double(trieTime), "tree_kb": .int(treeKilobytes), "all_kb": .int(residentKilobytes), "grammars": .array(results)]
    }

    private static func walk(_ constraint: TokenConstraint, _ tokenCount: Int, _ short: [Int32], _ seeded: SeededRandom, _ steps: Int) throws -> JSONValue {
        var random = seeded, state = constraint.start, times: [Double] = [], checked = 0, wrong = 0, length = 0
        for step in 0..<steps {
            var count = 0
            let before = state
            times.append(try Cost.microseconds { count = try constraint.following(before).count })
            if step % checkedEvery == 0 {
                checked += 1
                let fitting = (0..<tokenCount).count { var copy = before; return constraint.advance(&copy, Int32($0)) }
                if fitting != count { wrong += 1 }
            }
            var isOver = count == 0 || length > 400
            if !isOver {
                isOver = true
                // Some random tokens, then all from a random one on.
                let first = Int.random(in: 0..<tokenCount, using: &random), prefersShort = Int.random(in: 0..<3, using: &random) == 0
                for attempt in 0..<(tokenCount + 64) {
                    let token = attempt < 64 ? (prefersShort ? short.randomElement(using: &random) ?? 0 : Int32.random(in: 0..<Int32(tokenCount), using: &random)) : Int32((first + attempt) % tokenCount)
                    if constraint.advance(&state, token) { isOver = false; break }
                }
                length += 1
            }
            if isOver { (state, length) = (constraint.start, 0) }
        }
        return ["us": .array(times.map { .double(($0 * 100).rounded() / 100) }), "checked": .int(checked), "wrong": .int(wrong)]
    }

    private static var residentKilobytes: Int {
        let status = FileManager.default.contents(atPath: "/proc/self/status").map { String(decoding: $0, as: UTF8.self) } ?? ""
        return status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }.flatMap { Int($0.split(whereSeparator: { !$0.isNumber }).first ?? "") } ?? 0
    }
}
