import Catalog
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

    /// The classifier of the demonstration, as its file lies in the tree, on requests that it never saw.
    @Test func aTextClassifierIsImportedAndItsAccuracyIsToldBeforeAndAfterEachAttack() async throws {
        let house = try NodeHouse()
        try house.directory.write(try FileTree.read(Repository.path("Demos/routing/routing.safetensors")), to: "import/routing.safetensors")
        let imported = try await house.run("model-import", ["path": "routing.safetensors"], step: "import").output
        #expect(imported["mediaType"] == "application/x-banyan-classifier")
        let lines = try TextDecoder.decode(try FileTree.read(Repository.path("Demos/government/requests.jsonl"))).text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        let records = lines.compactMap { line -> JSONValue? in
            guard let text = line["text"], let label = line["gold"]?["department"] else { return nil }
            return ["text": text, "label": label]
        }.prefix(30)
        let values: [String: JSONValue] = ["target": imported["version"] ?? .null, "records": .array(Array(records)), "task": "department", "attempts": 3, "budget": 20_000, "seed": 4, "seeds": 3]
        // A model from outside counts as L4, and so does what is said of it.
        await #expect { try await house.run("assess", values, label: Label(.level2), step: "low") } throws: { ($0 as? Fault)?.code == .nodeLabel }
        let result = try await house.run("assess", values, label: Label(.level4), step: "a"), output = result.output
        #expect(result.label?.grade == .level4 && output["complete"] == true)
        let before = output["accuracy"]?.double ?? 0, attacks = output["byAttack"]?.object ?? [:]
        #expect(before > 0.7)
        #expect(Set(attacks.keys) == ["homophones", "near-glyphs", "traditional", "inserted-blanks", "invisible-marks", "full-width", "case", "typos"])
        for (name, attack) in attacks {
            let (after, least, most) = (attack["after"]?.double ?? 2, attack["afterLeast"]?.double ?? 2, attack["afterMost"]?.double ?? -1)
            #expect(attack["before"]?.double == before && after <= before && least <= after && after <= most, "\(name)")
            // What broke of those that were right is what the accuracy lost.
            #expect(abs((before - after) * Double(records.count) - Double(attack["hits"]?.int ?? -1)) < 1e-6, "\(name)")
        }
        let seeds = output["bySeed"]?.array ?? []
        #expect(seeds.map { $0["seed"] } == [4, 5, 6] && seeds.allSatisfy { $0["accuracy"]?.double == before })
        #expect(seeds.first?["robustAccuracy"] == output["robustAccuracy"])
        #expect(output["report"]?.string?.contains("typos: ") == true)
        // The same seeds, the same report; no text is in it.
        #expect(try await house.run("assess", values, label: Label(.level4), step: "b").output == output)
        for record in records { #expect(!JSONValue.object(output).text.contains((record["text"]?.string ?? "").prefix(8))) }
        for wrong: [String: JSONValue] in [["task": "nothing"], ["records": [["text": "x", "label": "nowhere"]]], ["records": [["text": "x"]]], ["seeds": 21]] {
            await #expect { try await house.run("assess", values.merging(wrong) { $1 }, label: Label(.level4), step: "w") } throws: { ($0 as? Fault)?.code == .nodeInput }
        }
    }

    @Test func whatIsNoModelIsNotImported() async throws {
        let house = try NodeHouse()
        let whole = try FileTree.read(Repository.path("Demos/routing/routing.safetensors"))
        for (name, bytes) in [("cut", Array(whole.prefix(whole.count / 2))), ("text", Array("hello".utf8)), ("none", [])] {
            try house.directory.write(bytes, to: "import/\(name).safetensors")
            await #expect(throws: Fault.self) { try await house.run("model-import", ["path": .string("\(name).safetensors")], step: name) }
        }
        await #expect(throws: Fault.self) { try await house.run("model-import", ["path": "../data/banyan.sqlite"], step: "out") }
        #expect(try await house.services.catalog.counts().versions == 0)
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
