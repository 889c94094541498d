import Kernels

/// What one thread needs to scan: automata, and room for the places that passes find. Made once and used again; holds no text between uses.
struct ScanSession {
    let book: RuleBook
    var words: PatternAutomaton
    var looseWords: PatternAutomaton
    /// Of label rules and of literal rules, by recognizer; those without are empty.
    var labels: [PatternAutomaton]
    var literals: [PatternAutomaton]
    var ends: [(pattern: Int32, end: Int)] = []
    /// Room for the passes of one view, by depth.
    var places: [Places]

    struct Places {
        var words: [ByteScan.Span] = []
        var hits: [ByteScan.Hit] = []
        var marks: [ByteScan.Mark] = []
        /// Whether a hit lies within a longer one.
        var isHidden: [Bool] = []
    }

    init(_ book: RuleBook) {
        self.book = book
        words = PatternAutomaton(book.wordProgram, preference: .longest)
        looseWords = PatternAutomaton(book.looseProgram, preference: .longest)
        labels = book.labelPrograms.map { PatternAutomaton($0, preference: .longest) }
        literals = book.literalPrograms.map { PatternAutomaton($0, preference: .longest) }
        places = [Places](repeating: Places(), count: Scanner.depthMax + 2)
    }
}

/// A match that a check has passed, before it is weighed against others. Places are bytes of the root text.
struct Weighed: Sendable {
    var recognizer: Int
    var range: Range<Int>
    var confidence: Double
    var reasons: [String]
}

/// A match that was not kept.
struct Unkept: Sendable {
    var recognizer: Int
    var range: Range<Int>
    var reason: String
}
