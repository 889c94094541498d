import Core
import Labels
import Workflows

/// What the notes of an agent's step say: a pure fold, so that the same notes always lead to the same next move.
public struct AgentTranscript: Sendable {
    /// What the next reply of the model is for.
    public enum Part: String, Sendable, Codable { case answer, plan, act, check }

    /// What is to be done next.
    public enum Move: Sendable, Hashable {
        case start
        /// Ask the model; `isLast` offers nothing but the end.
        case ask(Part, isLast: Bool)
        case call(ToolCall, number: Int)
        case finish(String, AgentStop)
    }

    /// What was said, in order.
    public enum Entry: Sendable, Hashable {
        case said(String, Part)
        case result(tool: String, value: JSONValue, isGood: Bool)
        /// A reply held no call.
        case malformed
        /// The plan's steps are done, or the answer did not pass.
        case remark(Remark)
    }
    /// What is said to the model between its replies.
    public enum Remark: Sendable, Hashable { case step(Int), answer, failed(String) }

    public private(set) var strategy = Strategy.act
    /// The chance and the reasons with which the strategy was chosen; nil if nobody chose.
    public private(set) var decision: PolicyDecision?
    public private(set) var entries: [Entry] = []
    public private(set) var plan: [String] = []
    public private(set) var turns = 0
    public private(set) var calls = 0
    /// Calls that were not carried out.
    public private(set) var refusals = 0
    public private(set) var tokens = 0
    /// What models read and wrote, turn by turn, where somebody counted.
    public private(set) var usages: [StepUsage] = []
    public private(set) var seconds = 0.0
    /// What the check said of the answer; nil without one.
    public private(set) var passed: Bool?
    /// Of everything that has entered.
    public private(set) var label: Label
    /// The tools that were called, with whether they did what was asked.
    public private(set) var used: [(tool: String, isGood: Bool)] = []
    /// Whether a person has allowed the pending call, refused it, or was not asked.
    public private(set) var permission: Permission = .none
    enum Kind { static let (start, say, ask, result) = ("start", "say", "ask", "result") }
    /// What a person said of a call.
    public enum Permission: Sendable, Hashable { case none, given, refused(String) }

    private var hasStarted = false
    private var part = Part.act
    private var pending: ToolCall?
    private var asked: (tool: String, isApproval: Bool)?
    private var answer: (text: String, stop: AgentStop)?
    private var counts: [String: Int] = [:]
    private var malformed = 0
    private var step = 0
    private var revisions = 0
    private let budget: AgentBudget
    /// How the model writes calls.
    public private(set) var format = ToolFormat.object

    /// How often a reply without a call is answered with how to write one.
    static let malformedMax = 2
    /// The same call this often ends the work.
    static let sameCallMax = 3
    static let planStepCountMax = 6

    /// - Parameter label: of the step's input.
    public init(_ notes: [StepNote], label: Label, budget: AgentBudget) {
        (self.label, self.budget) = (label, budget)
        for note in notes {
            self.label = self.label.joined(note.label)
            seconds += note.seconds
            note.isAnswer ? told(note.value) : take(note.value)
        }
    }

    private mutating func take(_ note: JSONValue) {
        switch note["kind"]?.string {
        case Kind.start:
            hasStarted = true
            strategy = note["strategy"]?.string.flatMap(Strategy.init(rawValue:)) ?? .act
            format = note["format"]?.string.flatMap(ToolFormat.init(rawValue:)) ?? .object
            decision = note["decision"].flatMap(PolicyDecision.init(json:))
            part = strategy == .direct ? .answer : strategy == .plan ? .plan : .act
        case Kind.say: said(note)
        case Kind.ask: asked = (note["tool"]?.string ?? "", note["approval"]?.bool ?? false)
        case Kind.result: gave(note["value"] ?? .null, isGood: note["ok"]?.bool ?? false, isRefused: note["refused"]?.bool ?? false, answer: note["answer"]?.string)
        default: break
        }
    }

    private mutating func said(_ note: JSONValue) {
        let text = note["text"]?.string ?? "", call = ToolCall(json: note["call"])
        turns += 1
        tokens += note["tokens"]?.int ?? 0
        if let usage = note["usage"] { usages.append(StepUsage(journaled: usage)) }
        entries.append(.said(text, part))
        switch part {
        case .answer: answer = (text, .finished)
        case .plan:
            plan = Array((note["plan"]?.array ?? []).compactMap(\.string).filter { !$0.isEmpty }.prefix(Self.planStepCountMax))
            part = .act
            entries.append(.remark(plan.isEmpty ? .answer : .step(0)))
            if plan.isEmpty { step = 1 }
        case .check:
            passed = note["passed"]?.bool ?? false
            // An answer that nothing is left to better stands, as one that did not pass.
            guard passed == false, revisions == 0, turns < budget.turns, tokens < budget.tokens else { return }
            // Once more, with what was wrong; the new answer is checked too.
            (revisions, answer, passed, part) = (1, nil, nil, .act)
            entries.append(.remark(.failed(String((note["reason"]?.string ?? "").prefix(1_000)))))
        case .act:
            if let call { return propose(call) }
            // Models of that family answer without a call.
            if format == .tagged, !text.isEmpty, note["cut"]?.bool != true { return conclude(text, .finished) }
            malformed += 1
            if malformed > Self.malformedMax { return conclude(text, .unstructured) }
            entries.append(.malformed)
        }
    }

    private mutating func propose(_ call: ToolCall) {
        (malformed, permission) = (0, .none)
        counts[call.fingerprint, default: 0] += 1
        if call.tool != FinishTool.id, counts[call.fingerprint] == Self.sameCallMax { return answer = ("", .loop) }
        pending = call
    }

    private mutating func gave(_ value: JSONValue, isGood: Bool, isRefused: Bool, answer given: String?) {
        guard let call = pending else { return }
        (pending, asked, permission) = (nil, nil, .none)
        if let given { return conclude(given, .finished) }
        calls += 1
        if isRefused { refusals += 1 }
        used.append((call.tool, isGood))
        entries.append(.result(tool: call.tool, value: value, isGood: isGood))
    }

    private mutating func told(_ value: JSONValue) {
        guard let asked else { return }
        self.asked = nil
        let comment = value["comment"]?.string ?? ""
        if asked.isApproval {
            permission = value["choice"]?.string == "approve" ? .given : .refused(String(comment.prefix(1_000)))
        } else {
            gave(["choice": value["choice"] ?? .null, "comment": .string(comment)], isGood: true, isRefused: false, answer: nil)
        }
    }

    /// A part of the plan is done, or all is.
    private mutating func conclude(_ text: String, _ stop: AgentStop) {
        // In the last turn it was told to give the whole answer.
        guard strategy == .plan, stop == .finished, turns < budget.turns else { return answer = (text, stop) }
        if revisions == 0 {
            step += 1
            if step < plan.count { return entries.append(.remark(.step(step))) }
            if step == plan.count { return entries.append(.remark(.answer)) }
        }
        // The answer stands; it is checked before it is given.
        answer = (text, stop)
        part = .check
    }

    /// What comes next.
    public var move: Move {
        guard hasStarted else { return .start }
        if let pending, answer == nil { return .call(pending, number: calls + 1) }
        if let answer {
            // A check that the budget does not reach is left out.
            guard part == .check, passed == nil, answer.stop == .finished, turns < budget.turns, tokens < budget.tokens else { return .finish(answer.text, answer.stop) }
            return .ask(.check, isLast: false)
        }
        if turns >= budget.turns { return .finish("", .turns) }
        if tokens >= budget.tokens { return .finish("", .tokens) }
        if seconds >= budget.seconds { return .finish("", .seconds) }
        if calls > budget.calls { return .finish("", .calls) }
        return .ask(part, isLast: part == .act && (turns + 1 == budget.turns || calls == budget.calls))
    }

    /// The answer that is checked.
    var checkedAnswer: String { answer?.text ?? "" }
}

extension ToolCall {
    var json: JSONValue { ["tool": .string(tool), "arguments": .object(arguments), "thought": .string(thought)] }

    init?(json: JSONValue?) {
        guard let tool = json?["tool"]?.string, let arguments = json?["arguments"]?.object else { return nil }
        self.init(tool: tool, arguments: arguments, thought: json?["thought"]?.string ?? "")
    }
}
