import Core
import Labels
import Store
import Support
import Synchronization
import Testing
import Workflows

@testable import Agents

@Suite struct AgentLoopTests {
    private func task(_ tools: [any Tool] = [], strategy: Strategy = .act, approvals: Set<String>? = nil, _ budget: (inout AgentBudget) -> Void = { _ in }) -> AgentTask {
        var limits = AgentBudget()
        budget(&limits)
        return AgentTask("Add 2 and 3", tools: tools, approvals: approvals, strategy: strategy, budget: limits)
    }

    @Test func itActsUntilItFinishes() async throws {
        let house = try AgentHouse(), model = ScriptedModel([call("calculate", ["expression": "2 + 3"]), finish("5")])
        let (status, output, engine) = try await house.run(model, task([try CalculateTool()]))
        #expect(status == .completed)
        #expect(output["answer"] == "5" && output["stop"] == "finished" && output["turns"] == 2 && output["calls"] == 1 && output["passed"] == true && output["strategy"] == "act")
        #expect(output["tools"] == [["tool": "calculate", "ok": true]])
        #expect(model.seen.prompts.withLock { $0[1].last?.text } == "Result of calculate: 5")
        #expect(try await engine.notes(of: "r", step: "a").map { $0.note.value["kind"]?.string } == ["start", "say", "result", "say", "result"])
    }

    /// Stops it in each of its attempts and goes on: the model is asked once for each turn that was kept, and each effect happens once.
    @Test func aCrashAnywhereRepeatsNothingThatWasKept() async throws {
        for crash in 1...9 {
            let house = try AgentHouse(), attempts = Mutex(0), asked = Mutex<[Int]>([]), counts = RecordCollection<Int>("probe")
            @Sendable func pass() throws { if attempts.withLock({ $0 += 1; return $0 }) == crash { throw CancellationError() } }
            let tool = try ScriptedTool("note", effect: .ownStore) { arguments, context in
                try pass()
                return .result(arguments["x"] ?? 0, effect: { try $0.add(1, to: context.idempotencyKey, in: counts) })
            }
            let model = ScriptedModel(Clearance.all) { turn, _ in
                try pass()
                asked.withLock { $0.append(turn) }
                return turn < 4 ? call("note", ["x": .int(turn)]) : finish("end")
            }
            var output: [String: JSONValue] = [:]
            for _ in 0..<2 { if let ended = try? await house.run(model, task([tool])) { output = ended.output } }
            #expect(output["answer"] == "end", "crash \(crash)")
            #expect(asked.withLock { $0 } == [0, 1, 2, 3, 4])
            let effects = try await house.store.read { try $0.list(counts).map(\.value) }
            #expect(effects == [1, 1, 1, 1])
        }
    }

    @Test func aToolThatTheConversationOutgrewIsRefusedAndTheModelReadsWhy() async throws {
        let house = try AgentHouse(), sent = Mutex(0)
        let read = try ScriptedTool("read", raisesTo: .level3) { _, _ in .result("grave", label: Label(.level3, [.health])) }
        let send = try ScriptedTool("send", clearance: Clearance(upTo: .level1), effect: .outside) { _, _ in
            sent.withLock { $0 += 1 }
            return .result("sent")
        }
        let model = ScriptedModel([call("send", ["x": 1]), call("read"), call("send", ["x": 2]), finish("done")])
        let (status, output, engine) = try await house.run(model, task([read, send], approvals: []))
        #expect(status == .completed)
        #expect(output["refused"] == 1 && output["calls"] == 3 && sent.withLock { $0 } == 1)
        #expect(model.seen.prompts.withLock { $0[3].last?.text.contains("send may receive up to L1 only") } == true)
        // The answer has the label of all that was read.
        #expect(try await engine.detail("r").steps.first?.label == Label(.level3, [.health]))
    }

    @Test func whatMayNotEnterAToolMayNotEnterTheAgent() async throws {
        let house = try AgentHouse(), send = try ScriptedTool("send", clearance: Clearance(upTo: .level1), effect: .outside)
        let engine = house.engine(ScriptedModel([finish("x")]), task([send]))
        await #expect { try await engine.start(try AgentHouse.definition(.level3), input: Labeled(["text": "x"], .bottom)) } throws: { error in
            (error as? Fault)?.code == .workflowUnsound && (error as? Fault)?.message.contains("input.text (L3) -> a (agent, clearance up to L1)") == true
        }
        // A model elsewhere may not read what a tool may give.
        let read = try ScriptedTool("read", raisesTo: .level3)
        #expect(throws: Fault.self) { try AgentLoop.signature(tools: [read], model: Clearance(upTo: .level1)) }
    }

    @Test func aCallWaitsUntilAPersonAllowsIt() async throws {
        for (choice, sent) in [("approve", 1), ("refuse", 0)] {
            let house = try AgentHouse(), count = Mutex(0)
            let send = try ScriptedTool("send", effect: .outside) { _, _ in
                count.withLock { $0 += 1 }
                return .result("sent")
            }
            let model = ScriptedModel([call("send", ["x": 1]), finish("done")])
            let (status, _, engine) = try await house.run(model, task([send]))
            #expect(status == .waiting && count.withLock { $0 } == 0)
            house.clock.advance(by: 864_000)
            let asked = try #require(try await engine.tasks().first)
            #expect(asked.body["arguments"] == ["x": 1] && asked.choices == ["approve", "refuse"])
            // Days later, in another process.
            let other = house.engine(model, task([send]))
            try await other.answer(asked.id, TaskAnswer(choice: choice, comment: "not now", by: "li", at: 0, attachments: []))
            #expect(try await other.advance("r") == .completed)
            #expect(count.withLock { $0 } == sent)
            let output = try await other.detail("r").outputs["a"]
            #expect(output?["refused"] == .int(1 - sent) && output?["stop"] == "finished")
            #expect(model.seen.prompts.withLock { $0[1].last?.text.contains("not now") } == (sent == 0))
        }
    }

    @Test func aPersonWhoIsAskedAnswersTheModel() async throws {
        let house = try AgentHouse(), model = ScriptedModel([call("ask-person", ["question": "Which city?", "choices": ["A", "B"]]), finish("B")])
        let (status, _, engine) = try await house.run(model, task([try AskPersonTool()]))
        #expect(status == .waiting)
        let asked = try #require(try await engine.tasks().first)
        #expect(asked.choices == ["A", "B"])
        try await engine.answer(asked.id, TaskAnswer(choice: "B", comment: "by the sea", by: "li", at: 0, attachments: []))
        #expect(try await engine.advance("r") == .completed)
        #expect(model.seen.prompts.withLock { $0[1].last?.text.contains("by the sea") } == true)
    }

    @Test func everyBudgetEndsIt() async throws {
        // A different call each time, for ever.
        let endless: @Sendable (Int, [AgentMessage]) -> String = { turn, _ in call("note", ["x": .int(turn)]) }
        let cases: [(AgentStop, @Sendable (inout AgentBudget) -> Void)] = [(.turns, { $0.turns = 5 }), (.calls, { $0.calls = 3 }), (.tokens, { $0.tokens = 30 }), (.seconds, { $0.seconds = 100 })]
        for (stop, change) in cases {
            let house = try AgentHouse(), tool = try ScriptedTool("note") { _, _ in
                house.clock.advance(by: 30)
                return .result(1)
            }
            let (status, output, _) = try await house.run(ScriptedModel(script: endless), task([tool], change))
            #expect(status == .completed && output["stop"] == .string(stop.rawValue) && output["passed"] == false, "\(stop): \(output)")
            #expect((output["turns"]?.int ?? 99) <= 12)
        }
    }

    /// The last turn offers nothing but the end, so a model that can end does.
    @Test func theLastTurnMayOnlyFinish() async throws {
        let house = try AgentHouse(), tool = try ScriptedTool("note")
        let model = ScriptedModel(.all) { turn, messages in messages.last?.text.contains("finish now") == true ? finish("so far") : call("note", ["x": .int(turn)]) }
        let (_, output, _) = try await house.run(model, task([tool]) { $0.turns = 4 })
        #expect(output["answer"] == "so far" && output["stop"] == "finished" && output["turns"] == 4)
        #expect(model.seen.prompts.withLock { $0.last?.first?.text.contains("- note") } == false)
    }

    @Test func theSameCallThriceIsALoop() async throws {
        let house = try AgentHouse(), count = Mutex(0), tool = try ScriptedTool("note") { _, _ in
            count.withLock { $0 += 1 }
            return .result(1)
        }
        let (_, output, _) = try await house.run(ScriptedModel([call("note", ["x": 1])]), task([tool]))
        #expect(output["stop"] == "loop" && count.withLock { $0 } == 2)
    }

    @Test func whatIsNoCallIsToldTwiceAndThenTakenAsItIs() async throws {
        let house = try AgentHouse(), model = ScriptedModel(["The sum is 5."])
        let (_, output, _) = try await house.run(model, task([try CalculateTool()]))
        #expect(output["stop"] == "unstructured" && output["answer"] == "The sum is 5." && output["turns"] == 3 && output["passed"] == false)
        // Models of the other family answer that way.
        let (_, tagged, _) = try await house.run(ScriptedModel(["<tool_call>{\"name\": \"calculate\", \"arguments\": {\"expression\": \"2+3\"}}</tool_call>", "The sum is 5."], format: .tagged), task([try CalculateTool()]), id: "t")
        #expect(tagged["stop"] == "finished" && tagged["answer"] == "The sum is 5." && tagged["calls"] == 1)
    }

    @Test func wrongCallsAreResultsThatTheModelReads() async throws {
        let house = try AgentHouse(), slow = try ScriptedTool("slow", seconds: 0.05) { _, _ in
            try await Task.sleep(for: .seconds(60))
            return .result(1)
        }
        let failing = try ScriptedTool("failing") { _, _ in throw Fault(.agentInput, "nothing there") }
        let model = ScriptedModel([call("nothing"), call("slow", ["x": "text"]), call("slow"), call("failing"), finish("done")])
        let (_, output, _) = try await house.run(model, task([slow, failing]))
        #expect(output["calls"] == 4 && output["refused"] == 2 && output["answer"] == "done")
        let told = model.seen.prompts.withLock { $0.last?.map(\.text).joined(separator: "\n") } ?? ""
        for word in ["there is no such tool", "arguments.x must be of type integer", "took longer than 0.05", "nothing there"] { #expect(told.contains(word), "\(word)") }
    }

    @Test func aPlanIsActedOnStepByStepAndItsAnswerChecked() async throws {
        let house = try AgentHouse(), tool = try ScriptedTool("note"), checks = Mutex(0)
        let model = ScriptedModel(.all) { turn, messages in
            let system = messages[0].text, last = messages.last?.text ?? ""
            if system.contains("Plan before acting") { return "{\"plan\": [\"look\", \"sum up\"]}" }
            if system.contains("Check whether") { return checks.withLock { $0 += 1; return $0 } == 1 ? "{\"passed\": false, \"reason\": \"too short\"}" : "{\"passed\": true, \"reason\": \"\"}" }
            if last.hasSuffix("finish.") && last.contains("Step 1: look") { return call("note", ["x": 1]) }
            if last.contains("Result of note") { return finish("seen") }
            if last.contains("Step 2: sum up") { return finish("summed") }
            return last.contains("too short") ? finish("a longer answer") : finish("short")
        }
        let (_, output, _) = try await house.run(model, task([tool], strategy: .plan))
        #expect(output["answer"] == "a longer answer" && output["passed"] == true && output["calls"] == 1 && output["turns"] == 8, "\(output)")
    }

    @Test func directAnswersAtOnce() async throws {
        let house = try AgentHouse()
        let (_, output, _) = try await house.run(ScriptedModel(["5"]), task(strategy: .direct), verdict: { $0 == "5" })
        #expect(output["answer"] == "5" && output["turns"] == 1 && output["passed"] == true)
        let (_, wrong, _) = try await house.run(ScriptedModel(["6"]), task(strategy: .direct), id: "w", verdict: { $0 == "5" })
        #expect(wrong["passed"] == false)
    }

    /// The oldest results go first; the task stays.
    @Test func longConversationsAreCutAndTooLongTasksRefused() async throws {
        let house = try AgentHouse(), tool = try ScriptedTool("note") { _, _ in .result(.string(String(repeating: "长", count: 600))) }
        let model = ScriptedModel(.all, bytes: 5_000) { turn, _ in turn < 6 ? call("note", ["x": .int(turn)]) : finish("end") }
        let (_, output, _) = try await house.run(model, task([tool]))
        #expect(output["answer"] == "end")
        let prompts = model.seen.prompts.withLock { $0 }
        #expect(prompts.allSatisfy { $0.reduce(0) { $0 + $1.text.utf8.count } <= 5_000 && $0[1].text.contains("Add 2 and 3") })
        #expect(prompts.last?.contains { $0.text == "(left out)" } == true)
        let (status, _, engine) = try await house.run(model, AgentTask(String(repeating: "word ", count: 1_200), strategy: .direct), id: "long")
        #expect(status == .failed)
        #expect(try await engine.detail("long").summary.failure?.contains("the model takes 5000") == true)
    }

    @Test func promptsAreInTheLanguageOfTheTask() async throws {
        let house = try AgentHouse(), model = ScriptedModel([finish("五")])
        _ = try await house.run(model, AgentTask("把 2 和 3 相加", tools: [try CalculateTool()], strategy: .act))
        #expect(model.seen.prompts.withLock { $0[0][0].text.contains("计算表达式") && $0[0][1].text.hasPrefix("任务：") })
    }

    /// Random replies of a model that was never trained: it ends within its budget, and nothing traps.
    @Test func aModelThatWritesNonsenseStaysInBounds() async throws {
        let letters = Array("{}[]\":,toolargumentsfinish123<>/\\ \n“”真假".map(String.init))
        for seed in 0..<40 {
            let house = try AgentHouse(), tool = try ScriptedTool("note")
            let model = ScriptedModel(.all) { turn, _ in
                var random = SeededRandom(seed: UInt64(seed * 100 + turn))
                let noise = (0..<60).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }.joined()
                return [noise, "{\"tool\": \"note\", \"arguments\": {\"x\": \(turn)\(noise)", call("finish", ["answer": ""]), call("note", ["y": 1])][Int.random(in: 0..<4, using: &random)]
            }
            let strategy = Strategy.allCases[seed % 3]
            let (status, output, _) = try await house.run(model, task([tool], strategy: strategy))
            #expect(status == .completed && (output["turns"]?.int ?? 99) <= 12 && AgentStop(rawValue: output["stop"]?.string ?? "") != nil)
        }
    }
}

extension ScriptedModel {
    init(script: @escaping @Sendable (Int, [AgentMessage]) throws -> String) { self.init(.all, script) }
}

/// Something that ends when the test says so, and heeds no cancellation.
private final class Deaf: Sendable {
    private let held = Mutex<CheckedContinuation<Int, Never>?>(nil)
    private let isOver = Mutex(false)

    func wait() async -> Int {
        await withCheckedContinuation { continuation in
            if isOver.withLock({ $0 }) { continuation.resume(returning: 1) } else { held.withLock { $0 = continuation } }
        }
    }

    func end() {
        isOver.withLock { $0 = true }
        held.withLock { held in
            defer { held = nil }
            return held
        }?.resume(returning: 1)
    }
}

extension AgentLoopTests {
    @Test func aLongNewestExchangeIsShortened() async throws {
        let house = try AgentHouse(), tool = try ScriptedTool("note") { _, _ in .result(.string(String(repeating: "长", count: 3_000))) }
        let model = ScriptedModel(.all, bytes: 4_500) { turn, _ in turn < 1 ? call("note", ["x": 1]) : finish("end") }
        let (status, output, _) = try await house.run(model, task([tool]))
        #expect(status == .completed && output["answer"] == "end")
        #expect(model.seen.prompts.withLock { $0.allSatisfy { $0.reduce(0) { $0 + $1.text.utf8.count } <= 4_500 } })
    }

    @Test func aPlanWhoseTurnsRunOutKeepsItsAnswer() async throws {
        let house = try AgentHouse(), tool = try ScriptedTool("note")
        let model = ScriptedModel(.all) { turn, messages in
            if messages[0].text.contains("Plan before acting") { return "{\"plan\": [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]}" }
            if messages.last?.text.contains("finish now") == true { return finish("so far") }
            return messages.last?.text.contains("Result of note") == true ? finish("part") : call("note", ["x": .int(turn)])
        }
        let (_, output, _) = try await house.run(model, task([tool], strategy: .plan))
        #expect(output["answer"] == "so far" && output["stop"] == "finished", "\(output)")
    }

    /// Cut off in the middle of its arguments a call is another call.
    private struct CutModel: AgentModel {
        let clearance = Clearance.all
        func next(_ messages: [AgentMessage], schema: String?, tokenCountMax: Int) async throws -> AgentReply {
            let usage = StepUsage(model: "m", tokensRead: 10, tokensWritten: 2, milliseconds: 1)
            guard messages.contains(where: { $0.role == .assistant }) else { return AgentReply(text: "{\"tool\":\"note\",\"arguments\":{\"x\":1", tokenCount: 9, isCut: true, usage: usage) }
            return AgentReply(text: finish("end"), tokenCount: 5, usage: usage)
        }
    }

    @Test func aCallThatWasCutOffIsNotMadeAndTurnsAddUpTheirUsage() async throws {
        let house = try AgentHouse()
        let (status, output, _) = try await house.run(CutModel(), task([try ScriptedTool("note")]))
        #expect(status == .completed && output["answer"] == "end" && output["calls"] == 0)
        let events = try await house.store.read { try $0.events(of: "run/r") }
        #expect(events.last { $0.kind == "step-done" }?.body["usage"]?["read"] == 20)
    }

    @Test(.timeLimit(.minutes(10))) func aDeafToolIsLeftBehind() async throws {
        let deaf = Deaf()
        await #expect(throws: Fault.self) { _ = try await ToolCaller.limited(0.1, "deaf") { await deaf.wait() } }
        deaf.end()
    }
}
