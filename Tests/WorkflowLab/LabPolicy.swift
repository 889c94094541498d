import Agents
import Core

/// The policy in worlds whose best strategies are known: regret, and how well recorded decisions tell what another policy would have earned.
struct LabPolicy {
    /// Rewards are the truth of a random linear world, or of one with a kink that no linear model can hold.
    private struct World {
        var random: SeededRandom
        let weights: [Strategy: [Double]]
        let hasKink: Bool

        init(seed: UInt64, hasKink: Bool) {
            self.hasKink = hasKink
            var source = SeededRandom(seed: seed)
            var drawn: [Strategy: [Double]] = [:]
            // On average each strategy is about as good as the others: which is best depends on the task.
            for strategy in Strategy.allCases {
                let slopes = (1..<PolicyFeatures.names.count).map { _ in Double.random(in: -0.35...0.35, using: &source) }
                drawn[strategy] = [0.5 - slopes.reduce(0, +) / 2 + Double.random(in: -0.03...0.03, using: &source)] + slopes
            }
            (weights, random) = (drawn, source)
        }

        mutating func task() throws -> PolicyFeatures {
            guard let features = PolicyFeatures([1] + (1..<PolicyFeatures.names.count).map { _ in Double.random(in: 0..<1, using: &random) }) else { throw Fault(.defect, "features have another size") }
            return features
        }

        func expected(_ strategy: Strategy, _ features: PolicyFeatures) -> Double {
            let linear = zip(weights[strategy] ?? [], features.values).reduce(0) { $0 + $1.0 * $1.1 }
            let kink = hasKink && strategy == .plan && features.values[1] > 0.6 ? 0.35 : 0
            return min(1, max(0, linear + kink))
        }

        mutating func reward(_ strategy: Strategy, _ features: PolicyFeatures) -> Bool { Double.random(in: 0..<1, using: &random) < expected(strategy, features) }
        func best(_ features: PolicyFeatures) -> Double { Strategy.allCases.map { expected($0, features) }.max() ?? 0 }
    }

    static func run(_ options: LabOptions) throws -> JSONValue {
        let (count, worlds, seed) = (options.number("count", 10_000), options.number("worlds", 20), options.number("seed", 1))
        var (below, slower, ratio, growth) = (0, 0, [Double](), [Double]())
        for number in 0..<worlds {
            var (world, state) = (World(seed: UInt64(seed + number), hasKink: number % 4 == 3), PolicyState())
            var random = SeededRandom(seed: UInt64(seed + number) + 1_000_003)
            state.mode = .on
            var (halves, fixed) = ([0.0, 0.0], [Strategy: Double]())
            for round in 0..<count {
                let features = try world.task(), best = world.best(features)
                let strategy = state.choose(features, among: Strategy.allCases, random: &random).strategy
                state.learn(strategy, features, reward: world.reward(strategy, features) ? 1 : 0)
                halves[round * 2 / count] += best - world.expected(strategy, features)
                for other in Strategy.allCases { fixed[other, default: 0] += best - world.expected(other, features) }
            }
            let total = halves[0] + halves[1], least = fixed.values.min() ?? 0
            if total < least { below += 1 }
            if halves[1] < halves[0] { slower += 1 }
            ratio.append(total / max(1e-9, least))
            growth.append(halves[1] / max(1e-9, halves[0]))
        }
        let estimates = try estimates(worlds: worlds, count: count / 5, seed: seed)
        return [
            "worlds": .int(worlds), "tasks": .int(count), "below_every_fixed": .int(below), "slower_growth": .int(slower), "regret_of_best_fixed_mean": rounded(ratio.reduce(0, +) / Double(worlds)),
            "regret_of_best_fixed_worst": rounded(ratio.max() ?? 0), "second_half_of_first_mean": rounded(growth.reduce(0, +) / Double(worlds)), "estimates": estimates,
        ]
    }

    private static func estimates(worlds: Int, count: Int, seed: Int) throws -> JSONValue {
        var (covered, total, robust, weighted, misordered) = (0, 0, 0.0, 0.0, 0)
        for number in 0..<worlds {
            var (world, state, records) = (World(seed: UInt64(seed + number), hasKink: number % 4 == 3), PolicyState(), [PolicyRecord]())
            var random = SeededRandom(seed: UInt64(seed + number) + 7_000_003)
            state.mode = .collect
            var truth: [Strategy: Double] = [:]
            for round in 0..<count {
                let features = try world.task(), (strategy, chances) = state.choose(features, among: Strategy.allCases, random: &random)
                let decision = PolicyDecision(id: "\(round)", strategy: strategy, features: features, chances: chances, mode: .collect)
                records.append(PolicyRecord(decision: decision, outcome: PolicyOutcome(passed: world.reward(strategy, features), cost: 0), at: 0))
                for other in Strategy.allCases { truth[other, default: 0] += world.expected(other, features) / Double(count) }
            }
            var values: [Strategy: Double] = [:]
            for strategy in Strategy.allCases {
                let estimate = OffPolicyEstimate(records) { _, _ in [strategy: 1] }, value = truth[strategy] ?? 0
                total += 1
                if abs(estimate.doublyRobust - value) <= 1.96 * estimate.standardError { covered += 1 }
                robust += abs(estimate.doublyRobust - value)
                weighted += abs(estimate.inversePropensity - value)
                values[strategy] = estimate.doublyRobust
            }
            let (best, chosen) = (truth.values.max() ?? 0, Strategy.allCases.max { (values[$0] ?? 0) < (values[$1] ?? 0) } ?? .act)
            if best - (truth[chosen] ?? 0) > 0.05 { misordered += 1 }
        }
        return [
            "within_95_percent": rounded(Double(covered) / Double(total)), "error_doubly_robust": rounded(robust / Double(total)), "error_inverse_propensity": rounded(weighted / Double(total)), "worse_choice_by_0.05": .int(misordered),
            "records": .int(count),
        ]
    }

    private static func rounded(_ value: Double) -> JSONValue { .double((value * 10_000).rounded() / 10_000) }
}
