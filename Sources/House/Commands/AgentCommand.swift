import Agents
import ArgumentParser
import Core
import Demonstrations
import Labels
import Nodes
import Store
import Workflows

/// `banyan agent …`
struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Let a language model work on a task with tools; list tools; see what was learned about strategies.",
        subcommands: [AgentRunCommand.self, AgentToolsCommand.self, AgentPolicyCommand.self, AgentJudgeCommand.self])
}

/// `banyan agent run`
struct AgentRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Work on a task; each turn and each call is shown as it is journaled.",
        discussion: """
            It is a run of a workflow with one step of kind agent: after a crash `banyan workflow resume` takes it up, and a call that a person must allow waits for `banyan task answer`. Calls that reach outside wait for a person \
            unless --trust names the tool. What is graver than L2 is shown with --reveal only. With --json each turn is a line of JSON, and the outcome is the last. Ends with status 1 when the run fails or the answer did not pass.
            """)

    @Argument(help: "The task.")
    var task: String
    @Option(name: .long, help: "Tools, separated by commas; none by default. See `banyan agent tools`.")
    var tools: String = ""
    @Option(name: .long, help: ArgumentHelp("The language model; the only one imported by default.", valueName: "name"))
    var model: String?
    @Option(name: .long, help: "direct, act or plan; auto lets the policy choose.")
    var strategy = "auto"
    @Option(name: .long, help: "Tools whose calls need no person, separated by commas.")
    var trust: String = ""
    @Option(name: .long, help: "The grade of the task: L1, L2, L3, L4, important or core.")
    var grade = "L1"
    @Option(name: .long, help: "Turns of the model.")
    var turns: Int = AgentBudget().turns
    @Option(name: .long, help: "Tokens that the model may write.")
    var tokens: Int = AgentBudget().tokens
    @Option(name: .long, help: "An expression over answer that says whether it is good, e.g. 'contains(answer, \"42\")'.")
    var check: String?
    @Option(name: .long, help: ArgumentHelp("A host that http-get may ask, as HOST or HOST:PORT; may be given several times. None by default.", valueName: "host"))
    var allowHost: [String] = []
    @Option(name: .long, help: ArgumentHelp("How the model writes calls: object, which it is held to, or tagged, for models trained to <tool_call> marks.", valueName: "format"))
    var callFormat = ToolFormat.object
    @Option(name: .long, help: "The id of the run: a run of that id that exists is carried on.")
    var id: String?
    @Flag(name: .long, help: "Show what is graver than L2.")
    var reveal = false
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    static let step = "agent"

    func run() async throws {
        let grade = try WorkflowInput.grade(grade), store = try dataOptions.owned()
        var nodes = try NodeOptions.parse([])
        (nodes.allowHost, nodes.stepModel, nodes.callFormat) = (allowHost, model, callFormat)
        let engine = try await DataOptions.platform(in: store, nodes: nodes).engine
        let run = try await engine.start(try await definition(grade), input: Labeled(["task": .string(task)], Label(grade)), runID: id)
        let status = try await advance(run, engine)
        let detail = try await engine.detail(run), result = detail.result
        if output.json {
            let shown = result.flatMap { isShown($0.label) ? JSONValue.object($0.value) : nil }
            Terminal.out(
                ([
                    "run": .string(run), "status": .string(status.rawValue), "label": result.map { .string($0.label.description) } ?? .null, "result": shown ?? .null,
                    "failure": detail.summary.failure.map { .string($0) } ?? .null,
                ] as JSONValue).text)
        } else {
            report(run, status, detail)
        }
        try store.close()
        if status == .failed || status == .completed && result?.value["passed"]?.bool != true { throw ExitStatus.found }
    }

    private static func names(_ text: String) -> [String] { text.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty } }

    /// A workflow of one step.
    private func definition(_ grade: Grade) async throws -> WorkflowDefinition {
        let tools = Self.names(tools), trusted = Set(Self.names(trust)), known = try await CheckedKinds.tools()
        // Here the names are told what is wrong with them; a definition is sent to the checker.
        _ = try known.tools(named: tools)
        var with: [String: JSONValue] = [
            "task": "${input.task}", "tools": .array(tools.map { .string($0) }), "strategy": .string(strategy), "turns": .int(turns), "tokens": .int(tokens),
        ]
        if let check { with["check"] = .string(check) }
        if !trusted.isEmpty {
            guard trusted.isSubset(of: tools) else { throw ValidationError("--trust names a tool that --tools does not") }
            let outside = Set(known.all.filter { $0.descriptor.effect == .outside }.map(\.id))
            with["approve"] = .array(tools.filter { outside.contains($0) && !trusted.contains($0) }.map { .string($0) })
        }
        let outputs = AgentLoop.outputs.keys.sorted().map { ($0, JSONValue.string("${\(Self.step).\($0)}")) }
        let json: JSONValue = [
            "workflow": "agent", "inputs": ["task": ["type": "string", "grade": .string(grade.description)]], "steps": [["id": .string(Self.step), "kind": "agent", "with": .object(with)]],
            "outputs": .object(Dictionary(outputs) { $1 }),
        ]
        // JSON is YAML.
        return try WorkflowDefinition(yaml: json.text)
    }

    private func isShown(_ label: Label) -> Bool { reveal || label.grade <= .level2 }

    /// Carries the run on and shows what it journals meanwhile.
    private func advance(_ run: String, _ engine: WorkflowEngine) async throws -> RunStatus {
        let (status, last) = try await withThrowingTaskGroup(of: (RunStatus?, Int).self) { group in
            defer { group.cancelAll() }
            group.addTask { (try await engine.advance(run), 0) }
            group.addTask { [self] in
                var last = 0
                // Ends with the run: reading and sleeping heed cancellation.
                while !Task.isCancelled {
                    guard let newest = try? await show(run, after: last, engine) else { break }
                    last = newest
                    try? await Task.sleep(for: .milliseconds(200))
                }
                return (nil, last)
            }
            var (status, last) = (RunStatus.running, 0)
            while let ended = try await group.next() {
                if let reached = ended.0 { status = reached; group.cancelAll() } else { last = ended.1 }
            }
            return (status, last)
        }
        // What came with the end.
        _ = try await show(run, after: last, engine)
        return status
    }

    private func show(_ run: String, after last: Int, _ engine: WorkflowEngine) async throws -> Int {
        let notes = try await engine.notes(of: run, step: Self.step, after: last)
        for (_, note) in notes {
            if output.json {
                Terminal.out((["run": .string(run), "label": .string(note.label.description), "isAnswer": .bool(note.isAnswer), "note": isShown(note.label) ? note.value : .null] as JSONValue).text)
            } else {
                Terminal.out(AgentLine.text(of: note, isShown: isShown(note.label)))
            }
        }
        return notes.last?.sequence ?? last
    }

    private func report(_ run: String, _ status: RunStatus, _ detail: RunDetail) {
        Terminal.out(Terminal.say("\(run): \(status.rawValue)", "\(run)：\(status.rawValue)"))
        if let failure = detail.summary.failure { Terminal.out(failure) }
        if status == .waiting { Terminal.out(Terminal.say("it waits: see `banyan task list`", "等待处理：见 `banyan task list`")) }
        guard let result = detail.result else { return }
        let value = result.value
        func number(_ name: String) -> Int { value[name]?.int ?? 0 }
        Terminal.out(
            Terminal.say(
                "\(value["stop"]?.string ?? ""), \(value["strategy"]?.string ?? ""): \(number("turns")) turns, \(number("calls")) calls (\(number("refused")) refused), \(number("tokens")) tokens, \(result.label)",
                "\(value["stop"]?.string ?? "")，\(value["strategy"]?.string ?? "")：\(number("turns")) 轮，\(number("calls")) 次调用（拒绝 \(number("refused")) 次），\(number("tokens")) 词元，\(result.label)"))
        Terminal.out(isShown(result.label) ? value["answer"]?.string ?? "" : Terminal.say("the answer is \(result.label): --reveal shows it", "答案为 \(result.label)：加 --reveal 显示"))
    }
}

/// One note of an agent, for people.
enum AgentLine {
    static func text(of note: StepNote, isShown: Bool) -> String {
        let value = note.value
        if note.isAnswer { return Terminal.say("a person answered", "人已答复") + (isShown ? ": \(value["choice"]?.string ?? "") \(value["comment"]?.string ?? "")" : "") }
        func short(_ text: String) -> String { text.count > 400 ? String(text.prefix(400)) + "…" : text }
        let kind = value["kind"]?.string ?? ""
        guard isShown || kind == "start" else { return "\(kind) (\(note.label))" }
        switch kind {
        case "start": return Terminal.say("strategy", "策略") + ": \(value["strategy"]?.string ?? "")"
        case "say":
            guard let call = value["call"] else { return "> \(short(value["text"]?.string ?? ""))" }
            return "> \(short(call["thought"]?.string ?? ""))\n  \(call["tool"]?.string ?? "") \(short(call["arguments"]?.text ?? ""))"
        case "ask": return Terminal.say("waits for a person", "等待人工") + ": \(value["tool"]?.string ?? "")"
        default: return "  = \(value["ok"]?.bool == true ? "" : "! ")\(short(value["value"].map { $0.string ?? $0.text } ?? ""))"
        }
    }
}
