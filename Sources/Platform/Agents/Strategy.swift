import Core

/// A way to work on a task.
public enum Strategy: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    /// One answer, no tools.
    case direct
    /// Think, call a tool, read its result, until done.
    case act
    /// Write a plan, act on each of its steps, answer, and check the answer once.
    case plan

    /// What may be chosen without tools: acting would be answering.
    static func possible(hasTools: Bool) -> [Strategy] { hasTools ? allCases : [.direct, .plan] }
}

/// Why an agent stopped.
public enum AgentStop: String, Sendable, Codable, CaseIterable {
    case finished
    /// It wrote text where a call was wanted, and was told so twice; the text is the answer.
    case unstructured
    /// The same call for the third time.
    case loop
    case turns, calls, tokens, seconds
}

/// What an agent may spend.
public struct AgentBudget: Sendable, Codable, Hashable {
    /// Turns of the model. The default is 12, the most 64.
    public var turns = 12
    /// Calls of tools. The default is 16, the most 128.
    public var calls = 16
    /// Tokens that the model writes. The default is 4,096, the most 65,536.
    public var tokens = 4_096
    /// Seconds of work; waiting for people does not count. The default is 600, the most 86,400.
    public var seconds = 600.0

    /// The most of each.
    public static let most = (turns: 64, calls: 128, tokens: 65_536, seconds: 86_400.0)
    /// Tokens of one turn.
    static let turnTokenCountMax = 1_024

    public init() {}
}

/// What an agent is asked to do.
public struct AgentTask: Sendable {
    public var text: String
    /// Values that it works on, shown under the task.
    public var material: JSONValue
    public var tools: [any Tool]
    /// Tools of which each call waits until a person allows it.
    public var approvals: Set<String>
    /// Nil lets the policy choose.
    public var strategy: Strategy?
    public var budget: AgentBudget
    /// Who the agent is and how it should work, beside what this room says.
    public var instruction: String

    /// Bytes of a task, of its material as text, and of an instruction.
    public static let byteCountMax = 64 << 10

    /// - Parameter approvals: nil waits for a person before each call that has an effect outside.
    public init(
        _ text: String, material: JSONValue = .null, tools: [any Tool] = [], approvals: Set<String>? = nil, strategy: Strategy? = nil, budget: AgentBudget = AgentBudget(), instruction: String = ""
    ) {
        (self.text, self.material, self.tools, self.strategy, self.budget, self.instruction) = (text, material, tools, strategy, budget, instruction)
        self.approvals = approvals ?? Set(tools.filter { $0.descriptor.effect == .outside }.map(\.id))
    }

    func tool(_ id: String) -> (any Tool)? { tools.first { $0.id == id } }

    /// Whether it is written in Chinese: a fifth of its letters.
    var isChinese: Bool {
        let letters = text.unicodeScalars.prefix(4_000).filter(\.properties.isAlphabetic)
        return letters.count { (0x3400...0x9FFF).contains($0.value) } * 5 >= max(1, letters.count)
    }
}
