import Core
import Kernels

/// Recognizers made ready for scanning: their patterns as programs, their words as one set of literals.
final class RuleBook: Sendable {
    /// A rule of a recognizer, by its number in ``rules``.
    final class Entry: Sendable {
        let recognizer: Int
        let rule: Rule

        init(recognizer: Int, rule: Rule) {
            self.recognizer = recognizer
            self.rule = rule
        }
    }

    /// Literal rules that begin with a literal.
    struct Beginning: Sendable {
        let recognizer: Int32
        let rules: Set<Int32>
    }

    let recognizers: [any Recognizer]
    /// Of each recognizer its type: a card is made anew whenever it is asked for.
    let types: [SensitiveType]
    let ids: [String]
    let rules: [Entry]
    /// Of each rule its recognizer, and whether it is bounded: asked for every match, before anything else.
    let ruleRecognizers: [Int32]
    let isBounded: [Bool]
    /// The byte that must stand before a match; 0 for any.
    let after: [UInt8]
    /// All word rules together; a pattern's number leads to its rule by ``wordRules``.
    let wordProgram: PatternProgram
    let wordRules: [Int32]
    /// Those that may begin within a longer number; where one is, the others need not be tried.
    let looseProgram: PatternProgram
    let looseRules: [Int32]
    /// Label and literal rules of each recognizer.
    let labelPatterns: [[PatternTree]]
    let labelRules: [[Int32]]
    let literalPatterns: [[PatternTree]]
    let literalRules: [[Int32]]
    /// Rules at every `@`.
    let atRules: [Int32]
    let literals: LiteralSet
    /// Of each literal the recognizers whose values may follow.
    let labelOf: [[Int32]]
    /// Of each literal the recognizers with literal rules that begin there.
    let begins: [[Beginning]]
    /// Recognizers that a literal's nearness speaks for and against: ``bitWords`` words of bits for each literal.
    private let raises: [UInt64]
    private let lowers: [UInt64]
    /// Whether something is to be done where a literal stands, beyond weighing what stands near it.
    let isActive: [Bool]
    let bitWords: Int

    /// Finders of whole texts, by recognizer.
    let finders: [(recognizer: Int, finder: any TextFinder)]

    /// Whether a literal's nearness speaks for a recognizer.
    func speaks(_ literal: UInt32, for recognizer: Int) -> Bool { raises[Int(literal) * bitWords + recognizer / 64] >> UInt64(recognizer % 64) & 1 == 1 }

    /// Whether a literal's nearness speaks against a recognizer.
    func speaks(_ literal: UInt32, against recognizer: Int) -> Bool { lowers[Int(literal) * bitWords + recognizer / 64] >> UInt64(recognizer % 64) & 1 == 1 }

    /// Whether what must stand before a match of a rule does.
    func isAfter(_ rule: Int, _ text: [UInt8], _ start: Int) -> Bool { after[rule] == 0 || (start > 0 && text[start - 1] == after[rule]) }

    /// Texts of all recognizers together.
    static let literalCountMax = 200_000

    /// - Throws: `detection.pattern` when a pattern cannot be read, naming its recognizer.
    init(_ recognizers: [any Recognizer]) throws {
        self.recognizers = recognizers
        (types, ids) = (recognizers.map(\.type), recognizers.map(\.id))
        bitWords = (recognizers.count + 63) / 64
        finders = recognizers.enumerated().compactMap { index, recognizer in recognizer.finder.map { (index, $0) } }
        var rules: [Entry] = []
        var words: [(Int32, PatternTree)] = []
        var labels = [[(Int32, PatternTree)]](repeating: [], count: recognizers.count)
        var begins = [[(Int32, PatternTree)]](repeating: [], count: recognizers.count)
        var atRules: [Int32] = []
        for (index, recognizer) in recognizers.enumerated() {
            for rule in recognizer.rules {
                let number = Int32(rules.count)
                rules.append(Entry(recognizer: index, rule: rule))
                let tree: PatternTree
                do { tree = try PatternParser.parse(rule.pattern, widens: true) } catch let fault as Fault {
                    throw Fault(.pattern, "recognizer \(recognizer.id): \(fault.message)", remedy: fault.remedy)
                }
                switch rule.anchor {
                case .word: words.append((number, tree))
                case .label: labels[index].append((number, tree))
                case .literal: begins[index].append((number, tree))
                case .at: atRules.append(number)
                }
            }
        }
        self.rules = rules
        ruleRecognizers = rules.map { Int32($0.recognizer) }
        isBounded = rules.map(\.rule.isBounded)
        after = rules.map { $0.rule.after?.asciiValue ?? 0 }
        self.atRules = atRules
        wordRules = words.map(\.0)
        wordProgram = PatternProgram(words.map(\.1))
        let loose = words.filter { !rules[Int($0.0)].rule.isBounded }
        looseRules = loose.map(\.0)
        looseProgram = PatternProgram(loose.map(\.1))
        labelRules = labels.map { $0.map(\.0) }
        labelPatterns = labels.map { $0.map(\.1) }
        literalRules = begins.map { $0.map(\.0) }
        literalPatterns = begins.map { $0.map(\.1) }
        var builder = LiteralBuilder(bitWords: bitWords)
        for (index, recognizer) in recognizers.enumerated() {
            builder.add(recognizer, Int32(index), literalRules: literalRules[index].map { ($0, rules[Int($0)].rule) }, hasLabelRules: !labels[index].isEmpty)
        }
        guard builder.literals.count <= Self.literalCountMax else {
            throw Fault(.pattern, "the recognizers have \(builder.literals.count) words; the limit is \(Self.literalCountMax)", remedy: "use a dictionary")
        }
        labelOf = builder.uses.map(\.labelOf)
        self.begins = builder.uses.map(\.begins)
        isActive = builder.uses.map { !$0.labelOf.isEmpty || !$0.begins.isEmpty }
        (raises, lowers) = (builder.raises, builder.lowers)
        literals = LiteralSet(builder.literals)
    }
}

/// Collects the words of recognizers, each once.
private struct LiteralBuilder {
    private struct Key: Hashable {
        let bytes: [UInt8]
        let isFolded: Bool
        let isWord: Bool
    }

    struct Draft {
        var labelOf: [Int32] = []
        var begins: [RuleBook.Beginning] = []
    }

    let bitWords: Int
    var literals: [LiteralSet.Literal] = []
    var uses: [Draft] = []
    var raises: [UInt64] = []
    var lowers: [UInt64] = []
    private var numbers: [Key: Int] = [:]
    // Recognizers share many words.
    private var numbersByWord: [String: [Int]] = [:]

    init(bitWords: Int) { self.bitWords = bitWords }

    mutating func add(_ recognizer: any Recognizer, _ index: Int32, literalRules: [(Int32, Rule)], hasLabelRules: Bool) {
        let (word, bit) = (Int(index) / 64, UInt64(1) << UInt64(index % 64))
        for text in recognizer.labels {
            for number in numbers(ofWord: text) {
                raises[number * bitWords + word] |= bit
                if !uses[number].labelOf.contains(index) { uses[number].labelOf.append(index) }
            }
        }
        for text in recognizer.context { for number in numbers(ofWord: text) { raises[number * bitWords + word] |= bit } }
        for text in recognizer.negativeContext { for number in numbers(ofWord: text) { lowers[number * bitWords + word] |= bit } }
        var rulesByLiteral: [String: Set<Int32>] = [:]
        for (number, rule) in literalRules {
            if case .literal(let texts) = rule.anchor { for text in texts { rulesByLiteral[text, default: []].insert(number) } }
        }
        for (text, rules) in rulesByLiteral {
            guard let number = number(of: Array(text.utf8), isFolded: false, isWord: false) else { continue }
            uses[number].begins.append(RuleBook.Beginning(recognizer: index, rules: rules))
        }
    }

    /// The forms of a word: `_`, `-` and blanks in ASCII words are any of these or nothing.
    private mutating func numbers(ofWord text: String) -> [Int] {
        if let known = numbersByWord[text] { return known }
        let numbers = newNumbers(ofWord: text)
        numbersByWord[text] = numbers
        return numbers
    }

    private mutating func newNumbers(ofWord text: String) -> [Int] {
        guard text.utf8.allSatisfy({ $0 < 128 }) else { return number(of: Array(text.utf8), isFolded: true, isWord: true).map { [$0] } ?? [] }
        let parts = text.split { $0 == "_" || $0 == "-" || $0 == " " }.map(String.init)
        guard parts.count > 1, parts.count <= 5 else { return number(of: Array(text.utf8), isFolded: true, isWord: true).map { [$0] } ?? [] }
        return ["", "_", "-", " "].compactMap { number(of: Array(parts.joined(separator: $0).utf8), isFolded: true, isWord: true) }
    }

    /// The number of a literal; nil when it is too short to be looked for.
    private mutating func number(of bytes: [UInt8], isFolded: Bool, isWord: Bool) -> Int? {
        let isShortWord = isWord && bytes.count >= 2 && bytes.allSatisfy { (65...90).contains($0 & 0xDF) && $0 < 128 }
        guard bytes.count >= 4 || isShortWord else { return nil }
        let lowered = isFolded ? bytes.map { (65...90).contains($0) ? $0 | 32 : $0 } : bytes
        let key = Key(bytes: lowered, isFolded: isFolded, isWord: isWord)
        if let known = numbers[key] { return known }
        literals.append(LiteralSet.Literal(lowered, id: UInt32(uses.count), isFolded: isFolded, isWord: isWord))
        uses.append(Draft())
        raises.append(contentsOf: repeatElement(0, count: bitWords))
        lowers.append(contentsOf: repeatElement(0, count: bitWords))
        numbers[key] = uses.count - 1
        return uses.count - 1
    }
}
