import Core
import Labels
import Support
import Testing
import Workflows

@testable import Nodes

/// The step kind `assess`: on a tagger that was trained here, and on language models that are known to tell or not.
@Suite struct AssessNodeTests {
    struct Telling: TextModel {
        let clearance: Clearance
        func answer(system: String?, prompt: String, tokenCountMax: Int) async throws -> (text: String, tokenCount: Int) { (system ?? "", 1) }
    }

    @Test func aTaggerIsAttackedWithinItsBudgetAndTheShareIsAReading() async throws {
        let house = try NodeHouse()
        let model = try await house.run("tune-tagger", ["records": .array(NodeHouse.labeled(60)), "asset": "models/color"], step: "model").output["version"] ?? .null
        let result = try await house.run("assess", ["target": model, "records": .array(NodeHouse.labeled(20)), "attempts": 3], step: "a")
        let output = result.output
        #expect((output["accuracy"]?.double ?? 0) > 0.9)
        #expect((output["robustAccuracy"]?.double ?? 1) < (output["accuracy"]?.double ?? 0), "a tagger of characters breaks when they change")
        #expect((output["successMost"]?.double ?? 0) >= (output["successRate"]?.double ?? 1))
        #expect(output["complete"] == true && (output["queries"]?.int ?? 0) <= 1_000)
        #expect(result.label?.grade == .level2)
        #expect(!JSONValue.object(output).text.contains("阀门"))
        #expect(try await Readings(store: house.store).newest().map(\.name) == ["attack-success of models/color", "robust-accuracy of models/color"])
        let cut = try await house.run("assess", ["target": model, "records": .array(NodeHouse.labeled(20)), "budget": 40], step: "b").output
        #expect(cut["complete"] == false && cut["queries"] == 40)
        #expect(await house.refusal("assess", ["target": model]) == .nodeInput)
        #expect(await house.refusal("assess", ["target": model, "records": []]) == .nodeInput)
    }

    @Test func aModelThatTellsIsFoundAndOneThatMayNotReceiveTheInputIsNotAsked() async throws {
        let telling = try NodeHouse(model: Telling(clearance: .all))
        let output = try await telling.run("assess", ["target": "model", "system": "你是客服。"]).output
        #expect(output["count"] == 24 && output["queries"] == 27 && !JSONValue.object(output).text.contains("客服"))
        #expect(try await telling.run("assess", ["target": "model"], step: "b").output["count"] == 24)
        #expect(try await NodeHouse().run("assess", ["target": "model"]).output["count"] == 0)
        let outside = try NodeHouse(model: Telling(clearance: Clearance(upTo: .level1)))
        await #expect { try await outside.run("assess", ["target": "model", "system": "x"], label: Label(.level2)) } throws: { ($0 as? Fault)?.code == .nodeLabel }
        #expect(await (try NodeHouse(model: nil)).refusal("assess", ["target": "model"]) == .nodeUnavailable)
    }
}
