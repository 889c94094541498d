import Core
import Labels
import Store

/// Makes the spans of ``RunTrace``.
struct SpanBuilder {
    let state: RunState
    let events: [JournalEvent]
    let attempts: [String: [AttemptReader.Attempt]]
    let resources: [String: String]
    let prices: ModelPrices
    /// Events of one span; so many do collectors take by default.
    static let eventCountMax = 128

    var spans: [TraceSpan] {
        // One that an earlier run had ended has its spans there, also when this run has taken it back.
        let steps = state.records.values.filter { !["pending", "skipped", "kept"].contains($0.status) && !(["undone", "undo-failed"].contains($0.status) && $0.attempts == 0) }
        return [run] + steps.map(step) + bodies + attempts.flatMap { path, attempts in attempts.map { attempt(path, $0) } }
    }

    private func id(_ role: TraceSpan.Role, _ path: String, attempt: Int = 0) -> String { RunTrace.spanID(role, run: state.runID, path: path, attempt: attempt) }

    /// The body that a step stands in, or the run.
    private func parent(of path: String) -> String {
        let scope = RunState.split(path).scope
        return scope.isEmpty ? id(.run, "") : id(.body, scope)
    }

    /// The end of what the run's end has ended.
    private var runEnd: (at: Double, sequence: Int)? { state.endedAt.map { ($0, state.lastSequence) } }

    private var run: TraceSpan {
        var span = TraceSpan(id: id(.run, ""), parent: nil, role: .run, name: state.definition.name, path: "", attempt: 0, start: state.startedAt)
        (span.end, span.endedBy) = (runEnd?.at, runEnd?.sequence)
        span.status = state.ended == .completed ? .done : state.ended == .failed ? .failed : .unset
        span.attributes = [
            "banyan.workflow.name": .string(state.definition.name), "banyan.workflow.version": .int(state.definition.version), "banyan.run.id": .string(state.runID),
            "banyan.run.steps_done": .int(state.stepsDone), "banyan.label.grade": .string(state.label.grade.description),
        ]
        if let ended = state.ended { span.attributes["banyan.run.status"] = .string(ended.rawValue) }
        if state.ended == .failed { span.attributes["error.type"] = .string(events.last { $0.kind == RunEvent.stepFailed }?.body["code"]?.string ?? "other") }
        let usages = state.usages
        if !usages.isEmpty {
            span.attributes["banyan.tokens.read"] = .int(usages.map(\.tokensRead).reduce(0, +))
            span.attributes["banyan.tokens.written"] = .int(usages.map(\.tokensWritten).reduce(0, +))
        }
        for cost in prices.costs(of: usages) { span.attributes["banyan.cost.\(cost.currency)"] = .double(cost.value) }
        let told: Set = [RunEvent.paused, RunEvent.resumed, RunEvent.changed, RunEvent.signaled, RunEvent.failing]
        let events = events.filter { told.contains($0.kind) }.map { TraceSpan.Event(name: $0.kind, at: $0.at) }
        (span.events, span.droppedEventCount) = (Array(events.prefix(Self.eventCountMax)), max(0, events.count - Self.eventCountMax))
        span.linked = state.forkedFrom
        return span
    }

    private func step(_ record: StepRecord) -> TraceSpan {
        let mine = attempts[record.id] ?? []
        var span = TraceSpan(
            id: id(.step, record.id), parent: parent(of: record.id), role: .step, name: RunState.split(record.id).id, path: record.id, attempt: 0, start: mine.first?.start ?? record.startedAt)
        // A step that was undone had ended before: its span is sent by then and stays as it was.
        let status = record.endedAt == nil ? record.status : "done"
        (span.end, span.endedBy) = (record.endedAt ?? runEnd?.at, record.endedBy ?? runEnd?.sequence)
        span.status = status == "done" ? .done : status == "failed" ? .failed : .unset
        span.attributes = ["banyan.step.id": .string(record.id), "banyan.step.kind": .string(record.kind), "banyan.step.status": .string(status), "banyan.step.attempts": .int(record.attempts)]
        if let label = record.label { span.attributes["banyan.label.grade"] = .string(label.grade.description) }
        if let resource = resources[record.kind] { span.attributes["banyan.step.resource"] = .string(resource) }
        if status == "failed" { span.attributes["error.type"] = .string(mine.last { $0.failure != nil }?.failure ?? "other") }
        span.events = mine.compactMap { attempt in attempt.wait.flatMap { wait in attempt.end.map { .init(name: "waiting", at: $0.at, attributes: ["banyan.wait": .string(wait)]) } } }
        return span
    }

    private func attempt(_ key: String, _ attempt: AttemptReader.Attempt) -> TraceSpan {
        let path = attempt.isUndo ? String(key.dropLast("/undo".count)) : key, record = state.records[path], usage = attempt.usage
        let name = attempt.isUndo ? "undo \(RunState.split(path).id)" : usage.map { "chat \($0.model)" } ?? "attempt"
        var span = TraceSpan(
            id: id(attempt.isUndo ? .undo : .attempt, path, attempt: attempt.number), parent: attempt.isUndo ? id(.run, "") : id(.step, path), role: attempt.isUndo ? .undo : .attempt, name: name, path: path,
            attempt: attempt.number, start: attempt.start)
        (span.end, span.endedBy) = (attempt.end?.at, attempt.end?.sequence)
        span.status = ["done", "waits", "turned"].contains(attempt.result) ? .done : ["failed", "cut-short"].contains(attempt.result) ? .failed : .unset
        span.attributes = ["banyan.step.id": .string(path), "banyan.step.attempt": .int(attempt.number)]
        if !attempt.result.isEmpty { span.attributes["banyan.attempt.result"] = .string(attempt.result) }
        if let kind = record?.kind { span.attributes["banyan.step.kind"] = .string(kind) }
        if span.status == .failed { span.attributes["error.type"] = .string(attempt.failure ?? (attempt.result == "failed" ? "other" : attempt.result)) }
        guard let usage else { return span }
        // The semantic conventions for generative models.
        span.attributes["gen_ai.operation.name"] = "chat"
        span.attributes["gen_ai.provider.name"] = "banyan"
        span.attributes["gen_ai.request.model"] = .string(usage.model)
        span.attributes["gen_ai.usage.input_tokens"] = .int(usage.tokensRead)
        span.attributes["gen_ai.usage.output_tokens"] = .int(usage.tokensWritten)
        span.attributes["banyan.compute.milliseconds"] = .double(usage.milliseconds)
        for cost in prices.costs(of: [usage]) { span.attributes["banyan.cost.\(cost.currency)"] = .double(cost.value) }
        return span
    }

    /// Items, rounds, cases and calls: they have no events and no records of their own, so when they began and ended is when their steps did.
    private var bodies: [TraceSpan] {
        struct Times {
            var start = Double.infinity, end = -Double.infinity
            var endedBy = 0
            var steps = 0
        }
        var bodies: [String: Times] = [:]
        for record in state.records.values where record.status != "pending" {
            let scope = RunState.split(record.id).scope
            guard !scope.isEmpty else { continue }
            var times = bodies[scope] ?? Times()
            times.start = min(times.start, attempts[record.id]?.first?.start ?? record.startedAt)
            times.end = max(times.end, record.endedAt ?? record.startedAt)
            times.endedBy = max(times.endedBy, record.endedBy ?? 0)
            times.steps += 1
            bodies[scope] = times
        }
        return bodies.compactMap { scope, times in
            guard let bracket = scope.utf8.lastIndex(of: UInt8(ascii: "[")) else { return nil }
            let owner = String(scope[..<bracket]), index = Int(scope[scope.utf8.index(after: bracket)...].dropLast()) ?? 0
            var span = TraceSpan(id: id(.body, scope), parent: id(.step, owner), role: .body, name: "\(RunState.split(owner).id)[]", path: scope, attempt: 0, start: times.start)
            if state.scopes[scope] == nil { (span.end, span.endedBy, span.status) = (times.end, times.endedBy, .done) } else { (span.end, span.endedBy) = (runEnd?.at, runEnd?.sequence) }
            span.attributes = ["banyan.step.id": .string(owner), "banyan.body.index": .int(index), "banyan.body.steps": .int(times.steps)]
            return span
        }
    }
}
