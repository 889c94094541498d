import Kernels

/// What one thread needs to scan: automata, and room for the places that passes find. Made once and used again; holds no text between uses.
struct ScanSession {
    let book: RuleBook
    var words: PatternAutomaton
    var looseWords: PatternAutomaton
    /// Of label rules and of literal rules, by recognizer; made when they are needed first, since most texts need few.
    private var labels: [PatternAutomaton?]
    private var literals: [PatternAutomaton?]
    var ends: [(pattern: Int32, end: Int)] = []
    var found: [PatternAutomaton.ItemEnd] = []
    /// Room for the passes of one view, by depth.
    var places: [Places]

    struct Places {
        var words: [ByteScan.Span] = []
        /// Of each word its kind.
        var kinds: [UInt32] = []
        var hits: [ByteScan.Hit] = []
        var marks: [ByteScan.Mark] = []
        /// Whether a hit lies within a longer one.
        var isHidden: [Bool] = []
    }

    init(_ book: RuleBook) {
        self.book = book
        words = PatternAutomaton(book.wordProgram, preference: .longest, kinds: WordKinds(book.wordProgram, isWhole: book.wordRules.map { book.isBounded[Int($0)] }))
        looseWords = PatternAutomaton(book.looseProgram, preference: .longest, kinds: WordKinds(book.looseProgram, isWhole: book.looseRules.map { _ in false }))
        labels = book.recognizers.map { _ in nil }
        literals = labels
        places = [Places](repeating: Places(), count: Scanner.depthMax + 2)
    }

    /// Ends of the matches of a recognizer's label rules that begin at a place.
    mutating func matchLabels(of recognizer: Int32, in text: [UInt8], from start: Int) {
        Self.match(&labels[Int(recognizer)], book.labelPatterns[Int(recognizer)], text, start, &ends)
    }

    /// Ends of the matches of a recognizer's literal rules that begin at a place.
    mutating func matchLiterals(of recognizer: Int32, in text: [UInt8], from start: Int) {
        Self.match(&literals[Int(recognizer)], book.literalPatterns[Int(recognizer)], text, start, &ends)
    }

    private static func match(
        _ automaton: inout PatternAutomaton?, _ patterns: [PatternTree], _ text: [UInt8], _ start: Int, _ ends: inout [(pattern: Int32, end: Int)]
    ) {
        if automaton == nil { automaton = PatternAutomaton(PatternProgram(patterns), preference: .longest) }
        automaton?.matches(in: text, from: start, countMax: Scanner.matchCountMax, into: &ends)
    }
}

/// A match that a check has passed, before it is weighed against others. Places are bytes of the root text.
struct Weighed: Sendable {
    var recognizer: Int
    var range: Range<Int>
    /// Decides what is kept and what wins where two overlap.
    var confidence: Double
    /// How often such a match is right.
    var probability: Double
    var reasons: [String]
}

/// A match that was not kept.
struct Unkept: Sendable {
    var recognizer: Int
    var range: Range<Int>
    var reason: String
}
