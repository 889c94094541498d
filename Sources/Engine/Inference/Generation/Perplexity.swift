import Core
import Foundation

/// How well a model predicts a text: the exponential of the mean negative log-probability of its tokens.
///
/// As in llama.cpp's llama-perplexity, so that figures compare: the tokens are cut into chunks of the context, a rest is dropped, the first token of a chunk becomes BOS where the
/// tokenizer adds one, and only the second half of a chunk is scored, for which at least half a context stands before.
public struct Perplexity: Sendable, Hashable {
    public var perplexity: Double
    /// Its standard error, from the spread of the log-probabilities.
    public var error: Double
    /// Tokens that were scored.
    public var scored: Int
    public var chunks: Int

    /// Measures a text.
    ///
    /// - Parameters:
    ///   - context: tokens of a chunk, at least 8.
    ///   - bos: what each chunk begins with; nil leaves its first token.
    ///   - chunkCountMax: the most chunks; nil for all.
    /// - Throws: `inference.context-full` when the text has fewer than two chunks or the model holds none; what computing throws.
    public static func measure(
        _ model: DecoderModel, tokens: [Int32], context: Int, bos: Int32?, chunkCountMax: Int? = nil, progress: ProgressSink? = nil
    ) throws -> Perplexity {
        guard context >= 8, tokens.count >= 2 * context, context <= model.context else {
            throw Fault(
                .contextFull, "the text has \(tokens.count) tokens and the model holds \(model.context); at least two chunks of \(context) are needed",
                remedy: "give a longer text or a smaller context")
        }
        let chunks = min(tokens.count / context, max(1, chunkCountMax ?? .max))
        var sum = 0.0, squares = 0.0, scored = 0
        for chunk in 0..<chunks {
            var part = Array(tokens[chunk * context..<(chunk + 1) * context])
            if let bos { part[0] = bos }
            let scores = try model.allScores(of: part, from: context / 2)
            // The scores after a token say what they give to the next one.
            for (index, row) in scores.dropLast().enumerated() {
                let loss = -logProbability(of: part[context / 2 + index + 1], in: row)
                sum += loss
                squares += loss * loss
                scored += 1
            }
            progress?(JobProgress(phase: "perplexity", done: chunk + 1, total: chunks))
        }
        let mean = sum / Double(scored)
        let variance = max(0, squares / Double(scored) - mean * mean)
        let perplexity = exp(mean)
        return Perplexity(perplexity: perplexity, error: scored > 1 ? (variance / Double(scored - 1)).squareRoot() * perplexity : 0, scored: scored, chunks: chunks)
    }

    /// The logarithm of the probability that scores give a token.
    static func logProbability(of token: Int32, in scores: [Float]) -> Double {
        let most = scores.max() ?? 0
        let sum = scores.reduce(0.0) { $0 + Double(expf($1 - most)) }
        guard scores.indices.contains(Int(token)) else { return -.infinity }
        return Double(scores[Int(token)] - most) - log(sum)
    }
}
