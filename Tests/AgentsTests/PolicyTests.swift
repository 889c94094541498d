import Core
import Labels
import Store
import Support
import Testing
import Workflows

@testable import Agents

/// A world of tasks whose best strategies are known: short ones are best answered, those with tools acted on, long ones with tools planned.
struct TaskWorld {
    var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func task() -> PolicyFeatures {
        let (length, tools) = (Double.random(in: 0..<1, using: &random), Double(Int.random(in: 0...4, using: &random)) / 8)
        let values = [1, length, Double(Int.random(in: 0...1, using: &random)), tools, Double.random(in: 0..<1, using: &random), 0.2, 0.5, length / 2]
        return PolicyFeatures(values) ?? PolicyFeatures(AgentTask(""), grade: .level1)
    }

    func expected(_ strategy: Strategy, _ features: PolicyFeatures) -> Double {
        let (length, tools) = (features.values[1], features.values[3])
        return switch strategy {
        case .direct: 0.85 - 0.6 * length - 0.5 * tools
        case .act: 0.45 - 0.1 * length + 0.7 * tools
        case .plan: 0.2 + 0.5 * length + 0.3 * tools
        }
    }

    mutating func reward(_ strategy: Strategy, _ features: PolicyFeatures) -> Double { Double.random(in: 0..<1, using: &random) < expected(strategy, features) ? 1 : 0 }
    func best(_ features: PolicyFeatures) -> Double { Strategy.allCases.map { expected($0, features) }.max() ?? 0 }
}

@Suite struct PolicyTests {
    /// Regret of a learner over `count` tasks, by quarters, and that of each fixed strategy.
    private func regrets(seed: UInt64, count: Int) -> (quarters: [Double], fixed: [Strategy: Double]) {
        var (world, random, state) = (TaskWorld(seed: seed), SeededRandom(seed: seed + 1), PolicyState())
        state.mode = .on
        var (quarters, fixed) = ([Double](repeating: 0, count: 4), [Strategy: Double]())
        for round in 0..<count {
            let features = world.task(), best = world.best(features)
            let (strategy, _) = state.choose(features, among: Strategy.allCases, random: &random)
            state.learn(strategy, features, reward: world.reward(strategy, features))
            quarters[round * 4 / count] += best - world.expected(strategy, features)
            for other in Strategy.allCases { fixed[other, default: 0] += best - world.expected(other, features) }
        }
        return (quarters, fixed)
    }

    @Test func regretGrowsEverSlowerAndIsBelowThatOfEachFixedStrategy() {
        for seed in 1...2 as ClosedRange<UInt64> {
            let (quarters, fixed) = regrets(seed: seed, count: 2_000)
            #expect(quarters[3] < quarters[0] * 0.6, "seed \(seed): \(quarters)")
            let total = quarters.reduce(0, +), least = fixed.values.min() ?? 0
            #expect(total < least * 0.5, "seed \(seed): \(total) of \(least)")
        }
    }

    /// What a policy would earn, from what another did, beside the truth.
    @Test func estimatesCoverTheTruth() {
        var (misses, robustError, weightedError) = (0, 0.0, 0.0)
        for seed in 1...8 as ClosedRange<UInt64> {
            var (world, random, state, records) = (TaskWorld(seed: seed), SeededRandom(seed: seed + 99), PolicyState(), [PolicyRecord]())
            state.mode = .collect
            var truth = [Strategy: Double]()
            for round in 0..<1_500 {
                let features = world.task(), (strategy, chances) = state.choose(features, among: Strategy.allCases, random: &random)
                let reward = world.reward(strategy, features)
                // Free of charge, so that the reward is the verdict.
                let decision = PolicyDecision(id: "\(round)", strategy: strategy, features: features, chances: chances, mode: .collect)
                records.append(PolicyRecord(decision: decision, outcome: PolicyOutcome(passed: reward == 1, cost: 0), at: 0))
                for other in Strategy.allCases { truth[other, default: 0] += world.expected(other, features) / 1_500 }
            }
            for strategy in Strategy.allCases {
                let estimate = OffPolicyEstimate(records) { _, _ in [strategy: 1] }, value = truth[strategy] ?? 0
                if abs(estimate.doublyRobust - value) > 3 * estimate.standardError { misses += 1 }
                robustError += abs(estimate.doublyRobust - value)
                weightedError += abs(estimate.inversePropensity - value)
                #expect(estimate.unseenShare == 0 && estimate.effectiveCount > 50)
            }
        }
        #expect(misses <= 1)
        #expect(robustError < weightedError, "\(robustError) \(weightedError)")
    }

    @Test func whatWasNeverTriedIsSaidToBeUnseen() {
        var world = TaskWorld(seed: 3)
        let records = (0..<50).map { round -> PolicyRecord in
            let decision = PolicyDecision(id: "\(round)", strategy: .act, features: world.task(), chances: [.direct: 0, .act: 1, .plan: 0], mode: .off)
            return PolicyRecord(decision: decision, outcome: PolicyOutcome(passed: true, cost: 0), at: 0)
        }
        #expect(OffPolicyEstimate(records) { _, _ in [.plan: 1] }.unseenShare == 1)
        #expect(OffPolicyEstimate(records) { _, _ in [.act: 1] }.unseenShare == 0)
        #expect(OffPolicyEstimate([]) { _, _ in [.act: 1] }.count == 0)
    }

    @Test func chancesAreWhatIsChosenBy() {
        var (world, random, state) = (TaskWorld(seed: 5), SeededRandom(seed: 6), PolicyState())
        for _ in 0..<300 { let features = world.task(), strategy = Strategy.allCases.randomElement(using: &random) ?? .act; state.learn(strategy, features, reward: world.reward(strategy, features)) }
        for mode in PolicyMode.allCases {
            state.mode = mode
            for possible in [Strategy.allCases, [.direct, .plan], [.direct]] {
                let features = world.task()
                let chances = state.chances(features, among: possible, random: &random)
                #expect(Set(chances.keys) == Set(possible))
                #expect(abs(chances.values.reduce(0, +) - 1) < 1e-9)
                if mode == .on { #expect(chances.values.allSatisfy { $0 >= PolicyState.chanceMin - 1e-12 }) }
                if mode == .off { #expect(chances.values.contains(1)) }
            }
        }
        // The same seed, the same choice.
        let features = world.task()
        var (one, two) = (SeededRandom(seed: 9), SeededRandom(seed: 9))
        #expect(state.choose(features, among: Strategy.allCases, random: &one).chances == state.choose(features, among: Strategy.allCases, random: &two).chances)
    }

    /// The oracle: all sums by hand, and the equations solved by elimination.
    @Test func theModelSolvesItsEquations() {
        var (random, model) = (SeededRandom(seed: 11), RidgeModel(size: 3))
        var (matrix, right) = ([[1.0, 0, 0], [0, 1, 0], [0, 0, 1]], [0.0, 0, 0])
        for _ in 0..<50 {
            let features = (0..<3).map { _ in Double.random(in: -1...1, using: &random) }, reward = Double.random(in: 0...1, using: &random)
            model.learn(features, reward: reward)
            for row in 0..<3 { right[row] += reward * features[row]; for column in 0..<3 { matrix[row][column] += features[row] * features[column] } }
        }
        for pivot in 0..<3 {
            for row in 0..<3 where row != pivot {
                let factor = matrix[row][pivot] / matrix[pivot][pivot]
                for column in 0..<3 { matrix[row][column] -= factor * matrix[pivot][column] }
                right[row] -= factor * right[pivot]
            }
        }
        let weights = (0..<3).map { right[$0] / matrix[$0][$0] }
        for place in 0..<3 {
            var unit = [0.0, 0, 0]
            unit[place] = 1
            #expect(abs(model.mean(unit) - weights[place]) < 1e-9)
        }
    }

    @Test func outcomesAreLearnedOnceAndRevisedAsIfKnown() async throws {
        let directory = try TemporaryDirectory(), store = try Store.open(at: directory.path), book = PolicyBook(store: store)
        var world = TaskWorld(seed: 4)
        let decision = PolicyDecision(id: "run-1/a", strategy: .act, features: world.task(), chances: [.act: 1], mode: .off)
        for _ in 0..<3 { try await store.write { try book.learn(decision, PolicyOutcome(passed: nil, cost: 0.5), at: 1, in: $0) } }
        #expect(try await book.state().models[.act]?.count == 1)
        #expect(try await book.judge(run: "run-1", isGood: true) == 1)
        #expect(try await book.judge(run: "run-2", isGood: true) == 0)
        var known = PolicyState()
        known.learn(.act, decision.features, reward: PolicyOutcome(passed: true, cost: 0.5).reward)
        let (learned, features) = (try await book.state(), world.task())
        #expect(abs((learned.models[.act]?.mean(features.values) ?? 0) - (known.models[.act]?.mean(features.values) ?? 1)) < 1e-12)
        #expect(try await book.decisions().map(\.isJudged) == [true])
        try store.close()
    }

    /// An agent that nobody gave a strategy asks the policy, and its end is what the policy learns from.
    @Test func agentsAskThePolicyAndItLearnsInTheirTransaction() async throws {
        let house = try AgentHouse()
        try await house.book.setMode(.collect)
        var taken = Set<String>()
        for number in 0..<30 {
            let model = ScriptedModel(.all) { _, messages in
                let system = messages[0].text
                return system.contains("Plan before acting") ? "{\"plan\": [\"answer\"]}" : system.contains("Check whether") ? "{\"passed\": true, \"reason\": \"\"}" : system.contains("nothing else.") && !system.contains("finish") ? "5" : finish("5")
            }
            let (status, output, _) = try await house.run(model, AgentTask("Add 2 and 3", tools: [try CalculateTool()]), id: "r\(number)")
            #expect(status == .completed)
            taken.insert(output["strategy"]?.string ?? "")
        }
        #expect(taken == Set(Strategy.allCases.map(\.rawValue)))
        let records = try await house.book.decisions()
        #expect(records.count == 30 && records.allSatisfy { $0.decision.mode == .collect && $0.decision.chances.count == 3 })
        #expect(try await house.book.state().models.values.reduce(0) { $0 + $1.count } == 30)
    }

    /// Features are numbers of a task, and say no word of it.
    @Test func featuresAreBoundedNumbers() {
        let task = AgentTask(String(repeating: "怎么办？", count: 5_000), material: .string(String(repeating: "x", count: 100_000)))
        let features = PolicyFeatures(task, grade: .core)
        #expect(features.values.count == PolicyFeatures.names.count && features.values.allSatisfy { (0...1).contains($0) })
        #expect(features.values[2] == 1 && features.values[5] == 1)
        #expect(PolicyFeatures([1, 2]) == nil && PolicyFeatures([.nan, 0, 0, 0, 0, 0, 0, 0]) == nil)
    }
}
