import Core
import Labels
import Store
import Workflows

/// Carries out one move of an agent: what a step kind calls in each of its attempts.
///
/// ```swift
/// let loop = AgentLoop(model: model, policy: PolicyBook(store: store))
/// return try await loop.step(AgentTask("How many days until the deadline?", tools: tools), input: input, in: context)
/// ```
/// It ends in `again` after each turn and each call, and in `done` with `answer`, `stop`, `strategy`, `passed`, `turns`, `calls`, `refused`, `tokens` and `tools`.
public struct AgentLoop: Sendable {
    /// Nil has no agent work: a definition may be checked where no model is.
    public let model: (any AgentModel)?
    public let policy: PolicyBook?

    /// Bytes of one result in the journal.
    public static let resultByteCountMax = 256 << 10

    public init(model: (any AgentModel)?, policy: PolicyBook? = nil) { (self.model, self.policy) = (model, policy) }

    /// The outputs of a step.
    public static let outputs: [String: FieldType] = [
        "answer": .string, "stop": .string, "strategy": .string, "passed": .boolean, "turns": .number, "calls": .number, "refused": .number, "tokens": .number, "tools": .array,
    ]

    /// What may enter an agent with these tools, and how grave its answer may be.
    ///
    /// What enters may not be graver than each tool is cleared for: a tool that could never be called is a mistake of the definition.
    /// - Throws: `agents.label` when a tool may give what the model is not cleared for.
    public static func signature(tools: [any Tool], model: Clearance) throws -> (clearance: Clearance, rule: LabelRule) {
        var clearance = model
        for tool in tools.map(\.descriptor) {
            guard tool.raisesTo <= model.grade else {
                throw Fault(.agentLabel, "the tool \(tool.id) may give what is \(tool.raisesTo), and the model is cleared \(model)", remedy: "leave the tool out, or use a model on this machine")
            }
            clearance = Clearance(upTo: min(clearance.grade, tool.clearance.grade), excluding: clearance.excluded.union(tool.clearance.excluded))
        }
        let raised = tools.map(\.descriptor.raisesTo).max() ?? .level1
        return (clearance, raised > .level1 ? .mayRaise(to: raised) : .joinsInputs)
    }

    /// One move.
    /// - Parameter verdict: Whether an answer is good, if the definition says how to tell; it counts more than the model's own check.
    public func step(_ task: AgentTask, input: StepInput, in context: StepContext, verdict: (@Sendable (String) throws -> Bool)? = nil) async throws -> StepOutcome {
        guard let model else { throw Fault(.agentUnknown, "no language model is configured", remedy: "import one with `banyan model import` and name it when starting") }
        var task = task
        if task.tool(FinishTool.id) == nil { task.tools.append(try FinishTool()) }
        guard [task.text, task.instruction, task.material.text].allSatisfy({ $0.utf8.count <= AgentTask.byteCountMax }) else {
            throw Fault(.agentBound, "the task, its material or its instruction has more than \(AgentTask.byteCountMax) bytes", remedy: "shorten it")
        }
        let transcript = AgentTranscript(context.notes, label: input.label, budget: task.budget)
        switch transcript.move {
        case .start: return .again(StepTurn(note: try await start(task, model, input, context), label: transcript.label))
        case .ask(let part, let isLast):
            guard model.clearance.permits(transcript.label) else {
                throw Fault(.agentLabel, "the conversation is \(transcript.label), and the model is cleared \(model.clearance)", remedy: "use a model on this machine")
            }
            let prompt = try AgentPrompt(task: task, format: transcript.format, byteCountMax: model.messageByteCountMax).messages(transcript, part, isLast: isLast)
            let most = max(1, min(AgentBudget.turnTokenCountMax, task.budget.tokens - transcript.tokens))
            let reply = try await model.next(prompt.messages, schema: prompt.schema, tokenCountMax: most)
            // Half a reply of a model that was stopped is none.
            try Task.checkCancellation()
            return .again(StepTurn(note: Self.note(reply, part), label: transcript.label))
        case .call(let call, let number): return try await perform(call, number: number, of: task, transcript, context)
        case .finish(let answer, let stop): return try finish(answer, stop, of: task, transcript, context, verdict)
        }
    }

    private func start(_ task: AgentTask, _ model: any AgentModel, _ input: StepInput, _ context: StepContext) async throws -> JSONValue {
        var note: JSONValue = ["kind": .string(AgentTranscript.Kind.start), "format": .string(try await model.format().rawValue)]
        // A definition's strategy is nobody's decision: nothing is learned from it.
        if let strategy = task.strategy { return note.merging("strategy", .string(strategy.rawValue)) }
        let possible = Strategy.possible(hasTools: task.tools.contains { $0.id != FinishTool.id })
        let features = PolicyFeatures(task, grade: input.label.grade)
        guard let policy else { return note.merging("strategy", .string(PolicyState.standard(possible).rawValue)) }
        let decision = try await policy.choose(features, among: possible, id: context.idempotencyKey, at: context.now)
        note["decision"] = decision.json
        return note.merging("strategy", .string(decision.strategy.rawValue))
    }

    /// The reply with what was read out of it: another version that reads replies otherwise goes on with what this one understood.
    private static func note(_ reply: AgentReply, _ part: AgentTranscript.Part) -> JSONValue {
        let text = String(decoding: Array(reply.text.utf8.prefix(ToolCallReader.byteCountMax)), as: UTF8.self)
        var note: JSONValue = ["kind": .string(AgentTranscript.Kind.say), "text": .string(text), "tokens": .int(max(0, reply.tokenCount))]
        switch part {
        case .answer: break
        case .plan: note["plan"] = ToolCallReader.object(in: text)?["plan"] ?? []
        case .act:
            // Half an argument is another argument: of what was cut off only an answer is taken.
            let call = ToolCallReader.call(in: text)
            if reply.isCut, let call, call.tool != FinishTool.id { note["cut"] = true } else { note["call"] = call?.json }
        case .check:
            let verdict = ToolCallReader.object(in: text)
            // A check that cannot be read has not passed.
            note["passed"] = .bool(verdict?["passed"]?.bool ?? false)
            note["reason"] = .string(verdict?["reason"]?.string ?? "")
        }
        if let usage = reply.usage { note["usage"] = usage.json }
        return note
    }

    // MARK: - Calls

    private func perform(_ call: ToolCall, number: Int, of task: AgentTask, _ transcript: AgentTranscript, _ context: StepContext) async throws -> StepOutcome {
        func refused(_ why: String) -> StepOutcome { .again(StepTurn(note: Self.result(call, .string(why), isGood: false, isRefused: true), label: transcript.label)) }
        guard let tool = task.tool(call.tool) else { return refused("there is no such tool; tools are \(task.tools.map(\.id).sorted().joined(separator: ", "))") }
        let descriptor = tool.descriptor, isEnd = call.tool == FinishTool.id
        guard isEnd || number <= task.budget.calls else { return refused("the budget of \(task.budget.calls) calls is spent; give the answer with finish") }
        let findings = descriptor.parameters.findings(in: .object(call.arguments))
        guard findings.isEmpty else { return refused(findings.joined(separator: "; ")) }
        // The last look before anything happens: all that the model has read may be in the arguments.
        guard descriptor.clearance.permits(transcript.label) else {
            return refused("the conversation is \(transcript.label) by now, and \(descriptor.id) may receive \(descriptor.clearance) only; do without it, or finish")
        }
        if !isEnd, task.approvals.contains(call.tool) {
            switch transcript.permission {
            case .none: return .again(StepTurn(note: Self.ask(call, isApproval: true), label: transcript.label, request: approval(of: call, descriptor, transcript.label)))
            case .refused(let why): return refused("a person refused this call" + (why.isEmpty ? "" : ": \(why)"))
            case .given: break
            }
        }
        let inner = ToolContext(runID: context.runID, stepID: context.stepID, call: number, now: context.now, label: transcript.label)
        let outcome: ToolOutcome
        do {
            outcome = try await ToolCaller.limited(descriptor.seconds, descriptor.id) { try await tool.call(call.arguments, in: inner) }
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch let fault as Fault {
            // The model reads what went wrong and may try otherwise. Its message quotes nothing; the conversation holds it all anyway.
            return .again(StepTurn(note: Self.result(call, .string(fault.message), isGood: false), label: transcript.label))
        } catch {
            return .again(StepTurn(note: Self.result(call, .string("the tool failed with \(type(of: error))"), isGood: false), label: transcript.label))
        }
        switch outcome {
        case .finish(let answer): return .again(StepTurn(note: Self.result(call, .null, isGood: true).merging("answer", .string(answer)), label: transcript.label))
        case .person(let request): return .again(StepTurn(note: Self.ask(call, isApproval: false), label: transcript.label, request: request))
        case .result(let value, let label, let effect):
            let entering = transcript.label.joined(label ?? Label(descriptor.raisesTo))
            guard value.text.utf8.count <= Self.resultByteCountMax else {
                return .again(StepTurn(note: Self.result(call, .string("the result has more than \(Self.resultByteCountMax) bytes; ask for less"), isGood: false), label: entering))
            }
            return .again(StepTurn(note: Self.result(call, value, isGood: true), label: entering, effect: effect))
        }
    }

    private func approval(of call: ToolCall, _ descriptor: ToolDescriptor, _ label: Label) -> HumanTaskRequest {
        HumanTaskRequest(
            title: "允许智能体调用 \(descriptor.id)？ May the agent call \(descriptor.id)?", body: ["tool": .string(descriptor.id), "arguments": .object(call.arguments), "effect": .string(descriptor.effect.rawValue)],
            choices: ["approve", "refuse"], label: label)
    }

    private static func result(_ call: ToolCall, _ value: JSONValue, isGood: Bool, isRefused: Bool = false) -> JSONValue {
        ["kind": .string(AgentTranscript.Kind.result), "tool": .string(call.tool), "value": value, "ok": .bool(isGood), "refused": .bool(isRefused)]
    }

    private static func ask(_ call: ToolCall, isApproval: Bool) -> JSONValue { ["kind": .string(AgentTranscript.Kind.ask), "tool": .string(call.tool), "approval": .bool(isApproval)] }

    // MARK: - The end

    private func finish(
        _ answer: String, _ stop: AgentStop, of task: AgentTask, _ transcript: AgentTranscript, _ context: StepContext, _ verdict: (@Sendable (String) throws -> Bool)?
    ) throws -> StepOutcome {
        let isGood = stop == .finished && !answer.isEmpty
        // An expression that fails over an answer has not passed it.
        let passed = isGood && (verdict.map { (try? $0(answer)) ?? false } ?? transcript.passed ?? true)
        let output: [String: JSONValue] = [
            "answer": .string(answer), "stop": .string(stop.rawValue), "strategy": .string(transcript.strategy.rawValue), "passed": .bool(passed), "turns": .int(transcript.turns), "calls": .int(transcript.calls),
            "refused": .int(transcript.refusals), "tokens": .int(transcript.tokens), "tools": .array(transcript.used.map { ["tool": .string($0.tool), "ok": .bool($0.isGood)] }),
        ]
        let usage = StepUsage.sums(of: transcript.usages).first
        guard let policy, let decision = transcript.decision else { return .done(output: output, label: transcript.label, usage: usage) }
        let isJudged = verdict != nil || transcript.passed != nil
        let outcome = PolicyOutcome(passed: isGood ? isJudged ? passed : nil : false, cost: Double(transcript.tokens) / Double(max(1, task.budget.tokens)))
        let at = context.now
        return .done(output: output, label: transcript.label, effect: { try policy.learn(decision, outcome, at: at, in: $0) }, usage: usage)
    }
}

extension JSONValue {
    fileprivate func merging(_ key: String, _ value: JSONValue) -> JSONValue {
        var merged = self
        merged[key] = value
        return merged
    }
}
