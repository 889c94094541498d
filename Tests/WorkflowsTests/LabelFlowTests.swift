import Core
import FlowOracle
import Labels
import Store
import Support
import Testing

@testable import Workflows

/// The checker beside a second reading of what workflows do.
@Suite struct LabelFlowTests {
    @Test func noLeakIsAcceptedInRandomWorkflows() throws {
        var comparison = FlowComparison()
        for seed in 1...1_000 { try comparison.add(seed: UInt64(seed), executions: 12) }
        #expect(comparison.leaksAccepted == 0, "seed \(comparison.firstWrong ?? 0)")
        #expect(comparison.soundAccepted > 200 && comparison.leaksRefused > 200)
        #expect(comparison.agreement > 0.9, "\(comparison)")
    }

    @Test func theEngineGivesEveryStepTheLabelThatTheOracleGives() async throws {
        let directory = try TemporaryDirectory()
        let store = try Store.open(at: directory.path)
        let engine = WorkflowEngine(store: store, kinds: FlowStep.all, clock: SystemWallClock(), ids: IdentifierSource())
        var compared = 0
        for seed in 1...150 {
            var generator = RandomFlow(seed: UInt64(seed))
            let definition = try WorkflowDefinition(yaml: generator.yaml())
            guard WorkflowChecker(kinds: FlowStep.all).check(definition).allSatisfy({ $0.severity != .error }) else { continue }
            let inputs = definition.inputs.keys.sorted().enumerated().reduce(into: [String: JSONValue]()) { $0[$1.element] = .string(["yes", "no", "a"][(seed + $1.offset) % 3]) }
            let run = try await engine.start(definition, input: Labeled(inputs, Label(.core).joined(.bottom).capped(definition)))
            let status = try await engine.advance(run), failure = try await engine.detail(run).summary.failure ?? ""
            // A way that was not taken gives null, which the engine refuses where a value is required; the oracle has no types.
            if status == .failed, failure.contains("is not of type any") { continue }
            #expect(status == .completed, "seed \(seed): \(failure)")
            let trace = FlowOracle.run(definition, inputs: inputs, sinkGrade: .level2)
            let detail = try await engine.detail(run)
            for step in detail.steps where step.label != nil { #expect(step.label?.grade == trace.grades[step.id], "seed \(seed), \(step.id)") }
            #expect(detail.result?.value == trace.outputs, "seed \(seed)")
            compared += 1
        }
        #expect(compared > 30)
    }
}

extension Label {
    /// No higher than what a definition declares.
    fileprivate func capped(_ definition: WorkflowDefinition) -> Label { Label(min(grade, definition.inputs.values.map(\.grade).max() ?? .level1)) }
}
