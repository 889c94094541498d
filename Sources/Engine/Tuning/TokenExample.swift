/// A text as tokens, and which of them a model is to learn to write.
public struct TokenExample: Sendable, Hashable {
    public var tokens: [Int32]
    /// One per token: whether it is part of an answer (its end-of-turn token too). The others are what the answer follows: they are read and not learned.
    public var isAnswer: [Bool]

    public init(tokens: [Int32], isAnswer: [Bool]) { (self.tokens, self.isAnswer) = (tokens, isAnswer) }

    /// Tokens that count in a loss: those of answers, but for a first token, which follows nothing.
    public var answerCount: Int { isAnswer.dropFirst().count { $0 } }

    /// The example in pieces of at most `length` tokens: for plain text, where each piece is a text of its own. A last piece of one token teaches nothing and is left out.
    public func pieces(of length: Int) -> [TokenExample] {
        guard length > 1, tokens.count > length else { return [self] }
        return stride(from: 0, to: tokens.count, by: length).map { start in
            let end = min(tokens.count, start + length)
            return TokenExample(tokens: Array(tokens[start..<end]), isAnswer: Array(isAnswer[start..<end]))
        }.filter { $0.tokens.count > 1 }
    }
}

/// Two answers to one prompt, of which people prefer the first.
public struct PreferenceExample: Sendable, Hashable {
    public var chosen: TokenExample
    public var rejected: TokenExample

    public init(chosen: TokenExample, rejected: TokenExample) { (self.chosen, self.rejected) = (chosen, rejected) }

    /// Tokens of the longer one.
    public var length: Int { max(chosen.tokens.count, rejected.tokens.count) }
}
