import Agents
import Catalog
import Core
import Labels
import Store
import Support
import Synchronization
import Testing
import Workflows

@testable import Nodes

/// What every tool of an agent must keep.
@Suite struct ToolContractTests {
    let house: NodeHouse
    let tools: ToolRegistry
    /// One good call a tool.
    let samples: [(id: String, arguments: [String: JSONValue])]

    init() async throws {
        house = try NodeHouse()
        tools = try AgentTools.all(house.services)
        let version = try await house.services.catalog.addVersion(of: "notes", bytes: Array("一份说明".utf8), mediaType: "text/plain", label: Label(.level2))
        try await house.services.catalog.addVersion(of: "notes", bytes: Array("canary 重要".utf8), mediaType: "text/plain", label: Label(.level4))
        try await house.run("knowledge-index", ["document": "d", "text": "供水热线的说明"], step: "index")
        samples = [
            ("calculate", ["expression": "1 + 2"]), ("time", [:]), ("ask-person", ["question": "哪一个？"]), ("finish", ["answer": "好"]), ("knowledge-search", ["text": "供水"]), ("detect", ["text": "电话13812345678"]),
            ("mask", ["text": "电话13812345678"]), ("catalog-read", ["asset": "notes", "version": .string(version.id)]), ("http-get", ["url": "http://known.test/page"]),
        ]
    }

    private func context(_ label: Label = .bottom, call: Int = 1) -> ToolContext { ToolContext(runID: "r", stepID: "s", call: call, now: house.clock.now, label: label) }

    @Test func idsArePlainAndEveryOneHasASampleAndAParagraphInBothLanguages() throws {
        let ids = tools.all.map(\.id)
        #expect(Set(samples.map(\.id)) == Set(ids))
        let page = TextDecoder.decode(try FileTree.read(Repository.path("docs/rooms/agents.md"))).text
        for tool in tools.all.map(\.descriptor) {
            #expect(tool.id.utf8.allSatisfy { (97...122).contains($0) || $0 == 45 })
            #expect(tool.chinese.unicodeScalars.contains { $0.value > 0x3400 } && tool.english.utf8.allSatisfy { $0 < 128 })
            #expect(page.contains("| `\(tool.id)` |"), "\(tool.id) is not in docs/rooms/agents.md")
            #expect((1...300).contains(tool.seconds) && tool.parameters.json["additionalProperties"] == false)
        }
    }

    @Test func samplesFitTheParametersAndResultsKeepTheirPromise() async throws {
        for (id, arguments) in samples {
            let tool = try #require(tools[id])
            #expect(tool.descriptor.parameters.findings(in: .object(arguments)).isEmpty, "\(id)")
            let before = try await house.counts()
            switch try await tool.call(arguments, in: context()) {
            case .result(let value, let label, let effect):
                #expect((label ?? .bottom).grade <= tool.descriptor.raisesTo, "\(id) gives more than it says")
                #expect(value.text.utf8.count <= AgentLoop.resultByteCountMax)
                #expect(tool.descriptor.effect != .none || effect == nil, "\(id) changes the store")
            case .person(let request): #expect(request.label == .bottom)
            case .finish(let answer): #expect(answer == "好")
            }
            #expect(try await house.counts() == before, "\(id) changed the store outside of its effect")
        }
    }

    /// Odd arguments are found by the parameters or refused by the tool, and never quoted.
    @Test func oddArgumentsAreRefusedWithoutBeingQuoted() async throws {
        let secret = "canary-13812345678"
        let odd: [JSONValue] = [.null, "", .string(secret), 0, -1, 1e300, true, [], [:], [.string(secret)], ["a": .string(secret)]]
        for (id, arguments) in samples {
            let tool = try #require(tools[id])
            for name in (tool.descriptor.parameters.json["properties"]?.object ?? [:]).keys.sorted() + ["canary"] {
                for value in odd {
                    let given = arguments.merging([name: value]) { $1 }
                    let findings = tool.descriptor.parameters.findings(in: .object(given))
                    #expect(!findings.joined().contains("canary"))
                    guard findings.isEmpty else { continue }
                    do { _ = try await tool.call(given, in: context()) } catch let fault as Fault { #expect(!fault.description.contains("canary"), "\(id): \(fault.description)") }
                }
            }
        }
    }

    @Test func whatReachesOutsideIsClearedForLittleAndWaitsForAPerson() throws {
        for tool in tools.all.map(\.descriptor) where tool.effect == .outside { #expect(tool.clearance.grade == .level1, "\(tool.id)") }
        #expect(AgentTask("x", tools: tools.all).approvals == ["http-get"])
        #expect(tools["http-get"]?.descriptor.raisesTo == .level4)
    }

    @Test func graveVersionsAreListedAndNotRead() async throws {
        let tool = try #require(tools["catalog-read"])
        guard case .result(let list, _, _) = try await tool.call(["asset": "notes"], in: context()) else {
            Issue.record("no list")
            return
        }
        #expect(list.array?.count == 2 && !list.text.contains("canary"))
        let grave = try #require(list.array?.first { $0["label"] == "L4" }?["version"])
        await #expect { try await tool.call(["asset": "notes", "version": grave], in: context()) } throws: { ($0 as? Fault)?.code == .nodeLabel }
        await #expect { try await tool.call(["asset": "notes", "version": "other@1"], in: context()) } throws: { ($0 as? Fault)?.code == .nodeUnknown }
    }

    @Test func aPageIsAskedForWithAKeyOfItsCall() async throws {
        let tool = try #require(tools["http-get"])
        _ = try await tool.call(["url": "http://known.test/a"], in: context(call: 7))
        let request = try #require(house.transport.requests.withLock { $0.last })
        #expect(request.method == "GET" && request.headers.contains { $0.name == "Idempotency-Key" && $0.value == "r/s/call-7" })
        await #expect { try await tool.call(["url": "http://other.test/a"], in: context()) } throws: { ($0 as? Fault)?.code == .nodeHost }
    }

    private func check(_ step: String, grade: Grade) throws -> [Diagnostic] {
        let yaml = "workflow: w\ninputs: {text: {type: string, grade: \(grade)}, names: {type: array}}\nsteps: [{id: a, \(step)}]"
        return WorkflowChecker(kinds: house.kinds).check(try WorkflowDefinition(yaml: yaml)).filter { $0.severity == .error }
    }

    /// The checker knows what an agent may reach.
    @Test func aDefinitionIsHeldAgainstTheToolsOfItsAgents() throws {
        let agent = "kind: agent, with: {task: \"${input.text}\", tools: "
        #expect(try check(agent + "[calculate]}", grade: .level4).isEmpty)
        #expect(try check(agent + "[knowledge-search]}", grade: .level2).isEmpty)
        #expect(try check(agent + "[knowledge-search]}", grade: .level3).first?.message.contains("input.text (L3) -> a (agent, clearance up to L2)") == true)
        #expect(try check(agent + "[calculate, http-get]}", grade: .level2).first?.message.contains("a (agent, clearance up to L1)") == true)
        #expect(try check(agent + "[nothing]}", grade: .level1).first?.code == "workflow.settings")
        #expect(try check(agent + "\"${input.names}\"}", grade: .level1).first?.code == "workflow.settings")
        #expect(try check("kind: tool, with: {tool: http-get, arguments: {url: \"${input.text}\"}}", grade: .level2).first?.message.contains("a (tool, clearance up to L1)") == true)
        #expect(try check("kind: tool, with: {tool: time}", grade: .level1).isEmpty)
        // What a tool may give is in the answer.
        let onward = "kind: agent, with: {task: \"${input.text}\", tools: [http-get]}}, {id: b, kind: notify, with: {to: x, title: t, text: \"${a.answer}\"}"
        #expect(try check(onward, grade: .level1).first?.message.contains("a (L4) -> b (notify") == true)
    }

    @Test func aToolStepAsksAPersonAndGoesOn() async throws {
        let engine = WorkflowEngine(store: house.store, kinds: house.kinds, clock: house.clock, ids: IdentifierSource(random: SeededRandom(seed: 2)))
        let yaml = "workflow: w\nsteps: [{id: a, kind: tool, with: {tool: ask-person, arguments: {question: Which?, choices: [x, y]}}}]"
        let run = try await engine.start(try WorkflowDefinition(yaml: yaml), input: Labeled([:], .bottom))
        #expect(try await engine.advance(run) == .waiting)
        let task = try #require(try await engine.tasks().first)
        try await engine.answer(task.id, TaskAnswer(choice: "y", comment: "", by: "li", at: 0, attachments: []))
        #expect(try await engine.advance(run) == .completed)
        #expect(try await engine.detail(run).outputs["a"]?["result"]?["choice"] == "y")
    }
}
