import Catalog
import Core
import Labels
import Protection
import Store
import Support
import Testing
import Workflows

@testable import Nodes

@Suite struct ModelNodeTests {
    @Test func aTaggerLearnsIsMeasuredDeployedAndRolledBack() async throws {
        let house = try NodeHouse()
        let records = JSONValue.array(NodeHouse.labeled(60))
        let first = try await house.run("tune-tagger", ["records": records, "asset": "m", "seed": 1], label: Label(.level2), step: "a").output
        let again = try await house.run("tune-tagger", ["records": records, "asset": "m", "seed": 1], label: Label(.level2), step: "b").output
        #expect(first == again && first["types"] == ["color"])
        let second = try await house.run("tune-tagger", ["records": records, "asset": "m", "seed": 2], label: Label(.level2), step: "c").output
        let measured = try await house.run("evaluate", ["model": first["version"] ?? .null, "records": .array(NodeHouse.labeled(20))], label: Label(.level2)).output
        #expect((measured["f1"]?.double ?? 0) > 0.9 && measured["count"] == 20)
        func deploy(_ model: JSONValue?, _ metric: Double) async throws -> [String: JSONValue] {
            try await house.run("deploy", ["model": model ?? .null, "name": "serving", "metric": .double(metric), "least": 0.5]).output
        }
        #expect(try await deploy(first["version"], 0.4) == ["deployed": false, "version": "", "previous": ""])
        #expect(try await deploy(first["version"], 0.9)["deployed"] == true)
        let replaced = try await deploy(second["version"], 0.9)
        #expect(replaced["previous"] == first["version"] && replaced["version"] == second["version"])
        #expect(try await deploy(second["version"], 0.9)["previous"] == first["version"])
        #expect(try await house.run("rollback", ["name": "serving"]).output["version"] == first["version"])
        #expect(try await Deployments(store: house.store).deployment("serving")?.version == first["version"]?.string)
        #expect(await house.refusal("rollback", ["name": "serving"]) == .nodeUnknown)
    }

    /// A version may be graver than the text that names it: the static check would not have seen it.
    @Test func aVersionGraverThanItsNameIsNotMeasured() async throws {
        let house = try NodeHouse()
        let version = try await house.run("tune-tagger", ["records": .array(NodeHouse.labeled(24)), "asset": "m", "epochs": 1], label: Label(.level3)).output["version"] ?? .null
        #expect(await house.refusal("evaluate", ["model": version, "records": .array(NodeHouse.labeled(4))]) == .nodeLabel)
        #expect(await house.refusal("evaluate", ["model": "m@0", "records": .array(NodeHouse.labeled(4))]) == .nodeUnknown)
    }

    @Test func labeledRecordsThatDoNotFitAreNamedByTheirPlace() async throws {
        let house = try NodeHouse()
        let good = NodeHouse.labeled(3)
        for bad: JSONValue in [["spans": []], ["text": "x"], ["text": "x", "spans": [["start": 0, "end": 2, "type": "t"]]], ["text": "x", "spans": [["start": 0, "end": 1, "type": ""]]]] {
            do {
                try await house.run("tune-tagger", ["records": .array(good + [bad]), "asset": "m"])
                Issue.record("it was learned from")
            } catch let fault as Fault { #expect(fault.code == .nodeInput && fault.message.contains("record 3")) }
        }
    }

    @Test func knowledgeIsFoundUnderItsLabelOnly() async throws {
        let house = try NodeHouse()
        try await house.run("knowledge-index", ["document": "open", "text": "停水时请拨打供水热线"], label: Label(.level2))
        try await house.run("knowledge-index", ["document": "closed", "text": "停水时的内部预案"], label: Label(.level3))
        let (output, label) = try await house.run("knowledge-search", ["text": "停水"])
        #expect((output["hits"]?.array ?? []).map { $0["document"] } == ["open"] && label == Label(.level2))
        try await house.run("knowledge-index", ["document": "open", "records": [["text": "改为自来水公司"]]], label: Label(.level2))
        #expect(try await house.run("knowledge-search", ["text": "停水"]).output["hits"] == [])
    }

    @Test func aModelAnswersWithinItsBound() async throws {
        let house = try NodeHouse()
        #expect(try await house.run("model", ["prompt": "一二三四", "maxTokens": 2]).output == ["text": "一二", "tokens": 2])
        #expect(try await NodeHouse(model: nil).refusal("model", ["prompt": "x"]) == .nodeUnavailable)
    }
}
