import Core

/// A pattern for whole values, as rules on data have it: the syntax and the bounds of ``PatternRecognizer``, in time linear in the value whatever the pattern.
public struct LinearPattern: Sendable {
    private let program: PatternProgram

    /// - Throws: `detection.pattern` when the text is no pattern, or one that is too large.
    public init(_ text: String) throws { program = PatternProgram([try PatternParser.parse(text)]) }

    /// Whether each value matches from its first byte to its last.
    public func matchesWhole(_ values: some Sequence<String>) -> [Bool] {
        var automaton = PatternAutomaton(program, preference: .longest)
        return values.map { value in
            let bytes = Array(value.utf8)
            var ends: [(pattern: Int32, end: Int)] = []
            automaton.matches(in: bytes, from: 0, countMax: bytes.count, into: &ends)
            return ends.contains { $0.end == bytes.count }
        }
    }
}
