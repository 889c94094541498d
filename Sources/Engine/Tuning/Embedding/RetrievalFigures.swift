import Core
import Tensors

/// How well queries find their texts among all texts.
public struct RetrievalFigures: Sendable, Hashable {
    /// The share of queries whose own text is the nearest.
    public var recallAt1 = 0.0
    /// The share whose own text is among the ten nearest.
    public var recallAt10 = 0.0
    /// The mean of one over the own text's rank; 0 beyond the tenth.
    public var reciprocalRank = 0.0
    public var queryCount = 0
    /// Texts to choose from.
    public var textCount = 0

    public init() {}

    /// Ranks count texts that are nearer; one that is as near does not count.
    ///
    /// - Parameters:
    ///   - nearness: of queries to texts, [queries, texts].
    ///   - own: the place of each query's own text.
    /// - Throws: `tuning.data` when the places do not fit.
    public init(_ nearness: Tensor, own: [Int]) throws {
        guard nearness.rank == 2, nearness.shape[0] == own.count, own.allSatisfy((0..<nearness.shape[1]).contains) else {
            throw Fault(.trainingData, "\(own.count) places do not fit the shape \(nearness.shape)", remedy: "give each query the place of its text")
        }
        (queryCount, textCount) = (nearness.shape[0], nearness.shape[1])
        let values = nearness.values
        for (row, place) in own.enumerated() {
            let scores = values[row * textCount..<(row + 1) * textCount], mine = values[row * textCount + place]
            let rank = 1 + scores.count { $0 > mine }
            if rank == 1 { recallAt1 += 1 }
            if rank <= 10 { (recallAt10, reciprocalRank) = (recallAt10 + 1, reciprocalRank + 1 / Double(rank)) }
        }
        let count = Double(max(1, queryCount))
        (recallAt1, recallAt10, reciprocalRank) = (recallAt1 / count, recallAt10 / count, reciprocalRank / count)
    }

    public var json: JSONValue {
        ["recall_at_1": .double(recallAt1), "recall_at_10": .double(recallAt10), "mrr_at_10": .double(reciprocalRank), "queries": .int(queryCount), "texts": .int(textCount)]
    }
}
