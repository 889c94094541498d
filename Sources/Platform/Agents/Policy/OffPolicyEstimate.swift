/// What a policy would have earned on decisions that another one made.
///
/// Inverse propensity weighs each recorded reward by how much likelier the policy is to choose what was chosen; it is unbiased and noisy. Doubly robust starts from a model of rewards, learned on the other half of the records, and
/// corrects it by weighted residues: right if either the chances or the model are (Dudík, Langford, Li, "Doubly Robust Policy Evaluation and Learning", 2011).
public struct OffPolicyEstimate: Sendable, Codable, Hashable {
    public var inversePropensity: Double
    public var doublyRobust: Double
    /// Of the doubly robust value.
    public var standardError: Double
    /// How many records' worth the weights leave: few means that hardly anything like this policy was tried.
    public var effectiveCount: Double
    /// The share of the policy's choices that were recorded with no chance at all: nothing is known of them.
    public var unseenShare: Double
    public var count: Int

    /// The largest weight of one record.
    static let weightMax = 50.0

    /// - Parameter policy: The chances that it gives, for features and what is possible.
    public init(_ records: [PolicyRecord], _ policy: (PolicyFeatures, [Strategy]) -> [Strategy: Double]) {
        var models = [[Strategy: RidgeModel]](repeating: PolicyState().models, count: 2)
        // The model for a record has not seen it.
        for (index, record) in records.enumerated() { models[1 - index % 2][record.decision.strategy]?.learn(record.decision.features.values, reward: record.outcome.reward) }
        var (weighted, robust, weights, unseen) = (0.0, [Double](), [Double](), 0.0)
        for (index, record) in records.enumerated() {
            let decision = record.decision, possible = Strategy.allCases.filter { decision.chances[$0] != nil }
            let wanted = policy(decision.features, possible)
            let weight = min(Self.weightMax, (wanted[decision.strategy] ?? 0) / max(1e-9, decision.chances[decision.strategy] ?? 0))
            func expected(_ strategy: Strategy) -> Double { min(1, max(0, models[index % 2][strategy]?.mean(decision.features.values) ?? 0)) }
            let model = possible.reduce(0) { $0 + (wanted[$1] ?? 0) * expected($1) }
            weighted += weight * record.outcome.reward
            robust.append(model + weight * (record.outcome.reward - expected(decision.strategy)))
            weights.append(weight)
            unseen += possible.reduce(0) { $0 + ((decision.chances[$1] ?? 0) > 0 ? 0 : wanted[$1] ?? 0) }
        }
        let total = Double(max(1, records.count)), mean = robust.reduce(0, +) / total
        let variance = robust.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, total - 1)
        let sum = weights.reduce(0, +), squares = weights.reduce(0) { $0 + $1 * $1 }
        (inversePropensity, doublyRobust, standardError) = (weighted / total, mean, (variance / total).squareRoot())
        (effectiveCount, unseenShare, count) = (squares > 0 ? sum * sum / squares : 0, unseen / total, records.count)
    }
}
