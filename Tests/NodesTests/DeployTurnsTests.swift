import Catalog
import Core
import Labels
import Store
import Support
import Synchronization
import Testing
import Workflows

@testable import Nodes

/// Deployments of one name at once: whatever order they come in, what answers is what the record says.
@Suite struct DeployTurnsTests {
    /// A maker that takes its time, differently each time.
    final class SlowMaker: AdapterMaker {
        let serving = Mutex<[String: [UInt8]]>([:])
        private let random: Mutex<SeededRandom>

        init(seed: UInt64) { random = Mutex(SeededRandom(seed: seed)) }

        func make(_ request: AdapterRequest, key: String, progress: @escaping @Sendable (Int, Int) -> Void) async throws -> MadeAdapter { throw Fault(.defect, "nothing is made here") }
        func keptKeys() throws -> Set<String> { [] }
        func forget(_ key: String) throws {}
        func check(_ adapter: [UInt8], as name: String) async throws {}
        func serve(_ adapter: [UInt8], as name: String) async throws {
            try await Task.sleep(for: .microseconds(Int(random.withLock { $0.next() } % 3_000)))
            serving.withLock { $0[name] = adapter }
        }
    }

    private static func adapter(_ house: NodeHouse, seed: Int) async throws -> String {
        let records: JSONValue = [["messages": [["role": "user", "content": "a"], ["role": "assistant", "content": "b"]]]]
        return try await house.run("tune-lora", ["records": records, "asset": "adapters/a", "seed": .int(seed)], step: "tune-\(seed)").output["version"]?.string ?? ""
    }

    private static func bytes(_ house: NodeHouse, _ version: String) async throws -> [UInt8] {
        try house.store.blobs.get(try await ModelVersions(services: house.services).version(version).blob)
    }

    @Test(arguments: [[0, 1], [1, 0]]) func whoeverIsRecordedLastAnswersInTheEnd(_ order: [Int]) async throws {
        let house = try NodeHouse(), versions = [try await Self.adapter(house, seed: 1), try await Self.adapter(house, seed: 2)]
        let kind = try house.kind("deploy")
        func turn(_ number: Int, _ notes: [StepNote]) async throws -> StepOutcome {
            try await kind.run(
                StepInput(values: ["model": .string(versions[number]), "name": "tiny:a", "metric": 1, "least": 0], label: .bottom), in: StepContext(runID: "run-\(number)", stepID: "d", attempt: 1, now: 0, notes: notes))
        }
        var notes: [Int: [StepNote]] = [:], effects: [Int: @Sendable (Transaction) throws -> Void] = [:]
        for number in [0, 1] {
            guard case .again(let next) = try await turn(number, []) else {
                Issue.record("it did all in one turn")
                return
            }
            (notes[number], effects[number]) = ([StepNote(next.note, label: next.label)], next.effect)
        }
        // Nothing answers before it is recorded.
        #expect(house.adapters.serving.withLock { $0.isEmpty })
        for number in order { try await house.store.write { [effects] in try effects[number]?($0) } }
        for number in order.reversed() {
            let outcome = try await turn(number, notes[number] ?? [])
            guard case .done(let output, _, _, _) = outcome else {
                Issue.record("it did not end")
                return
            }
            // Each tells what it deployed and what served before it, in the order of the record.
            #expect(output["version"] == .string(versions[number]) && output["previous"] == .string(number == order[0] ? "" : versions[order[0]]))
            let expected = try await Self.bytes(house, versions[order[1]])
            #expect(house.adapters.serving.withLock { $0["tiny:a"] } == expected)
        }
        #expect(try await Deployments(store: house.store).deployment("tiny:a")?.entries.map(\.version) == order.map { versions[$0] })
    }

    /// Two engines stand for two processes: their gates know nothing of one another.
    @Test(arguments: [UInt64(1), 2, 3]) func manyRunsOfTwoEnginesEndWithTheRecordAndTheAnswerAgreeing(_ seed: UInt64) async throws {
        let house = try NodeHouse(), maker = SlowMaker(seed: seed)
        var services = house.services
        services.settings.adapterMaker = maker
        let kinds = NodeRegistry.all(services), clock = SystemWallClock()
        let engines = (0..<2).map { _ in WorkflowEngine(store: house.store, kinds: kinds, clock: clock, ids: IdentifierSource()) }
        var runs: [(WorkflowEngine, String)] = []
        for number in 0..<12 {
            let version = try await Self.adapter(house, seed: number)
            let step = number % 4 == 3 ? "{id: s, kind: rollback, with: {name: \"tiny:a\"}, retry: {attempts: 5, delay: 0}}" : "{id: s, kind: deploy, with: {model: \"\(version)\", name: \"tiny:a\", metric: 1, least: 0}}"
            runs.append((engines[number % 2], try await engines[number % 2].start(try WorkflowDefinition(yaml: "workflow: w\nsteps:\n  - \(step)\n"), input: Labeled([:], .bottom))))
        }
        let ended = try await withThrowingTaskGroup(of: RunStatus.self) { group in
            for (engine, run) in runs { group.addTask { try await engine.advance(run) } }
            return try await group.reduce(into: [RunStatus]()) { $0.append($1) }
        }
        // A rollback may have had nothing to go back to; no deployment fails because there was another.
        #expect(ended.count { $0 == .completed } >= 9)
        let deployment = try #require(try await Deployments(store: house.store).deployment("tiny:a"))
        let recorded = try await Self.bytes(house, try #require(deployment.version))
        #expect(maker.serving.withLock { $0["tiny:a"] } == recorded)
    }

    @Test func anUndoRollsBackInOneTurn() async throws {
        let house = try NodeHouse()
        let (first, second) = (try await Self.adapter(house, seed: 1), try await Self.adapter(house, seed: 2))
        for (number, version) in [first, second].enumerated() { try await house.run("deploy", ["model": .string(version), "name": "tiny:a", "metric": 1, "least": 0], step: "d\(number)") }
        guard case .done(_, _, let effect?, _) = try await house.kind("rollback").run(StepInput(values: ["name": "tiny:a"], label: .bottom), in: StepContext(runID: "r", stepID: "d/undo", attempt: 1, now: 0)) else {
            Issue.record("it took more than one turn")
            return
        }
        try await house.store.write { try effect($0) }
        let expected = try await Self.bytes(house, first)
        #expect(house.adapters.serving.withLock { $0["tiny:a"] } == expected)
        #expect(try await Deployments(store: house.store).deployment("tiny:a")?.version == first)
    }
}
