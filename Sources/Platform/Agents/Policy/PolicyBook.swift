import Core
import Store

/// A decision with what came of it.
public struct PolicyRecord: Sendable, Codable, Hashable {
    public var decision: PolicyDecision
    public var outcome: PolicyOutcome
    /// Seconds since 1970.
    public var at: Double
    /// Whether a person has said how good it was.
    public var isJudged = false

    public init(decision: PolicyDecision, outcome: PolicyOutcome, at: Double) { (self.decision, self.outcome, self.at) = (decision, outcome, at) }
}

/// What is learned about strategies, in the store: written in the transaction that ends the agent's step, so that each outcome counts once.
public struct PolicyBook: Sendable {
    private let store: Store
    private let seed: UInt64
    private let states = RecordCollection<PolicyState>("agent-policy")
    private let records = RecordCollection<PolicyRecord>("agent-decisions")
    private static let key = "strategies"
    /// Decisions that one estimate reads, the newest.
    public static let recordCountMax = 5_000

    /// - Parameter seed: With a step's key it decides every choice. The default is 1.
    public init(store: Store, seed: UInt64 = 1) { (self.store, self.seed) = (store, seed) }

    /// What was learned so far.
    public func state() async throws -> PolicyState { try await store.read { [states] in try $0.get(Self.key, in: states) ?? PolicyState() } }

    /// Says who chooses from now on.
    public func setMode(_ mode: PolicyMode) async throws {
        try await store.write { [states] transaction in
            var state = try transaction.get(Self.key, in: states) ?? PolicyState()
            state.mode = mode
            try transaction.put(state, as: Self.key, in: states)
        }
    }

    func choose(_ features: PolicyFeatures, among possible: [Strategy], id: String, at now: Double) async throws -> PolicyDecision {
        let state = try await state()
        let digest = SHA256.hex(Array("\(seed)/\(id)".utf8)).prefix(16)
        var random = SeededRandom(seed: UInt64(digest, radix: 16) ?? seed)
        let (strategy, chances) = state.choose(features, among: possible, random: &random)
        return PolicyDecision(id: id, strategy: strategy, features: features, chances: chances, mode: state.mode)
    }

    /// Takes in an outcome; a second one of the same decision changes nothing.
    func learn(_ decision: PolicyDecision, _ outcome: PolicyOutcome, at now: Double, in transaction: Transaction) throws {
        guard try transaction.get(decision.id, in: records) == nil else { return }
        try transaction.put(PolicyRecord(decision: decision, outcome: outcome, at: now), as: decision.id, sort: timestampText(now), in: records)
        var state = try transaction.get(Self.key, in: states) ?? PolicyState()
        state.learn(decision.strategy, decision.features, reward: outcome.reward)
        try transaction.put(state, as: Self.key, in: states)
    }

    /// A person says whether the answers of a run were good: what was learned from them is as if that had been known then.
    /// - Returns: how many decisions it concerned.
    @discardableResult
    public func judge(run: String, isGood: Bool) async throws -> Int {
        try await store.write { [states, records] transaction in
            let found = try transaction.list(records, descending: true, limit: Self.recordCountMax).filter { $0.key.hasPrefix(run + "/") }
            guard !found.isEmpty else { return 0 }
            var state = try transaction.get(Self.key, in: states) ?? PolicyState()
            for (key, old) in found {
                var record = old
                record.outcome.passed = isGood
                record.isJudged = true
                state.revise(record.decision.strategy, record.decision.features, by: record.outcome.reward - old.outcome.reward)
                try transaction.put(record, as: key, sort: timestampText(record.at), in: records)
            }
            try transaction.put(state, as: Self.key, in: states)
            return found.count
        }
    }

    /// The newest decisions with their outcomes.
    public func decisions(limit: Int = recordCountMax) async throws -> [PolicyRecord] {
        try await store.read { [records] in try $0.list(records, descending: true, limit: min(limit, Self.recordCountMax)).map(\.value) }
    }
}
