import Core
import Labels
import Store

// What people and systems outside tell a run.
extension WorkflowEngine {
    /// Ends a run at its next step boundary. Ended runs stay as they are.
    public func cancel(_ runID: String) async throws {
        try await tell(runID) { [self] writer, transaction in
            guard writer.state.ended == nil else { return }
            try writer.append(RunEvent.cancelled, [:], in: transaction)
            try cancelTasks(of: writer.state, in: transaction)
        }
    }

    /// Starts nothing more in a run until ``unpause(_:)``; what is at work ends. Ended runs stay as they are.
    public func pause(_ runID: String) async throws {
        try await tell(runID) { writer, transaction in
            guard writer.state.ended == nil, !writer.state.isPaused else { return }
            try writer.append(RunEvent.paused, [:], in: transaction)
        }
    }

    /// Lets a paused run go on; ``advance(_:)`` then carries it on.
    public func unpause(_ runID: String) async throws {
        try await tell(runID) { writer, transaction in
            guard writer.state.ended == nil, writer.state.isPaused else { return }
            try writer.append(RunEvent.resumed, [:], in: transaction)
        }
    }

    /// Brings an event to a run: a step that waits for it is done with it, or the next that will. ``advance(_:)`` then carries the run on.
    ///
    /// - Parameter isNew: Asked in the transaction that brings the event; where it says no, nothing is brought. The default brings it always.
    /// - Throws: `workflows.unknown`; `workflows.signals` when as many events of that name wait already; `workflows.label` for a payload graver than L4.
    public func signal(_ runID: String, event: String, payload: Labeled<[String: JSONValue]>, isNew: (@Sendable (Transaction) throws -> Bool)? = nil) async throws {
        guard !event.isEmpty, event.utf8.count <= 200 else { throw Fault(.workflowDefinition, "an event needs a name of at most 200 bytes", remedy: "give it one") }
        guard payload.label.grade <= .level4 else { throw Fault(.workflowLabel, "the payload is \(payload.label); events carry at most L4", remedy: "protect it first") }
        try await tell(runID) { writer, transaction in
            if let isNew, try !isNew(transaction) { return }
            guard writer.state.ended == nil else { throw Fault(.workflowSignals, "run \(runID) has ended", remedy: "start another") }
            guard writer.state.signals[event, default: []].count < Self.signalCountMax else {
                throw Fault(.workflowSignals, "\(Self.signalCountMax) events of that name wait in run \(runID) already", remedy: "send it when the run has taken some")
            }
            try writer.append(RunEvent.signaled, ["event": .string(event), "payload": .object(payload.value), "label": payload.label.json], in: transaction)
        }
    }

    /// Events of one name that a run keeps until its steps take them.
    static let signalCountMax = 100

    /// Goes on with a running run under another definition: steps not yet reached may be inserted, replaced or left out.
    ///
    /// The definition is checked as one that starts, and every step that was reached must be in it as it was, with the workflows that it calls. The change is an event of the journal, so it holds
    /// after a crash, and the run shows under which definition it went on.
    /// - Throws: `workflows.change` naming the step that was reached and differs; else as ``start(_:input:runID:)``.
    public func change(_ runID: String, to new: WorkflowDefinition) async throws {
        try await tell(runID) { [self] writer, transaction in
            let state = writer.state
            guard state.ended == nil else { throw Fault(.workflowChange, "run \(runID) has ended", remedy: "fork it with the other definition") }
            try checkStart(new, input: Labeled(state.input, state.inputLabel))
            let steps = Dictionary(new.steps.map { ($0.id, $0) }) { first, _ in first }
            for step in state.definition.steps where state.status(of: step.id) != .pending {
                guard steps[step.id] == step else {
                    throw Fault(.workflowChange, "step \(step.id) was reached and is another in the new definition", remedy: "keep it as it was, or fork the run from it")
                }
                let called = step.calledWorkflows(in: state.definition.workflows)
                guard called.allSatisfy({ new.workflows[$0] == state.definition.workflows[$0] }) else {
                    throw Fault(.workflowChange, "step \(step.id) was reached and calls a workflow that is another in the new definition", remedy: "keep it as it was, or fork the run from it")
                }
            }
            for (field, declared) in state.definition.inputs where new.inputs[field] != declared {
                throw Fault(.workflowChange, "the input \(field) is declared otherwise", remedy: "keep it as it was, or fork the run")
            }
            guard new.name == state.definition.name else { throw Fault(.workflowChange, "the new definition is of workflow \(new.name)", remedy: "keep the name") }
            try writer.append(RunEvent.changed, ["definition": .string(new.yaml)], in: transaction)
        }
    }

    /// What ``migrate(to:)`` did.
    public struct Migration: Sendable, Hashable {
        public var changed: [String] = []
        /// Why others stayed as they were.
        public var refused: [String: String] = [:]

        public init() {}
    }

    /// Changes every unfinished run of a workflow to another definition of it; runs that cannot change stay as they are.
    public func migrate(to new: WorkflowDefinition) async throws -> Migration {
        var migration = Migration()
        for status in RunStatus.allCases where !status.isFinal {
            for run in try await runs(status: status, limit: Self.resumeCountMax) where run.workflow == new.name {
                do {
                    try await change(run.id, to: new)
                    migration.changed.append(run.id)
                } catch let fault as Fault where fault.code.kind != .io && fault.code.kind != .full {
                    migration.refused[run.id] = fault.message
                }
            }
        }
        return migration
    }

    /// Reads a run and writes to it in one transaction.
    private func tell(_ runID: String, _ body: @escaping @Sendable (inout EventWriter, Transaction) throws -> Void) async throws {
        let now = clock.now
        let observed = try await store.write { [self] transaction -> [ObservedEvent] in
            let state = try RunState(runID: runID, events: transaction.events(of: Self.stream(runID)), definitions: definitions)
            let last = state.lastSequence
            var writer = EventWriter(state: state, now: now, engine: self)
            try body(&writer, transaction)
            guard writer.state.lastSequence > last else { return [] }
            try write(writer.summary, nextTime: writer.state.nextTime, in: transaction)
            return writer.observed
        }
        observe(observed, of: runID)
    }
}

extension WorkflowDefinition.StepDefinition {
    /// The workflows that it calls, and those that these call.
    func calledWorkflows(in workflows: [String: WorkflowDefinition.Subworkflow]) -> Set<String> {
        var (found, waiting) = (Set<String>(), [self])
        while let step = waiting.popLast() {
            for body in step.nested?.bodies ?? [] { waiting += body.steps }
            if case .call(let name) = step.nested, found.insert(name).inserted { waiting += workflows[name]?.steps ?? [] }
        }
        return found
    }
}

extension Fault.Code {
    /// A run cannot go on under another definition.
    public static let workflowChange = Fault.Code("workflows.change", .conflict)
    /// A run takes no more events.
    public static let workflowSignals = Fault.Code("workflows.signals", .conflict)
    /// A step took longer than its timeout.
    public static let workflowTimeout = Fault.Code("workflows.timeout", .io)
}
