/// Follows one text through a grammar, byte by byte. A value: a copy goes on by itself.
///
/// ```swift
/// var matcher = GrammarMatcher(grammar)
/// matcher.advance(Array("{\"name\":".utf8))   // true as long as some text of the grammar begins so
/// ```
public struct GrammarMatcher: Sendable {
    private var automaton: GrammarAutomaton
    private var state: Int32

    public init(_ grammar: Grammar) {
        automaton = GrammarAutomaton(grammar.program)
        state = automaton.start
    }

    /// Whether some text of the grammar begins with what was read.
    public var isAlive: Bool { state >= 0 }
    /// Whether what was read belongs to the grammar.
    public var canEnd: Bool { automaton.canEnd(state) }

    /// Whether some readings were left out for their number or depth.
    var hasCut: Bool { automaton.hasCut }

    /// Reads on. After false nothing fits any more.
    @discardableResult
    public mutating func advance(_ bytes: some Sequence<UInt8>) -> Bool {
        for byte in bytes {
            state = automaton.next(state, byte)
            guard state >= 0 else { return false }
            if automaton.isFull {
                let written = automaton.written(state)
                automaton.forget()
                state = automaton.state(of: written.stacks, canEnd: written.canEnd)
            }
        }
        return isAlive
    }
}
