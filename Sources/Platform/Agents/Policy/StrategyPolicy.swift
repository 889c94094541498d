import Core

/// What was learned about strategies: one linear model of rewards each, and who chooses.
///
/// Choosing is Thompson sampling made explicit: the chance of a strategy is the share of draws from what is known in which it is the best, and never less than ``chanceMin``. So the chance is known exactly when the choice is
/// made, and what was recorded can value any other policy. Thompson 1933; Agrawal and Goyal, "Thompson Sampling for Contextual Bandits with Linear Payoffs", 2013.
public struct PolicyState: Sendable, Codable, Hashable {
    public var mode = PolicyMode.off
    public private(set) var models: [Strategy: RidgeModel]

    /// Draws that chances are counted from.
    static let drawCount = 100
    /// The least chance of a possible strategy.
    static let chanceMin = 0.02
    /// How much wider than the data say it looks around; rewards lie within 0 and 1.
    static let spread = 0.3
    /// The share of cases in which collecting takes any strategy.
    static let collectShare = 0.3

    public init() { models = Dictionary(Strategy.allCases.map { ($0, RidgeModel(size: PolicyFeatures.names.count)) }) { $1 } }

    /// The rule without learning.
    static func standard(_ possible: [Strategy]) -> Strategy { possible.contains(.act) ? .act : .direct }

    /// The chance of each possible strategy.
    public func chances(_ features: PolicyFeatures, among possible: [Strategy], random: inout some RandomNumberGenerator) -> [Strategy: Double] {
        let even = 1 / Double(max(1, possible.count))
        switch mode {
        case .off: return Dictionary(possible.map { ($0, $0 == Self.standard(possible) ? 1 : 0) }) { $1 }
        case .collect: return Dictionary(possible.map { ($0, Self.collectShare * even + ($0 == Self.standard(possible) ? 1 - Self.collectShare : 0)) }) { $1 }
        case .on:
            var draws: [[Double]] = []
            for strategy in possible { draws.append(models[strategy]?.samples(features.values, count: Self.drawCount, spread: Self.spread, random: &random) ?? []) }
            var wins = [Int](repeating: 0, count: possible.count)
            for draw in 0..<Self.drawCount { if let best = possible.indices.max(by: { draws[$0][draw] < draws[$1][draw] }) { wins[best] += 1 } }
            let free = 1 - Self.chanceMin * Double(possible.count)
            return Dictionary(possible.indices.map { (possible[$0], Self.chanceMin + free * Double(wins[$0]) / Double(Self.drawCount)) }) { $1 }
        }
    }

    /// Chooses by chances.
    public func choose(_ features: PolicyFeatures, among possible: [Strategy], random: inout some RandomNumberGenerator) -> (strategy: Strategy, chances: [Strategy: Double]) {
        let chances = chances(features, among: possible, random: &random)
        var left = Double.random(in: 0..<1, using: &random)
        for strategy in possible {
            left -= chances[strategy] ?? 0
            if left < 0 { return (strategy, chances) }
        }
        return (possible.last { (chances[$0] ?? 0) > 0 } ?? .direct, chances)
    }

    /// Takes in what a strategy brought.
    public mutating func learn(_ strategy: Strategy, _ features: PolicyFeatures, reward: Double) { models[strategy]?.learn(features.values, reward: reward) }
    mutating func revise(_ strategy: Strategy, _ features: PolicyFeatures, by difference: Double) { models[strategy]?.revise(features.values, by: difference) }

    /// The strategy of the highest expected reward.
    public func best(_ features: PolicyFeatures, among possible: [Strategy]) -> Strategy {
        possible.max { (models[$0]?.mean(features.values) ?? 0) < (models[$1]?.mean(features.values) ?? 0) } ?? .direct
    }
}
