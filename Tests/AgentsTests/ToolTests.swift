import Core
import Labels
import Testing
import Workflows

@testable import Agents

/// The tools of this room; `ToolContractTests` of Nodes holds every tool to the contract.
@Suite struct ToolTests {
    private let context = ToolContext(runID: "r", stepID: "s", call: 3, now: 1_700_000_000, label: .bottom)

    private func value(_ tool: any Tool, _ arguments: [String: JSONValue]) async throws -> JSONValue? {
        #expect(tool.descriptor.parameters.findings(in: .object(arguments)).isEmpty)
        guard case .result(let value, _, _) = try await tool.call(arguments, in: context) else { return nil }
        return value
    }

    @Test func calculateIsTheExpressionLanguage() async throws {
        #expect(try await value(CalculateTool(), ["expression": "(3 + 4) * 2"]) == 14)
        #expect(try await value(CalculateTool(), ["expression": "sum(map(rows, r => r.n))", "values": ["rows": [["n": 1], ["n": 2.5]]]]) == 3.5)
        await #expect(throws: Fault.self) { try await CalculateTool().call(["expression": "canary +"], in: context) }
    }

    @Test func timeIsThatOfTheAttempt() async throws {
        // 2023-11-14T22:13:20Z was a Tuesday; in China it was Wednesday.
        #expect(try await value(TimeTool(), [:]) == ["date": "2023-11-15", "time": "06:13:20", "weekday": "Wednesday", "offset": 8.0])
        #expect(try await value(TimeTool(), ["offset": 0])?["weekday"] == "Tuesday")
    }

    @Test func aQuestionIsATaskUnderTheLabelOfTheConversation() async throws {
        let grave = ToolContext(runID: "r", stepID: "s", call: 1, now: 0, label: Label(.level3, [.health]))
        guard case .person(let request) = try await AskPersonTool().call(["question": "How?", "choices": ["a", "b"]], in: grave) else {
            Issue.record("no question")
            return
        }
        #expect(request.label == Label(.level3, [.health]) && request.choices == ["a", "b"])
        await #expect(throws: Fault.self) { try await AskPersonTool().call(["question": "How?", "choices": ["a", "a"]], in: grave) }
    }

    @Test func callsHaveKeysOfTheirOwn() { #expect(context.idempotencyKey == "r/s/call-3") }

    @Test func aRegistryNamesWhatItHas() throws {
        let registry = ToolRegistry([try CalculateTool(), try TimeTool()])
        #expect(try registry.tools(named: ["time"]).map(\.id) == ["time"])
        #expect { try registry.tools(named: ["other"]) } throws: { ($0 as? Fault)?.message.contains("calculate, time") == true }
        #expect(throws: Fault.self) { try registry.tools(named: ["time", "time"]) }
        #expect(throws: Fault.self) { try registry.tools(named: (0...ToolRegistry.countMax).map { "t\($0)" }) }
    }
}
