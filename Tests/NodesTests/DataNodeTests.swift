import Catalog
import Core
import Foundation
import Labels
import Protection
import Store
import Support
import Testing
import Workflows

@testable import Nodes

@Suite struct DataNodeTests {
    @Test func filesOfEachFormatBecomeRecords() async throws {
        let house = try NodeHouse()
        try house.directory.write(Array("a\tb\n1\t\"x\"\n".utf8), to: "import/t.tsv")
        try house.directory.write(Array("{\"a\":1}\n\n{\"b\":[true]}\n".utf8), to: "import/l.jsonl")
        try house.directory.write(Array("一行\n\n二行\n".utf8), to: "import/t.txt")
        #expect(try await house.run("data-import", ["path": "people.csv"]).output["records"]?[1] == ["number": "A2", "name": "李强", "phone": "13987654321"])
        #expect(try await house.run("data-import", ["path": "t.tsv"]).output["records"] == [["a": "1", "b": "\"x\""]])
        let lines = try await house.run("data-import", ["path": "l.jsonl"]).output
        #expect(lines["records"] == [["a": 1], ["b": [true]]] && lines["fields"] == ["a", "b"])
        #expect(try await house.run("data-import", ["path": "t.txt"]).output["records"] == [["text": "一行"], ["text": "二行"]])
        #expect(try await house.run("data-import", ["path": "folder"]).output["records"]?[1]?["file"] == "two.txt")
        #expect(try await house.run("data-import", ["path": "t.txt", "text": true]).output["count"] == 1)
        #expect(try await house.run("data-list", ["folder": "./folder/"]).output["files"] == ["folder/one.txt", "folder/two.txt"])
    }

    @Test func noPathLeavesItsRoot() async throws {
        let house = try NodeHouse()
        try house.directory.write(Array("outside".utf8), to: "outside/secret.txt")
        try FileManager.default.createSymbolicLink(atPath: house.directory.file("import/link"), withDestinationPath: house.directory.file("outside"))
        for path in ["../outside/secret.txt", "folder/../../outside/secret.txt", house.directory.file("outside/secret.txt"), "link/secret.txt", "link"] {
            for kind in ["data-import", "media-import", "scan"] { #expect(await house.refusal(kind, ["path": .string(path)]) == .nodePath, "\(kind) \(path)") }
        }
        for name in ["../x", "a/b", ".hidden", "a.b", ""] { #expect(await house.refusal("data-export", ["name": .string(name), "text": "x"]) == .nodeInput) }
        try FileManager.default.createDirectory(atPath: house.directory.file("export"), withIntermediateDirectories: true)
        #expect(await house.refusal("data-export", ["name": "good", "text": "x"]) == nil)
    }

    @Test func nothingIsReadOrWrittenWithoutARoot() async throws {
        let house = try NodeHouse()
        let services = NodeServices(
            store: house.store, catalog: house.services.catalog, knowledge: house.services.knowledge, detector: house.services.detector, grader: house.services.grader,
            protector: house.services.protector, audit: house.services.audit, register: house.services.register, tools: house.services.tools)
        for kind in NodeRegistry.all(services) where ["data-list", "data-import", "data-export", "scan", "http", "model"].contains(kind.id) {
            let values: [String: JSONValue] = ["path": "people.csv", "folder": "folder", "name": "x", "text": "x", "url": "http://known.test/", "prompt": "x"]
            await #expect(throws: Fault.self, "\(kind.id)") { _ = try await kind.run(.init(values: values.filter { kind.signature.inputs[$0.key] != nil }, label: .bottom), in: .init(runID: "r", stepID: "s", attempt: 1, now: 0)) }
        }
    }

    @Test func cleaningKeepsNumbersAndChinesePunctuation() async throws {
        let house = try NodeHouse()
        let output = try await house.run(
            "data-clean", ["records": [["a": "　１３８ＡＢ，好！ ", "n": 5], ["a": "138AB，好！", "n": 5], ["a": " ", "n": nil], ["a": "x", "n": 1.5]]]
        ).output
        #expect(output["records"] == [["a": "138AB，好！", "n": 5], ["a": "x", "n": 1.5]])
        #expect(output["report"] == ["changed": 2, "duplicates": 1, "empty": 1] && output["removed"] == 2)
        #expect(try await house.run("data-clean", ["records": [["a": " x "], ["a": " x "]], "trim": false, "duplicates": false]).output["records"] == [["a": " x "], ["a": " x "]])
    }

    @Test func eachRuleFindsWhatBreaksIt() async throws {
        let house = try NodeHouse()
        let records: JSONValue = [
            ["id": "AB123", "age": "30", "day": "2026-02-28", "kind": "a"], ["id": "AB123", "age": "200", "day": "2026-02-30", "kind": "b"], ["id": "xAB123", "age": "x", "day": "", "kind": "c"], ["age": 1.5],
        ]
        let rules: JSONValue = [
            ["field": "id", "required": true, "pattern": "[A-Z]{2}[0-9]+", "unique": true], ["field": "age", "type": "integer", "min": 0, "max": 150], ["field": "day", "type": "date"], ["field": "kind", "in": ["a", "b"]],
        ]
        let output = try await house.run("data-validate", ["records": records, "rules": rules]).output
        let found = (output["problems"]?.array ?? []).map { "\($0["row"]?.int ?? -1) \($0["field"]?.string ?? "") \($0["rule"]?.string ?? "")" }.sorted()
        #expect(found == ["1 age range", "1 day type", "1 id unique", "2 age range", "2 age type", "2 id pattern", "2 kind in", "3 age type", "3 id required"])
        #expect(output["validCount"] == 1 && output["invalidCount"] == 3 && output["share"] == 0.25)
        for rule: JSONValue in [["field": ""], ["field": "a", "typo": 1], ["field": "a", "type": "words"], ["field": "a", "min": "x"], ["field": "a", "pattern": "("]] {
            #expect(await house.refusal("data-validate", ["records": records, "rules": [rule]]) != nil)
        }
    }

    /// The classic pattern that backtracking engines never finish, over 100,000 characters.
    @Test(.timeLimit(.minutes(1))) func patternsTakeLinearTime() async throws {
        let house = try NodeHouse()
        let records: JSONValue = [["a": .string(String(repeating: "a", count: 100_000) + "!")]]
        #expect(try await house.run("data-validate", ["records": records, "rules": [["field": "a", "pattern": "(a+)+"]]]).output["invalidCount"] == 1)
    }

    @Test func splittingKeepsEqualRecordsTogether() async throws {
        let house = try NodeHouse()
        let records = (0..<40).map { JSONValue.object(["n": .int($0 % 20)]) }
        let output = try await house.run("data-split", ["records": .array(records), "share": 0.25, "seed": 3]).output
        let (training, heldOut) = (Set(output["training"]?.array ?? []), Set(output["heldOut"]?.array ?? []))
        #expect(output["heldOutCount"] == 10 && output["trainingCount"] == 30 && training.isDisjoint(with: heldOut))
        #expect(try await house.run("data-split", ["records": .array(records), "share": 0.25, "seed": 3]).output == output)
    }

    @Test func versionsHaveTheirOrigins() async throws {
        let house = try NodeHouse()
        let raw = try await house.run("data-version", ["asset": "raw", "text": "原文"], label: Label(.level4)).output["version"] ?? .null
        let masked = try await house.run("data-version", ["asset": "masked", "text": "已脱敏", "derivedFrom": [raw]], label: Label(.level2)).output["version"]?.string ?? ""
        #expect(try await house.services.catalog.origins(of: masked).map(\.from) == [raw.string])
        #expect(try await house.services.catalog.versions(of: "raw").map(\.label) == [Label(.level4)])
        #expect(await house.refusal("data-version", ["asset": "x", "text": "y", "derivedFrom": ["nothing@0"]]) == .init("catalog.version-unknown", .notFound))
    }

    @Test func exportsRoundTripThroughCSV() async throws {
        let house = try NodeHouse()
        let records: JSONValue = [["a": "x,\"y\"\nz", "b": ""], ["a": "普通", "b": "1"]]
        let file = try await house.run("data-export", ["name": "数据", "records": records, "format": "csv"]).output["file"]?.string ?? ""
        let bytes = try FileTree.read(house.directory.file("export/" + file))
        try house.directory.write(bytes, to: "import/back.csv")
        #expect(try await house.run("data-import", ["path": "back.csv"]).output["records"] == records)
        #expect(file.hasPrefix("数据-") && file.hasSuffix(".csv"))
    }
}
