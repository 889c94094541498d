import Core
import Labels

/// What a policy sees of a task: numbers between 0 and 1, no text.
public struct PolicyFeatures: Sendable, Codable, Hashable {
    public let values: [Double]
    /// What they are, in order.
    public static let names = ["constant", "length", "chinese", "tools", "material", "grade", "tokens", "asks"]

    /// - Parameter values: eight numbers.
    public init?(_ values: [Double]) {
        guard values.count == Self.names.count, values.allSatisfy(\.isFinite) else { return nil }
        self.values = values
    }

    init(_ task: AgentTask, grade: Grade) {
        func scaled(_ count: Int, _ most: Int) -> Double { min(1, Double(count) / Double(most)) }
        let asks = task.text.unicodeScalars.prefix(4_000).count { "?？,，;；、\n".unicodeScalars.contains($0) }
        values = [
            1, scaled(task.text.utf8.count, 2_000), task.isChinese ? 1 : 0, scaled(task.tools.count { $0.id != FinishTool.id }, 8), scaled(task.material == .null ? 0 : task.material.text.utf8.count, 8_000),
            Double(grade.rawValue - 1) / 5, scaled(task.budget.tokens, 8_192), scaled(asks, 10),
        ]
    }
}

/// A strategy that was chosen, with all that its value can be learned from later.
public struct PolicyDecision: Sendable, Codable, Hashable {
    /// The idempotency key of the step.
    public var id: String
    public var strategy: Strategy
    public var features: PolicyFeatures
    /// The chance that each possible strategy had.
    public var chances: [Strategy: Double]
    public var mode: PolicyMode

    public init(id: String, strategy: Strategy, features: PolicyFeatures, chances: [Strategy: Double], mode: PolicyMode) {
        (self.id, self.strategy, self.features, self.chances, self.mode) = (id, strategy, features, chances, mode)
    }

    var json: JSONValue {
        [
            "id": .string(id), "strategy": .string(strategy.rawValue), "features": .array(features.values.map { .double($0) }), "mode": .string(mode.rawValue),
            "chances": .object(Dictionary(chances.map { ($0.key.rawValue, .double($0.value)) }) { $1 }),
        ]
    }

    init?(json: JSONValue) {
        guard let id = json["id"]?.string, let strategy = json["strategy"]?.string.flatMap(Strategy.init(rawValue:)), let mode = json["mode"]?.string.flatMap(PolicyMode.init(rawValue:)),
            let features = PolicyFeatures((json["features"]?.array ?? []).compactMap(\.double))
        else { return nil }
        let chances = (json["chances"]?.object ?? [:]).compactMap { name, chance in Strategy(rawValue: name).flatMap { strategy in chance.double.map { (strategy, $0) } } }
        self.init(id: id, strategy: strategy, features: features, chances: Dictionary(chances) { $1 }, mode: mode)
    }
}

/// Who chooses strategies.
public enum PolicyMode: String, Sendable, Codable, CaseIterable {
    /// The rule: act where there are tools, else answer. Outcomes are recorded and learned from.
    case off
    /// The rule in seven of ten cases, any strategy in the others, so that others can be valued on what is recorded.
    case collect
    /// What was learned.
    case on
}

/// How it went.
public struct PolicyOutcome: Sendable, Codable, Hashable {
    /// What a check or a person said; nil if nobody did.
    public var passed: Bool?
    /// The share of the token budget that was spent.
    public var cost: Double

    /// What a spent budget costs beside a good answer.
    static let costWeight = 0.2

    public init(passed: Bool?, cost: Double) { (self.passed, self.cost) = (passed, cost) }

    /// From 0 to 1.
    public var reward: Double { max(0, (passed.map { $0 ? 1 : 0 } ?? 0.5) - Self.costWeight * min(1, max(0, cost))) }
}
