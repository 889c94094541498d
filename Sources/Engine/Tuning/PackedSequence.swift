import Tensors

/// Examples one after another in one sequence, as a network reads it: all arrays have one element a token.
public struct PackedSequence: Sendable, Hashable {
    public var tokens: [Int32]
    /// The token that should follow, or ``Tensor/ignoredLabel`` where that is not learned: within a prompt, and at the end of an example.
    public var labels: [Int32]
    /// Which example a token belongs to, from 0, rising. Attention must not pass from one to another.
    public var segments: [Int32]
    /// The place of a token in its own example, from 0.
    public var positions: [Int32]

    /// Examples in the order given.
    public init(_ examples: [TokenExample] = []) {
        (tokens, labels, segments, positions) = ([], [], [], [])
        for example in examples { add(example) }
    }

    public var count: Int { tokens.count }
    /// Labels that count.
    public var labelCount: Int { labels.count { $0 != Tensor.ignoredLabel } }
    /// Examples in it.
    public var segmentCount: Int { segments.last.map { Int($0) + 1 } ?? 0 }

    /// Adds an example as a segment of its own. One without tokens changes nothing.
    public mutating func add(_ example: TokenExample) {
        guard !example.tokens.isEmpty else { return }
        let segment = Int32(segmentCount), count = example.tokens.count
        tokens += example.tokens
        labels += (1..<count).map { example.isAnswer[$0] ? example.tokens[$0] : Tensor.ignoredLabel } + [Tensor.ignoredLabel]
        segments += repeatElement(segment, count: count)
        positions += (0..<Int32(count))
    }
}
