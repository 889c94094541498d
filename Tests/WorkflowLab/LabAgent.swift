import Agents
import Core
import Labels
import Store
import Synchronization
import Workflows

/// A model that follows a script by how far the conversation is: the same messages, the same text.
struct LabModel: AgentModel {
    let turns: Int
    var clearance: Clearance { .all }
    var messageByteCountMax: Int { 1 << 20 }

    func next(_ messages: [AgentMessage], schema: String?, tokenCountMax: Int) async throws -> AgentReply {
        let turn = messages.count { $0.role == .assistant }
        func call(_ tool: String, _ arguments: JSONValue) -> AgentReply {
            AgentReply(text: (["thought": .string("turn \(turn)"), "tool": .string(tool), "arguments": arguments] as JSONValue).text, tokenCount: 10)
        }
        guard turn < turns else {
            // All that was read is in the answer: a wrong result shows.
            return call("finish", ["answer": .string(digest(["messages": .array(messages.map { .string($0.text) })]))])
        }
        return switch turn % 7 {
        case 3: call("ask-person", ["question": .string("question \(turn)"), "choices": ["yes", "no"]])
        case 5: call("send", ["x": .int(turn)])
        case 6: AgentReply(text: "no call at all", tokenCount: 4)
        default: call("ledger", ["x": .int(turn)])
        }
    }
}

/// A tool of the lab: counts up a record under the call's key, or writes a line outside.
struct LabTool: Tool {
    let descriptor: ToolDescriptor
    let outside: OutsideFile?

    init(_ id: String, outside: OutsideFile? = nil) throws {
        self.outside = outside
        descriptor = ToolDescriptor(
            id, chinese: "记一笔", english: "keeps a record",
            parameters: try JSONShape(["type": "object", "required": ["x"], "additionalProperties": false, "properties": ["x": ["type": "integer"]]]), effect: outside == nil ? .ownStore : .outside)
    }

    func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let (value, key) = (digest(arguments), context.idempotencyKey)
        if let outside {
            try outside.append(key, value)
            return .result(.string(value))
        }
        return .result(.string(value), effect: { transaction in
            let known = try transaction.get(key, in: LabEffect.all)
            try transaction.put(LabEffect(count: (known?.count ?? 0) + 1, value: value), as: key, in: LabEffect.all)
        })
    }
}

/// The agent of the lab, over its own tools. The calls that reach outside wait for a person.
struct LabAgent: StepKind {
    let outside: OutsideFile
    let id = "lab-agent"
    let signature = StepSignature(inputs: ["turns": .init(.number)], outputs: AgentLoop.outputs, clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        var budget = AgentBudget()
        (budget.turns, budget.calls, budget.tokens, budget.seconds) = (AgentBudget.most.turns, AgentBudget.most.calls, AgentBudget.most.tokens, AgentBudget.most.seconds)
        let tools: [any Tool] = [try LabTool("ledger"), try LabTool("send", outside: outside), try AskPersonTool()]
        let task = AgentTask("work", tools: tools, strategy: .act, budget: budget)
        return try await AgentLoop(model: LabModel(turns: input.values["turns"]?.int ?? 0)).step(task, input: input, in: context)
    }
}

extension LabDefinitions {
    /// An agent of so many turns, and a step that takes what it answers.
    static func agent(_ turns: Int) throws -> WorkflowDefinition {
        try WorkflowDefinition(yaml: "workflow: agent\nsteps:\n  - {id: a, kind: lab-agent, with: {turns: \(turns)}}\n  - {id: b, kind: lab-record, with: {x: \"${a.answer}\"}}\n")
    }
}

/// Random agents beside an oracle that keeps labels of its own: a tool ran exactly if the join of all that had been read may enter it.
struct LabAgentLabels {
    /// A tool with a random clearance and result.
    private struct Probe: Tool {
        let descriptor: ToolDescriptor
        let gives: Label
        let seen: @Sendable () -> Void

        func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
            seen()
            return .result(.string("r"), label: gives)
        }
    }

    private struct Script: AgentModel {
        let calls: [String]
        var clearance: Clearance { .all }
        func next(_ messages: [AgentMessage], schema: String?, tokenCountMax: Int) async throws -> AgentReply {
            let turn = messages.count { $0.role == .assistant }
            guard turn < calls.count else { return AgentReply(text: "{\"tool\": \"finish\", \"arguments\": {\"answer\": \"end\"}}", tokenCount: 5) }
            return AgentReply(text: "{\"tool\": \"\(calls[turn])\", \"arguments\": {\"x\": \(turn)}}", tokenCount: 5)
        }
    }

    private struct Kind: StepKind {
        let task: AgentTask
        let model: Script
        let id = "agent"
        var signature: StepSignature {
            let (clearance, rule) = (try? AgentLoop.signature(tools: task.tools, model: .all)) ?? (.all, .joinsInputs)
            return StepSignature(inputs: ["x": .init(.string)], outputs: AgentLoop.outputs, clearance: clearance, labelRule: rule)
        }
        func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome { try await AgentLoop(model: model).step(task, input: input, in: context) }
    }

    static func run(_ options: LabOptions) async throws -> JSONValue {
        let store = try Store.open(at: options.directory)
        var random = SeededRandom(seed: UInt64(options.number("seed", 1)))
        let categories: [Category] = [.health, .finance, .contact]
        var (calls, executed, refused, wrong, unsound, unstartable, labels) = (0, 0, 0, 0, 0, 0, 0)
        for number in 0..<options.number("count", 500) {
            func some() -> Set<Category> { Set(categories.filter { _ in Bool.random(using: &random) && Bool.random(using: &random) }) }
            func grade(_ most: Int) -> Grade { Grade(rawValue: Int.random(in: 1...most, using: &random)) ?? .level1 }
            let ran = Mutex<[String]>([])
            let tools = try (0..<4).map { place -> Probe in
                let gives = Label(grade(4), some()), raises = Grade(rawValue: min(6, gives.grade.rawValue + Int.random(in: 0...1, using: &random))) ?? .core
                return Probe(
                    descriptor: ToolDescriptor(
                        "t\(place)", chinese: "工具", english: "a tool", parameters: try JSONShape(["type": "object"]), clearance: Clearance(upTo: grade(6), excluding: some()), raisesTo: raises),
                    gives: gives, seen: { ran.withLock { $0.append("t\(place)") } })
            }
            let input = Label(grade(3), some()), script = (0..<8).map { _ in "t\(Int.random(in: 0..<4, using: &random))" }
            let kind = Kind(task: AgentTask("work", tools: tools, strategy: .act), model: Script(calls: script))
            let engine = WorkflowEngine(store: store, kinds: [kind], clock: SystemWallClock(), ids: IdentifierSource())
            let definition = try WorkflowDefinition(yaml: "workflow: w\ninputs: {x: {type: string, grade: \(input.grade)}}\nsteps: [{id: a, kind: agent, with: {x: \"${input.x}\"}}]")
            // The oracle of the checker: the input may enter every tool.
            let maySound = tools.allSatisfy { input.grade <= $0.descriptor.clearance.grade }
            let isRefused = WorkflowChecker(kinds: [kind]).check(definition).contains { $0.severity == .error }
            if isRefused == maySound { unsound += 1 }
            guard !isRefused else { unstartable += 1; continue }
            _ = try await engine.start(definition, input: Labeled(["x": "x"], input), runID: "l\(number)")
            let status = try await engine.advance("l\(number)")
            // Categories are known at run time only: then the step itself is refused.
            guard tools.allSatisfy({ $0.descriptor.clearance.permits(input) }) else {
                if status != .failed || !ran.withLock({ $0.isEmpty }) { wrong += 1 }
                unstartable += 1
                continue
            }
            var (label, expected) = (input, [String]())
            for id in script {
                guard let tool = tools.first(where: { $0.id == id }) else { continue }
                calls += 1
                guard tool.descriptor.clearance.permits(label) else { refused += 1; continue }
                expected.append(id)
                label = label.joined(tool.gives)
            }
            executed += expected.count
            let detail = try await engine.detail("l\(number)")
            if status != .completed || ran.withLock({ $0 }) != expected { wrong += 1 }
            if detail.steps.first?.label != label { labels += 1 }
        }
        try store.close()
        return [
            "calls": .int(calls), "executed": .int(executed), "refused": .int(refused), "wrong": .int(wrong), "wrong_labels": .int(labels), "definitions_refused": .int(unstartable), "checker_disagrees": .int(unsound),
        ]
    }
}
