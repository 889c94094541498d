import Core
import Tensors

/// What a tagger finds while it learns, by its own weights.
extension SequenceTagger {
    /// The loss of a batch as it is, and how many texts are tagged without a mistake.
    public func evaluate(_ batch: [Example]) throws -> (loss: Float, correct: Int) {
        let found = try measured(batch)
        return (found.loss, zip(found.spans, batch).count { Set($0) == Set($1.spans) })
    }

    /// The mean loss of all characters, and the micro F1 of exact spans.
    public func measure(_ examples: [Example]) throws -> (loss: Double, score: Double) {
        let (loss, scores) = try spanScores(examples)
        return (loss, scores.all.f1)
    }

    /// The mean loss of all characters, and what was found of each type.
    public func spanScores(_ examples: [Example]) throws -> (loss: Double, scores: SpanScores) {
        var (loss, characters, scores) = (0.0, 0.0, SpanScores())
        for start in stride(from: 0, to: examples.count, by: 64) {
            let batch = Array(examples[start..<min(examples.count, start + 64)])
            let found = try measured(batch), weight = weight(of: batch)
            loss += Double(found.loss) * weight
            characters += weight
            for (spans, example) in zip(found.spans, batch) { scores.add(found: spans, there: example.spans) }
        }
        return (loss / max(1, characters), scores)
    }

    private func measured(_ batch: [Example]) throws -> (loss: Float, spans: [[TextSpan]]) {
        var copy = self
        copy.parameters = parameters.map { $0.detached() }
        var random = SeededRandom(seed: 0)
        let field = try copy.field, scores = try copy.scores(Rows(batch), dropout: nil, using: &random)
        let loss = try copy.loss(scores, batch)
        let best = try ChainField.best(scores, transitions: field.transitions, starts: field.starts, ends: field.ends, lengths: batch.map(\.tags.count))
        let scheme = shape.scheme
        return (loss.item ?? .nan, best.map { scheme.spans($0) })
    }
}
