import Agents
import Core
import Labels
import Store
import Support
import Synchronization
import Workflows

/// A model that says what a script has for the number of its replies in the conversation: the same messages, the same text.
struct ScriptedModel: AgentModel {
    let clearance: Clearance
    let kind: ToolFormat
    let messageByteCountMax: Int
    let seen = Seen()
    let script: @Sendable (Int, [AgentMessage]) throws -> String

    /// What it was shown.
    final class Seen: Sendable {
        let prompts = Mutex<[[AgentMessage]]>([])
    }

    init(_ clearance: Clearance = .all, format: ToolFormat = .object, bytes: Int = 9_000, _ script: @escaping @Sendable (Int, [AgentMessage]) throws -> String) {
        (self.clearance, kind, messageByteCountMax, self.script) = (clearance, format, bytes, script)
    }

    /// Replies in order; the last is repeated.
    init(_ replies: [String], format: ToolFormat = .object) { self.init(format: format) { turn, _ in replies[min(turn, replies.count - 1)] } }

    func format() async throws -> ToolFormat { kind }

    func next(_ messages: [AgentMessage], schema: String?, tokenCountMax: Int) async throws -> AgentReply {
        seen.prompts.withLock { $0.append(messages) }
        let text = try script(messages.count { $0.role == .assistant }, messages)
        return AgentReply(text: text, tokenCount: text.utf8.count / 4 + 1)
    }
}

func call(_ tool: String, _ arguments: JSONValue = [:]) -> String { (["thought": "t", "tool": .string(tool), "arguments": arguments] as JSONValue).text }
func finish(_ answer: String) -> String { call("finish", ["answer": .string(answer)]) }

/// A tool that does what a test says.
struct ScriptedTool: Tool {
    let descriptor: ToolDescriptor
    let body: @Sendable ([String: JSONValue], ToolContext) async throws -> ToolOutcome

    init(
        _ id: String, clearance: Clearance = .all, raisesTo: Grade = .level1, effect: ToolDescriptor.Effect = .none, seconds: Double = 30,
        _ body: @escaping @Sendable ([String: JSONValue], ToolContext) async throws -> ToolOutcome = { _, _ in .result("ok") }
    ) throws {
        descriptor = ToolDescriptor(
            id, chinese: "工具", english: "a tool", parameters: try JSONShape(["type": "object", "properties": ["x": ["type": "integer"]], "additionalProperties": false]), clearance: clearance, raisesTo: raisesTo,
            effect: effect, seconds: seconds)
        self.body = body
    }

    func call(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome { try await body(arguments, context) }
}

/// A step kind around one task.
struct AgentStep: StepKind {
    let id = "agent"
    let loop: AgentLoop
    let task: AgentTask
    var verdict: (@Sendable (String) throws -> Bool)?

    var signature: StepSignature {
        let (clearance, rule) = (try? AgentLoop.signature(tools: task.tools, model: loop.model?.clearance ?? .all)) ?? (.all, .joinsInputs)
        return StepSignature(inputs: ["text": .init(.string)], outputs: AgentLoop.outputs, clearance: clearance, labelRule: rule)
    }

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome { try await loop.step(task, input: input, in: context, verdict: verdict) }
}

/// A store with an engine whose one kind is an agent.
final class AgentHouse: Sendable {
    let directory: TemporaryDirectory
    let store: Store
    let book: PolicyBook
    let clock = ManualWallClock()

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
        book = PolicyBook(store: store)
    }

    func engine(_ model: (any AgentModel)?, _ task: AgentTask, verdict: (@Sendable (String) throws -> Bool)? = nil) -> WorkflowEngine {
        let step = AgentStep(loop: AgentLoop(model: model, policy: book), task: task, verdict: verdict)
        return WorkflowEngine(store: store, kinds: [step], clock: clock, ids: IdentifierSource(random: SeededRandom(seed: 1)))
    }

    static func definition(_ grade: Grade = .level1) throws -> WorkflowDefinition {
        try WorkflowDefinition(yaml: "workflow: w\ninputs: {text: {type: string, grade: \(grade)}}\nsteps: [{id: a, kind: agent, with: {text: \"${input.text}\"}}]")
    }

    /// Runs an agent until it ends or waits.
    func run(_ model: any AgentModel, _ task: AgentTask, id: String = "r", label: Label = .bottom, verdict: (@Sendable (String) throws -> Bool)? = nil) async throws -> (status: RunStatus, output: [String: JSONValue], engine: WorkflowEngine) {
        let engine = engine(model, task, verdict: verdict)
        _ = try await engine.start(try Self.definition(max(label.grade, .level1)), input: Labeled(["text": "x"], label), runID: id)
        let status = try await engine.advance(id)
        return (status, try await engine.detail(id).outputs["a"] ?? [:], engine)
    }
}
