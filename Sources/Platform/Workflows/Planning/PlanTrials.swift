import Core
import Labels
import Synchronization

/// Scores plans by running them: each plan on each case is a run of the engine, under an id that follows from what is run.
///
/// A run that has ended is not run again, whatever happened since; one that was cut short goes on where it was. Only steps run whose kinds say that they change nothing outside of the run's journal and the
/// audit log (``StepKind/leavesNothing(with:)``); a plan with any other step is refused and never runs. What a case tells of its data is one bit, met or not, and goes to whoever searches.
public final class PlanTrials: Sendable {
    /// What became of the runs that were asked for.
    public struct Counts: Sendable, Hashable {
        /// Started here.
        public var started = 0
        /// Cut short before, and carried on here.
        public var carriedOn = 0
        /// Had ended before.
        public var found = 0
        /// Ended otherwise than completed: a case that is not met.
        public var failed = 0
    }

    private let engine: WorkflowEngine
    private let cases: [TrialCase]
    private let searchID: String
    private let deadline: Double
    private let known = Mutex<(counts: Counts, scores: [String: Double])>((Counts(), [:]))

    /// Kinds of which some steps may be tried: not those of an outbox, of files, deployments, people, code and tools.
    public var kinds: Set<String> { Set(engine.kinds.values.filter { $0.leavesNothing(with: []) }.map(\.id)) }

    private func mayRun(_ kind: String, _ with: [String: Binding]) -> Bool { engine.kinds[kind]?.leavesNothing(with: Set(with.keys)) ?? false }

    /// - Parameters:
    ///   - searchID: Searches of one id share their runs; letters, digits and `-`.
    ///   - seconds: After so many no trial is begun; one at work ends.
    public init(engine: WorkflowEngine, cases: [TrialCase], searchID: String, seconds: Double) {
        (self.engine, self.cases, self.searchID) = (engine, cases, searchID)
        deadline = engine.clock.now + seconds
    }

    public var counts: Counts { known.withLock { $0.counts } }

    /// Why a plan may not be tried; nil when it may.
    public func refusal(_ plan: WorkflowPlan) -> PlanReason? {
        let definition = plan.definition
        let steps = Self.all(definition.steps) + definition.workflows.sorted { $0.key < $1.key }.flatMap { Self.all($0.value.steps) }
        if let kind = plan.missing.first { return PlanReason("此处没有 \(kind)", "\(kind) is not installed here") }
        let entered = steps.filter { $0.nested == nil && $0.kind != RunState.transform }.map { ($0.kind, $0.with) } + steps.compactMap(\.undo).map { ($0.kind, $0.with) }
        for (kind, with) in entered where !mayRun(kind, with) {
            if let telling = with.keys.sorted().first(where: { key in mayRun(kind, with.filter { $0.key != key }) }) { return PlanReason("\(kind) 带有 \(telling)，会登记其结果", "\(kind) with \(telling) tells others of its result") }
            return PlanReason("\(kind) 可能影响运行之外的事物或要等人，搜索中从不运行", "\(kind) may change something outside of the run or wait for a person, and is never run in a search")
        }
        for (name, field) in definition.inputs.sorted(by: { $0.key < $1.key }) where !cases.allSatisfy({ $0.inputs[name].map(field.type.matches) ?? false }) {
            return PlanReason("需要输入 \(name)，而并非每个用例都提供", "it needs the input \(name), which not every case gives")
        }
        return nil
    }

    private static func all(_ steps: [WorkflowDefinition.StepDefinition]) -> [WorkflowDefinition.StepDefinition] { steps.flatMap { [$0] + all(($0.nested?.bodies ?? []).flatMap(\.steps)) } }

    /// 1 when a plan meets a case, else 0.
    /// - Throws: ``PlanSearch/TimeIsUp``; `workflows.plan` for a plan that may not be tried; what the store throws.
    public func score(_ plan: WorkflowPlan, _ number: Int) async throws -> Double {
        if let reason = refusal(plan) { throw Fault(.workflowPlan, reason.english, remedy: "leave it out") }
        let definition = plan.definition, trial = cases[number]
        let inputs = trial.inputs.filter { definition.inputs[$0.key] != nil }
        let runID = "trial-\(searchID)-\(SHA256.hex(Array("\(definition.yaml)\n\(JSONValue.object(inputs).text)".utf8)).prefix(20))-\(trial.line)"
        if let score = known.withLock({ $0.scores[runID] }) { return score }
        guard engine.clock.now < deadline else { throw PlanSearch.TimeIsUp() }
        let score = try await judge(try await run(definition, inputs, runID), trial)
        known.withLock { $0.scores[runID] = score }
        return score
    }

    /// The run of a trial, ended.
    private func run(_ definition: WorkflowDefinition, _ inputs: [String: JSONValue], _ runID: String) async throws -> RunDetail {
        let isKnown = try await engine.lastSequence(of: runID) > 0
        if isKnown {
            let detail = try await engine.detail(runID)
            if detail.summary.status.isFinal {
                known.withLock { $0.counts.found += 1 }
                return detail
            }
        } else {
            let label = Label(definition.inputs.values.map(\.grade).max() ?? .level1)
            _ = try await engine.start(definition, input: Labeled(inputs, label), runID: runID)
        }
        known.withLock { if isKnown { $0.counts.carriedOn += 1 } else { $0.counts.started += 1 } }
        // No kind of the list waits; a run that does all the same must not be left to go on by itself.
        if try await !engine.carry(runID).isFinal { try await engine.cancel(runID) }
        return try await engine.detail(runID)
    }

    private func judge(_ detail: RunDetail, _ trial: TrialCase) async throws -> Double {
        guard detail.summary.status == .completed else {
            known.withLock { $0.counts.failed += 1 }
            return 0
        }
        var outputs: [String: JSONValue] = [:]
        for step in detail.definition.steps {
            let inputs = engine.kinds[step.kind]?.signature.inputs ?? [:]
            // What a kind would give of an input that the step has not, as a masked text where records are masked, is nothing that it gives.
            for (name, value) in detail.outputs[step.id] ?? [:] where inputs[name] == nil || step.with[name] != nil { outputs[name] = value }
        }
        outputs.merge(detail.result?.value ?? [:]) { $1 }
        return try trial.holds(outputs: outputs, steps: detail.outputs.mapValues { .object($0) }) ? 1 : 0
    }
}
