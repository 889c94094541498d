import Core
import Labels
import Support
import Testing
import Workflows

@testable import Nodes

/// The step kind `code` over a runner of the tests; the box itself is tested with the binary.
@Suite struct CodeNodeTests {
    private static let definition = "workflow: w\ninputs: {rows: {type: array, grade: L3}}\nsteps:\n  - {id: c, kind: code, with: {program: repeat, input: \"${input.rows}\"}}"

    @Test func codeIsOffUnlessAProgramIsAllowedForTheCheckAndForTheEngine() async throws {
        let house = try NodeHouse()
        var services = house.services
        services.settings.codeRunner = nil
        let definition = try WorkflowDefinition(yaml: Self.definition)
        let found = WorkflowChecker(kinds: NodeRegistry.all(services)).check(definition)
        #expect(found.map(\.code) == ["workflow.refused"] && found.first?.place == "step c" && found.first?.message.contains("--allow-code") == true)
        #expect(WorkflowChecker(kinds: house.kinds).check(definition).isEmpty)
        let closed = WorkflowEngine(store: house.store, kinds: NodeRegistry.all(services), clock: house.clock, ids: IdentifierSource())
        await #expect { try await closed.start(definition, input: Labeled(["rows": [1]], .bottom)) } throws: { ($0 as? Fault)?.code == .workflowUnsound }
        // A run that was begun where code is allowed does not run it where it is not.
        let open = WorkflowEngine(store: house.store, kinds: house.kinds, clock: house.clock, ids: IdentifierSource())
        let run = try await open.start(definition, input: Labeled(["rows": [1]], .bottom))
        #expect(try await closed.advance(run) == .failed)
        // Nor is it hidden inside another step, or an undo.
        for step in [
            "{id: m, kind: map, with: {items: \"${input.rows}\"}, steps: [{id: c, kind: code, with: {program: repeat}}]}", "{id: n, kind: data-list, with: {folder: x}, undo: {kind: code, with: {program: repeat}}}",
        ] {
            let hidden = try WorkflowDefinition(yaml: "workflow: w\ninputs: {rows: {type: array, grade: L3}}\nsteps:\n  - \(step)")
            #expect(WorkflowChecker(kinds: NodeRegistry.all(services)).check(hidden).contains { $0.code == "workflow.refused" })
        }
    }

    @Test func whatItGivesIsAsGraveAsWhatItTook() async throws {
        let house = try NodeHouse()
        let engine = WorkflowEngine(store: house.store, kinds: house.kinds, clock: house.clock, ids: IdentifierSource())
        let run = try await engine.start(try WorkflowDefinition(yaml: Self.definition), input: Labeled(["rows": [1, 2]], Label(.level3, [.personal])))
        #expect(try await engine.advance(run) == .completed)
        let detail = try await engine.detail(run)
        #expect(detail.outputs["c"]?["output"] == ["given": [1, 2]])
        #expect(detail.steps.first?.label == Label(.level3, [.personal]))
    }

    @Test func outputsThatAreNotAsDeclaredAreRefused() async throws {
        let house = try NodeHouse()
        func end(_ values: [String: JSONValue]) async -> Fault.Code? { await house.refusal("code", values) }
        #expect(await end(["program": "repeat", "input": 1]) == nil)
        #expect(await end(["program": "repeat", "input": 1, "outputs": ["given": "number"]]) == nil)
        #expect(await end(["program": "repeat", "input": 1, "outputs": ["given": "string"]]) == .nodeCode)
        #expect(await end(["program": "repeat", "input": 1, "outputs": ["given": "number", "more": "any"]]) == .nodeCode)
        #expect(await end(["program": "repeat", "input": 1, "outputs": [:]]) == .nodeCode)
        #expect(await end(["program": "repeat", "input": 1, "outputs": ["given": "thing"]]) == .nodeInput)
        #expect(await end(["program": "babble"]) == .nodeCode)
        #expect(await end(["program": "list"]) == .nodeCode)
        #expect(await end(["program": "unknown"]) == .nodeSandbox)
        #expect(await end(["program": "repeat", "source": .string(String(repeating: "x", count: Sandbox.sourceByteCountMax + 1))]) == .nodeBound)
    }
}
