import Agents
import Core
import Labels
import Workflows

/// Lets a language model work on a task with tools. Every turn and every call is journaled; see the essay of Agents.
///
/// `tools` stands in the definition, so that the checker knows what the agent may reach; what may enter it is what all of them, and the model, are cleared for.
struct AgentNode: StepKind {
    let services: NodeServices
    let id = "agent"

    init(services: NodeServices) { self.services = services }

    var signature: StepSignature { Self.frame(services.settings.agentModel?.clearance ?? Clearance(upTo: .level1), .joinsInputs) }

    /// One conversation at a time, as the model is loaded for.
    var resource: String? { "model" }

    /// Each turn reads and writes at most what the model's context holds.
    func tokenCountMax(_ literals: [String: JSONValue]) -> Int {
        let turns = literals["turns"].map { $0.int ?? AgentBudget.most.turns } ?? AgentBudget().turns
        return max(0, min(turns, AgentBudget.most.turns)) * (services.settings.model?.contextTokenCount ?? 32_768)
    }

    private static func frame(_ clearance: Clearance, _ rule: LabelRule) -> StepSignature {
        func may(_ type: FieldType) -> StepSignature.Field { .init(type, isRequired: false) }
        return StepSignature(
            inputs: [
                "task": .init(.string), "tools": .init(.array), "material": may(.any), "strategy": may(.string), "approve": may(.array), "instruction": may(.string), "check": may(.string), "turns": may(.number), "calls": may(.number),
                "tokens": may(.number), "seconds": may(.number),
            ], outputs: AgentLoop.outputs, clearance: clearance, labelRule: rule)
    }

    func signature(of settings: [String: JSONValue]) throws -> StepSignature {
        let (clearance, rule) = try AgentLoop.signature(tools: try tools(settings["tools"]), model: signature.clearance)
        return Self.frame(clearance, rule)
    }

    private func tools(_ names: JSONValue?) throws -> [any Tool] {
        let ids = (names?.array ?? []).compactMap(\.string)
        guard let list = names?.array, ids.count == list.count else {
            throw Fault(.nodeInput, "the input tools must be a list of names that stands in the definition", remedy: "write tools: [] for an agent without any; see `banyan agent tools`")
        }
        return try AgentTools.all(services).tools(named: ids)
    }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let text = try input.text("task", byteCountMax: AgentTask.byteCountMax)
        let tools = try tools(input.values["tools"])
        var task = AgentTask(text, material: input.values["material"] ?? .null, tools: tools, budget: try budget(input), instruction: try input.optionalText("instruction", byteCountMax: AgentTask.byteCountMax) ?? "")
        if input.values["approve"] ?? .null != .null { task.approvals = Set(try input.strings("approve")) }
        guard task.approvals.isSubset(of: tools.map(\.id)) else { throw Fault(.nodeInput, "the input approve names a tool that the agent does not have", remedy: "list it under tools") }
        if let name = try input.optionalText("strategy"), name != "auto" {
            guard let strategy = Strategy(rawValue: name) else { throw Fault(.nodeInput, "the input strategy names none", remedy: "strategies are auto, \(Strategy.allCases.map(\.rawValue).joined(separator: ", "))") }
            task.strategy = strategy
        }
        var verdict: (@Sendable (String) throws -> Bool)?
        if let text = try input.optionalText("check", byteCountMax: Expression.byteCountMax) {
            let check = try Expression(text, names: ["answer"])
            verdict = { answer in try check.value(["answer": .string(answer)]).bool ?? false }
        }
        return try await AgentLoop(model: services.settings.agentModel, policy: PolicyBook(store: services.store)).step(task, input: input, in: context, verdict: verdict)
    }

    private func budget(_ input: StepInput) throws -> AgentBudget {
        let (standard, most) = (AgentBudget(), AgentBudget.most)
        var budget = AgentBudget()
        budget.turns = try input.integer("turns", default: standard.turns, in: 1...most.turns)
        budget.calls = try input.integer("calls", default: standard.calls, in: 0...most.calls)
        budget.tokens = try input.integer("tokens", default: standard.tokens, in: 1...most.tokens)
        budget.seconds = try input.number("seconds", default: standard.seconds, in: 1...most.seconds)
        return budget
    }
}
