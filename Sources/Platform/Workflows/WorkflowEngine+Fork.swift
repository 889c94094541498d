import Core
import Labels
import Store

/// A new run that goes on where an earlier one is taken up again.
public struct ForkedRun: Sendable, Hashable {
    public let id: String
    /// Steps whose outputs were kept, in the order of the definition; the others run.
    public let kept: [String]
}

extension WorkflowEngine {
    /// Starts a new run that keeps what an earlier one has done before a step, and runs that step and all that follows from it: the way out when a step has failed for good, or when its outcome was wrong.
    ///
    /// Kept are steps that had ended or were skipped, are written in the new definition as they were, and need none that runs again, by value or by order. Their outputs and labels are journaled in one transaction
    /// with the start of the new run; their bodies and effects are not repeated. The earlier run stays as it is. Steps that run again have new idempotency keys, so systems outside take them for new work.
    ///
    /// - Parameters:
    ///   - step: The step to run again, in the new definition.
    ///   - definition: In place of the run's own; checked again as one that starts.
    ///   - newID: Give one to make the call idempotent: an existing run of that id is left as it is.
    /// - Throws: `workflows.unknown` for no such run or step; else as ``start(_:input:runID:)``.
    public func fork(_ runID: String, from step: String, definition: WorkflowDefinition? = nil, newID: String? = nil) async throws -> ForkedRun {
        let old = try await load(runID)
        let new = definition ?? old.definition
        guard new.steps.contains(where: { $0.id == step }) else {
            throw Fault(.workflowUnknown, "workflow \(new.name) has no step \(step)", remedy: "choose one of \(new.steps.map(\.id).joined(separator: ", "))")
        }
        let input = Labeled(old.input, old.inputLabel)
        try checkStart(new, input: input)
        let kept = Self.kept(of: old, in: new, from: step)
        let id = newID ?? ids.next("run")
        let now = clock.now
        let body: JSONValue = ["definition": .string(new.yaml), "input": .object(old.input), "label": old.inputLabel.json, "forkedFrom": .string(runID), "forkedStep": .string(step)]
        let isNew = try await store.write { [self] transaction in
            guard try transaction.lastSequence(of: Self.stream(id)) == 0 else { return false }
            let first = try transaction.append(kind: RunEvent.started, body: body, at: now, to: Self.stream(id), after: 0)
            let started = JournalEvent(sequence: first, kind: RunEvent.started, at: now, body: body)
            var writer = EventWriter(state: try RunState(runID: id, events: [started], definitions: definitions), now: now, engine: self)
            for step in kept {
                let isSkipped = old.status(of: step) == .skipped
                let output: JSONValue = isSkipped ? .null : .object(old.output(of: step) ?? [:])
                var body: JSONValue = ["step": .string(step), "output": output, "label": old.heldLabel(of: step).json]
                // What is known apart from the whole stays known.
                if let kept = old.instance(of: step) {
                    if !kept.parts.isEmpty { body["parts"] = .object(kept.parts.mapValues(\.json)) }
                    if let counts = kept.counts { body["counts"] = counts.json }
                    if let deep = kept.deepCounts { body["deepCounts"] = deep.json }
                }
                try writer.append(RunEvent.stepKept, body, in: transaction)
            }
            try write(writer.summary, nextTime: nil, in: transaction)
            return true
        }
        if isNew { observe([ObservedEvent(started: new.name)], of: id) }
        return ForkedRun(id: id, kept: kept)
    }

    /// The steps of a run that another definition can keep, in its order.
    private static func kept(of old: RunState, in new: WorkflowDefinition, from step: String) -> [String] {
        let before = Dictionary(old.definition.steps.map { ($0.id, $0) }) { first, _ in first }
        var kept: [String] = []
        for definition in (new.order ?? []).map({ new.steps[$0] }) where definition.id != step && before[definition.id] == definition {
            let hasEnded = old.status(of: definition.id) == .done || old.status(of: definition.id) == .skipped
            if hasEnded, definition.sources.union(definition.after).allSatisfy(kept.contains) { kept.append(definition.id) }
        }
        return kept
    }
}
