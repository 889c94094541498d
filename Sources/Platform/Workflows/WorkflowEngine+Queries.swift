import Core
import Labels
import Store

extension WorkflowEngine {
    /// Runs, the newest first.
    public func runs(status: RunStatus? = nil, limit: Int = 100, offset: Int = 0) async throws -> [RunSummary] {
        let collection = status == nil ? summaries : summariesByStatus
        return try await store.read { transaction in
            try transaction.list(collection, sortPrefix: status.map { $0.rawValue + "|" } ?? "", descending: true, limit: limit, offset: offset).map(\.value)
        }
    }

    /// A run in full, rebuilt from its journal.
    /// - Throws: `workflows.unknown`.
    public func detail(_ runID: String) async throws -> RunDetail {
        detail(of: try await load(runID))
    }

    private func detail(of state: RunState) -> RunDetail {
        let now = clock.now
        let summary = EventWriter(state: state, now: now, engine: self).summary
        let steps = state.definition.steps.flatMap { step in
            [state.records[step.id] ?? StepRecord(id: step.id, kind: step.kind, status: "pending", startedAt: now)] + state.innerRecords(of: step.id)
        }
        return RunDetail(
            summary: summary, definition: state.definition, input: Labeled(state.input, state.inputLabel), steps: steps,
            outputs: state.records.compactMapValues(\.output), result: state.result, usages: state.usages, tallies: state.tallies, lastSequence: state.lastSequence)
    }

    /// A run with its trace and what its steps took: what a page shows, of one look at the journal.
    /// - Throws: `workflows.unknown`.
    public func view(_ runID: String) async throws -> RunView {
        let events = try await store.read { try $0.events(of: Self.stream(runID)) }
        let state = try RunState(runID: runID, events: events, definitions: definitions, keepsTaken: true)
        let trace = try RunTrace(runID: runID, events: events, resources: resourcesByKind, prices: ModelPrices(), definitions: definitions)
        let detail = detail(of: state)
        var inputs: [String: Labeled<[String: JSONValue]>] = [:]
        for step in detail.steps where step.status != "pending" && inputs.count < RunState.shownCountMax {
            inputs[step.id] = state.input(for: step.id).map { Labeled($0.values, $0.label) } ?? state.takenInside?[step.id]
        }
        return RunView(detail: detail, trace: trace, inputs: inputs, signs: signs(of: runID))
    }

    /// The newest event of a run, 0 of none: whether something has changed.
    public func lastSequence(of runID: String) async throws -> Int { try await store.read { try $0.lastSequence(of: Self.stream(runID)) } }

    /// Counts over all runs.
    public func statistics() async throws -> WorkflowStatistics {
        let (byStatus, counters) = (summariesByStatus, counters)
        return try await store.read { transaction in
            var runs: [RunStatus: Int] = [:]
            for status in RunStatus.allCases { runs[status] = try transaction.count(byStatus, sortPrefix: status.rawValue + "|") }
            return WorkflowStatistics(
                runs: runs, stepsRun: try transaction.get("steps-run", in: counters) ?? 0,
                stepsResumed: try transaction.get("steps-resumed", in: counters) ?? 0)
        }
    }

    /// Step attempts of all runs whose id begins with `runPrefix`.
    public func steps(runPrefix: String) async throws -> StepCounts {
        try await store.read { transaction in
            func count(_ kind: String) throws -> Int { try transaction.eventCount(kind: kind, streamPrefix: Self.stream(runPrefix)) }
            return StepCounts(started: try count(RunEvent.stepStarted), done: try count(RunEvent.stepDone) + count(RunEvent.stepTurned) + count(RunEvent.stepTold), failed: try count(RunEvent.stepFailed))
        }
    }

    /// Human tasks of a status, the oldest first.
    public func tasks(status: HumanTask.Status = .open, limit: Int = 100) async throws -> [HumanTask] {
        let collection = humanTasks
        return try await store.read { try $0.list(collection, sortPrefix: status.rawValue + "|", limit: limit).map(\.value) }
    }

    /// One human task.
    /// - Throws: `workflows.unknown`.
    public func task(_ taskID: String) async throws -> HumanTask {
        let collection = humanTasks
        guard let task = try await store.read({ try $0.get(taskID, in: collection) }) else {
            throw Fault(.workflowUnknown, "there is no task \(taskID)", remedy: "see `banyan task list`")
        }
        return task
    }

    /// Takes in a person's answer. When enough people agree it is the end of the step, and ``advance(_:)`` carries the run on.
    ///
    /// - Throws: `workflows.task-closed` when it was answered or cancelled before, `workflows.task-choice` for an unknown choice, `workflows.task-answer`
    ///   when a value does not fit the form, `workflows.task-person` when it is not for this person. Nothing is kept then and the task stays open.
    public func answer(_ taskID: String, _ answer: TaskAnswer) async throws {
        let now = clock.now
        let asked = try await task(taskID)
        if asked.status == .open { try checkFiles(of: try asked.checked(answer), for: asked) }
        let observed = try await store.write { [self] transaction -> [ObservedEvent] in
            guard let task = try transaction.get(taskID, in: humanTasks), task.status == .open else {
                throw Fault(.taskClosed, "task \(taskID) is closed already", remedy: "reload the list of tasks")
            }
            let state = try RunState(runID: task.runID, events: transaction.events(of: Self.stream(task.runID)), definitions: definitions)
            guard state.ended == nil, state.status(of: task.stepID) == .waiting(task: taskID) else {
                throw Fault(.taskClosed, "the run of task \(taskID) no longer waits for it", remedy: "reload the list of tasks")
            }
            let next = try take(answer, into: task, workflow: state.definition.name, in: transaction)
            guard next.status == .answered else { return [] }
            var writer = EventWriter(state: state, now: now, engine: self)
            // A step of several turns goes on with the answer; for another it is the end.
            let event = state.turns[task.stepID]?.isAsking == true ? (kind: RunEvent.stepTold, field: "note") : (kind: RunEvent.stepDone, field: "output")
            try writer.append(event.kind, ["step": .string(task.stepID), event.field: next.output, "label": task.label.json], in: transaction)
            try write(writer.summary, nextTime: writer.state.nextTime, in: transaction)
            return writer.observed
        }
        observe(observed, of: asked.runID)
    }

    /// Cancels the open tasks of a run.
    func cancelTasks(of state: RunState, in transaction: Transaction) throws {
        for path in state.active {
            guard case .waiting(let taskID) = state.status(of: path), var task = try transaction.get(taskID, in: humanTasks) else { continue }
            task.status = .cancelled
            try transaction.put(task, as: taskID, sort: task.sort, in: humanTasks)
        }
    }
}
