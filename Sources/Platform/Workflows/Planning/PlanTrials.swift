import Core
import Labels
import Synchronization

/// Scores plans by running them: each plan on each case is a run of the engine, under an id that follows from what is run.
///
/// A run that has ended is not run again, whatever happened since; one that was cut short goes on where it was. Steps come from a list of kinds that read, compute and change nothing outside of the run's journal and the
/// audit log; a plan with any other kind, or with a step that tells others of its `subject`, is refused and never runs. What a case tells of its data is one bit, met or not, and goes to whoever searches.
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

    /// Kinds that the trials of a search may run. All others are refused: an outbox, files, deployments, people, code and tools are nothing to try things out on.
    public static let kinds: Set<String> = [
        "data-list", "data-import", "data-clean", "data-validate", "data-split", "detect", "grade", "protect", "knowledge-search", "model", "transform", "map", "loop", "switch", "call",
    ]
    /// An input that makes a step write a reading or into a register.
    private static let telling = "subject"

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
        for kind in steps.map(\.kind) + steps.compactMap(\.undo?.kind) where !Self.kinds.contains(kind) {
            return PlanReason("\(kind) 可能影响运行之外的事物或要等人，搜索中从不运行", "\(kind) may change something outside of the run or wait for a person, and is never run in a search")
        }
        if let kind = steps.first(where: { $0.with[Self.telling] != nil })?.kind { return PlanReason("\(kind) 带有 subject，会登记其结果", "\(kind) with a subject tells others of its result") }
        if let kind = plan.missing.first { return PlanReason("此处没有 \(kind)", "\(kind) is not installed here") }
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
