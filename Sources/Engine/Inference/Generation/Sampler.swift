import Core
import Foundation

/// How tokens are drawn from scores.
public struct SamplingParameters: Sendable, Hashable {
    /// 0 takes the best token always. The default is 0.8.
    public var temperature = 0.8
    /// Only the best `topK` tokens; 0 for all. The default is 40.
    public var topK = 40
    /// Only the best tokens that together have this probability (Holtzman et al. 2020); 1 for all. The default is 0.95.
    public var topP = 0.95
    /// Only tokens with at least this share of the best one's probability (Nguyen et al. 2024); 0 for all. The default is 0.05.
    public var minP = 0.05
    /// Scores of tokens among the newest `repetitionWindow` are divided by this if positive, multiplied if negative (Keskar et al. 2019); 1 for none.
    public var repetitionPenalty = 1.0
    /// Subtracted once from the score of each token that occurs in the answer so far.
    public var presencePenalty = 0.0
    /// Subtracted for each occurrence in the answer so far.
    public var frequencyPenalty = 0.0
    /// Newest tokens that the repetition penalty looks at. The default is 64.
    public var repetitionWindow = 64
    /// Added to the scores of tokens; -infinity forbids one.
    public var bias: [Int32: Float] = [:]
    /// The same seed, prompt and parameters give the same answer, whoever else is in the batch.
    public var seed: UInt64 = 0

    public init() {}
}

/// Draws one sequence's tokens. A value: its state is the random generator and the tokens so far.
struct Sampler: Sendable {
    let parameters: SamplingParameters
    private var random: SeededRandom
    private var counts: [Int32: Int] = [:]
    private var newest: [Int32] = []

    init(_ parameters: SamplingParameters) {
        self.parameters = parameters
        random = SeededRandom(seed: parameters.seed)
    }

    /// A token and the probabilities it was drawn from, if asked for.
    struct Drawn: Sendable {
        var token: Int32
        /// Natural logarithm of its probability under the model, before temperature and cuts.
        var logProbability: Double
        /// The most probable tokens with their logarithms.
        var alternatives: [(token: Int32, logProbability: Double)]
    }

    /// Draws the next token.
    ///
    /// - Parameters:
    ///   - alternatives: how many of the most probable tokens to report; nil reports no probabilities at all.
    ///   - mask: the tokens that may be drawn, and one of `ends` if it says that the text may end; nil for all. It must admit one.
    mutating func draw(from scores: UnsafeMutableBufferPointer<Float>, alternatives: Int?, mask: TokenMask? = nil, ends: Set<Int32> = []) -> Drawn {
        for (token, value) in parameters.bias where scores.indices.contains(Int(token)) { unsafe scores[Int(token)] += value }
        // Probabilities are the model's own, before penalties shape the choice.
        let logTotal = alternatives == nil ? 0 : unsafe Self.logSum(scores)
        let best = alternatives.map { count in
            unsafe Self.top(count, of: scores).map { (token: Int32($0), logProbability: unsafe Double(scores[$0]) - logTotal) }
        }
        let raw = alternatives == nil ? nil : unsafe Array(scores)
        unsafe penalize(scores)
        var token: Int32
        if let mask {
            var mask = mask
            if mask.canEnd { mask.admit(ends) }
            unsafe mask.apply(to: scores)
            token = unsafe choose(from: scores)
            // Biases can forbid all that is left, and scores of a damaged model may be no numbers.
            if !mask.contains(token) { token = mask.first ?? token }
        } else {
            token = unsafe choose(from: scores)
        }
        counts[token, default: 0] += 1
        newest.append(token)
        if newest.count > parameters.repetitionWindow { newest.removeFirst() }
        return Drawn(token: token, logProbability: raw.map { Double($0[Int(token)]) - logTotal } ?? 0, alternatives: best ?? [])
    }

    private func penalize(_ scores: UnsafeMutableBufferPointer<Float>) {
        if parameters.repetitionPenalty != 1 {
            for token in Set(newest) {
                let value = unsafe scores[Int(token)]
                unsafe scores[Int(token)] = value > 0 ? value / Float(parameters.repetitionPenalty) : value * Float(parameters.repetitionPenalty)
            }
        }
        if parameters.presencePenalty != 0 || parameters.frequencyPenalty != 0 {
            for (token, count) in counts { unsafe scores[Int(token)] -= Float(parameters.presencePenalty + parameters.frequencyPenalty * Double(count)) }
        }
    }

    private mutating func choose(from scores: UnsafeMutableBufferPointer<Float>) -> Int32 {
        guard parameters.temperature > 0 else { return unsafe Int32(Self.argmax(scores)) }
        // The cuts look at the most probable tokens only; beyond some thousands nothing is left that minP or topP would keep.
        let limit = parameters.topK > 0 ? parameters.topK : 4096
        let candidates = unsafe Self.top(min(limit, scores.count), of: scores)
        guard let first = candidates.first else { return 0 }
        let highest = unsafe Double(scores[first])
        var weights = candidates.map { unsafe exp((Double(scores[$0]) - highest) / parameters.temperature) }
        let total = weights.reduce(0, +)
        var kept = weights.count
        if parameters.topP < 1 {
            var sum = 0.0
            for (index, weight) in weights.enumerated() {
                sum += weight
                if sum >= parameters.topP * total {
                    kept = index + 1
                    break
                }
            }
        }
        if parameters.minP > 0 { kept = max(1, min(kept, weights.firstIndex { $0 < parameters.minP } ?? kept)) }
        weights.removeLast(weights.count - kept)
        var target = Double.random(in: 0..<1, using: &random) * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            target -= weight
            if target < 0 { return Int32(candidates[index]) }
        }
        return Int32(candidates[kept - 1])
    }

    private static func argmax(_ scores: UnsafeMutableBufferPointer<Float>) -> Int {
        var best = 0
        for index in scores.indices where unsafe scores[index] > scores[best] || scores[best].isNaN { best = index }
        return best
    }

    /// The `count` highest, the highest first; of equal ones the lower index first. NaN is never chosen.
    private static func top(_ count: Int, of scores: UnsafeMutableBufferPointer<Float>) -> [Int] {
        guard count > 0 else { return [] }
        // A threshold from a sample keeps the sort short: only what passes it is sorted.
        var threshold = -Float.infinity
        if scores.count > 64 * count {
            var sample: [Float] = []
            for index in stride(from: 0, to: scores.count, by: 16) where unsafe !scores[index].isNaN { unsafe sample.append(scores[index]) }
            sample.sort(by: >)
            // The count-th of one in sixteen is below the count-th of all.
            if sample.count > count { threshold = sample[count] }
        }
        var passing: [Int] = []
        for index in scores.indices where unsafe scores[index] >= threshold && scores[index] > -.infinity { passing.append(index) }
        passing.sort { unsafe (scores[$1], $0) < (scores[$0], $1) }
        return Array(passing.prefix(count))
    }

    private static func logSum(_ scores: UnsafeMutableBufferPointer<Float>) -> Double {
        let highest = unsafe Double(scores[argmax(scores)])
        var sum = 0.0
        for unsafe score in unsafe scores { sum += exp(Double(score) - highest) }
        return highest + log(sum)
    }
}
