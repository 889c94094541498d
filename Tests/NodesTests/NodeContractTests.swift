import Catalog
import Core
import Labels
import Store
import Support
import Testing

@testable import Nodes
@testable import Workflows

/// What every kind of the catalog must keep.
@Suite struct NodeContractTests {
    let house: NodeHouse
    /// One good input a kind, and a model version that some of them need.
    let samples: [(id: String, values: [String: JSONValue])]

    init() async throws {
        house = try NodeHouse()
        let records: JSONValue = [["text": "电话13812345678", "number": "A1"], ["text": "没有什么", "number": "A2"]]
        let model = try await house.run("tune-tagger", ["records": .array(NodeHouse.labeled(6)), "asset": "models/sample", "epochs": 1], step: "model").output["version"] ?? .null
        let other = try await house.run("tune-tagger", ["records": .array(NodeHouse.labeled(7)), "asset": "models/sample", "epochs": 1], step: "other").output["version"] ?? .null
        for (number, version) in [other, model].enumerated() { try await house.run("deploy", ["model": version, "name": "serving", "metric": 1, "least": 0], step: "deploy-\(number)") }
        try house.directory.write(try FileTree.read(Repository.path("Demos/routing/routing.safetensors")), to: "import/routing.safetensors")
        let findings = try await house.run("detect", ["records": records], step: "findings").output["findings"] ?? .null
        samples = [
            ("data-list", ["folder": "folder"]), ("data-import", ["path": "people.csv"]), ("media-import", ["path": "note.md"]), ("data-clean", ["records": records]),
            ("data-validate", ["records": records, "rules": [["field": "number", "unique": true]]]), ("data-split", ["records": records, "share": 0.5]),
            ("data-version", ["asset": "a", "records": records]), ("data-export", ["name": "out", "records": records, "format": "csv"]), ("detect", ["records": records]),
            ("grade", ["findings": findings, "subject": "sample"]), ("protect", ["records": records, "findings": findings]), ("scan", ["path": "folder"]),
            ("knowledge-index", ["document": "d", "text": "供水热线的说明"]), ("knowledge-search", ["text": "供水"]), ("model", ["prompt": "你好"]),
            ("model-import", ["path": "routing.safetensors"]), ("tune-tagger", ["records": .array(NodeHouse.labeled(6)), "asset": "models/sample", "epochs": 1]), ("evaluate", ["model": model, "records": .array(NodeHouse.labeled(8))]),
            ("deploy", ["model": other, "name": "serving", "metric": 1, "least": 0]), ("rollback", ["name": "serving"]), ("http", ["url": "http://known.test/hook", "method": "POST", "body": "{}"]),
            ("notify", ["to": "a@example.org", "title": "t", "text": "x"]),
            ("tune-lora", ["records": [["messages": [["role": "user", "content": "a"], ["role": "assistant", "content": "b"]]]], "asset": "adapters/sample", "epochs": 1]),
            ("assess", ["target": model, "records": .array(NodeHouse.labeled(4)), "attempts": 1]),
            ("code", ["program": "repeat", "input": ["rows": [1, 2]], "outputs": ["given": "object"]]),
            ("agent", ["task": "你好", "tools": ["calculate"]]), ("tool", ["tool": "calculate", "arguments": ["expression": "1 + 2"]]),
        ]
    }

    @Test func idsAreUniqueAndPlainAndEveryOneHasASampleAndAFileAndAParagraph() throws {
        let ids = house.kinds.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.utf8.allSatisfy { (97...122).contains($0) || $0 == 45 } })
        #expect(Set(samples.map(\.id)) == Set(ids))
        #expect(try FileTree.files(below: Repository.path("Sources/House/Nodes/Kinds")).count == ids.count)
        let page = TextDecoder.decode(try FileTree.read(Repository.path("docs/rooms/nodes.md"))).text
        for id in ids { #expect(page.contains("| `\(id)` |"), "\(id) is not in docs/rooms/nodes.md") }
    }

    @Test func onlyProtectionLowersALabel() {
        for kind in house.kinds { if case .lowers = kind.signature.labelRule { #expect(kind.id == "protect") } }
    }

    /// What leaves the house is not cleared for what is grave.
    @Test func whatLeavesTheHouseIsBounded() throws {
        for (id, grade) in [("data-export", Grade.level2), ("notify", .level2), ("http", .level1)] { #expect(try house.kind(id).signature.clearance.grade == grade) }
        #expect(try NodeHouse(model: nil).kind("model").signature.clearance.grade == .level1)
    }

    @Test func givesExactlyItsDeclaredOutputsUnderTheLabelOfItsRule() async throws {
        for (id, values) in samples {
            let kind = try house.kind(id)
            for (name, field) in kind.signature.inputs where field.isRequired { #expect(values[name] != nil, "the sample of \(id) lacks \(name)") }
            for label in [Label.bottom, Label(.level2, [.contact]), Label(.level4, [.personal])] where kind.signature.clearance.permits(label) {
                let context = StepContext(runID: "run-outputs", stepID: "\(id)-\(label.grade)", attempt: 1, now: house.clock.now)
                guard let (output, claimed, _) = try await NodeHouse.ended(kind, StepInput(values: values, label: label), in: context) else {
                    Issue.record("\(id) did not end")
                    continue
                }
                #expect(Set(output.keys) == Set(kind.signature.outputs.keys), "\(id)")
                for (name, type) in kind.signature.outputs { #expect(type.matches(output[name] ?? .null), "\(id).\(name) is not \(type)") }
                // The static check follows the rule, so what a step claims must not be graver than it, and never lighter.
                let ruled = kind.signature.labelRule.grade(for: label.grade)
                if case .lowers(let most) = kind.signature.labelRule { #expect((claimed?.grade ?? ruled) <= most, "\(id)") } else { #expect((claimed?.grade ?? ruled) == ruled, "\(id) claims \(claimed?.grade ?? ruled), its rule gives \(ruled)") }
            }
        }
    }

    /// A body that ran and was cut off leaves no trace in the store, and its second attempt gives the same and takes effect once.
    @Test func aSecondAttemptIsTheFirst() async throws {
        for (id, values) in samples {
            let kind = try house.kind(id)
            let input = StepInput(values: values, label: .bottom)
            func attempt(_ number: Int) async throws -> ([String: JSONValue], [@Sendable (Transaction) throws -> Void]) {
                let ended = try await NodeHouse.ended(kind, input, in: StepContext(runID: "run-twice", stepID: id, attempt: number, now: house.clock.now))
                return (ended?.output ?? [:], ended?.effects ?? [])
            }
            let before = try await house.counts()
            let files = (try? FileTree.files(below: house.directory.file("export"))) ?? []
            let first = try await attempt(1)
            #expect(try await house.counts() == before, "\(id) changed the store outside of its effect")
            let once = (try? FileTree.files(below: house.directory.file("export"))) ?? []
            let second = try await attempt(2)
            #expect(first.0 == second.0, "\(id) gives something else the second time")
            #expect(((try? FileTree.files(below: house.directory.file("export"))) ?? []) == once && once.count <= files.count + 1, "\(id) left a second file")
            let effects = second.1
            try await house.store.write { for effect in effects { try effect($0) } }
            let after = try await house.counts()
            for (number, count) in zip(before, after) { #expect(count - number <= 1, "\(id) took more than one effect of a kind") }
        }
    }

    /// Missing, null and ill-typed inputs are refused by name; no message quotes a value.
    @Test func oddInputsAreRefusedWithoutBeingQuoted() async throws {
        let secret = "机密-13812345678-canary"
        let odd: [JSONValue] = [.null, "", .string(secret), 0, -1, 1e300, true, [], [:], [.string(secret)], [["text": .string(secret), "spans": .string(secret)]], ["a": .string(secret)]]
        for kind in house.kinds {
            var inputs = odd.map { value in kind.signature.inputs.mapValues { _ in value } } + [[:]]
            for (name, values) in kind.signature.inputs.keys.sorted().map({ ($0, samples.first { $0.id == kind.id }?.values ?? [:]) }) {
                inputs += odd.map { values.merging([name: $0]) { $1 } }
            }
            for values in inputs {
                do {
                    _ = try await kind.run(StepInput(values: values, label: .bottom), in: StepContext(runID: "r", stepID: "s", attempt: 1, now: 0))
                } catch let fault as Fault {
                    #expect(!fault.description.contains("canary"), "\(kind.id): \(fault.description)")
                } catch {
                    Issue.record("\(kind.id) threw \(type(of: error))")
                }
            }
            for (name, field) in kind.signature.inputs where field.isRequired {
                var values = samples.first { $0.id == kind.id }?.values ?? [:]
                values[name] = nil
                do {
                    _ = try await kind.run(StepInput(values: values, label: .bottom), in: StepContext(runID: "r", stepID: "s", attempt: 1, now: 0))
                    Issue.record("\(kind.id) does without its required \(name)")
                } catch { #expect((error as? Fault)?.code.kind == .input, "\(kind.id) without \(name)") }
            }
        }
    }
}
