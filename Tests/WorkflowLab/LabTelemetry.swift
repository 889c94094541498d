import Core
import FlowOracle
import Foundation
import Labels
import Store
import Traffic
import Workflows

/// Fails in one attempt of three, the same ones in every process, and says what a model would have read.
struct LabFlaky: StepKind {
    let id = "lab-flaky"
    let signature = StepSignature(inputs: ["x": .init(.any)], outputs: ["text": .string], clearance: .all, labelRule: .joinsInputs)

    func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let chance = SHA256.digest(Array("\(context.idempotencyKey)|\(context.attempt)".utf8))[0]
        guard chance % 3 != 0 else { throw Fault(.workflowUnknown, "this attempt fails", remedy: "try again") }
        return .done(output: ["text": .string(digest(input.values))], usage: StepUsage(model: "lab", tokensRead: 100, tokensWritten: 10, milliseconds: 1))
    }
}

/// Runs with everything in them whose spans are sent to a collector as they go; taken up again by the next process when one is killed.
struct LabTelemetry {
    let options: LabOptions

    init(_ options: LabOptions) { self.options = options }

    /// Retries, maps in maps, a call, a loop, a timer, a person, undo, and a last step that may fail for good.
    static let rich = """
        workflow: rich
        inputs: {items: array}
        workflows:
          sub:
            inputs: {x: string}
            steps: [{id: deep, kind: lab-flaky, with: {x: "${input.x}"}, retry: {attempts: 9, delay: 0}}]
            outputs: {text: "${deep.text}"}
        steps:
          - {id: first, kind: lab-flaky, with: {x: "${input.items}"}, retry: {attempts: 9, delay: 0}, undo: {kind: lab-pass, with: {x: "${first.text}"}}}
          - id: each
            kind: map
            with: {items: "${input.items}"}
            parallel: 3
            steps:
              - {id: one, kind: lab-flaky, with: {x: "${each.item}"}, retry: {attempts: 9, delay: 0}}
              - {id: called, kind: call, workflow: sub, with: {x: "${one.text}"}}
              - id: inner
                kind: map
                with: {items: ["a", "b"]}
                steps: [{id: leaf, kind: lab-pass, with: {x: "${inner.item}", y: "${called.text}"}}]
                gives: "${leaf.text}"
            gives: "${called.text}"
          - {id: nap, kind: wait, with: {seconds: 0.01}, after: [first]}
          - {id: ask, kind: lab-ask, with: {x: "${first.text}"}, after: [nap]}
          - id: refine
            kind: loop
            with: {value: "${ask.comment}"}
            max: 3
            steps: [{id: better, kind: lab-pass, with: {x: "${refine.value}"}}]
            gives: "${better.text}"
            until: {value: "${better.text}", equals: "never"}
          - {id: last, kind: lab-flaky, with: {x: "${refine.value}"}, after: [each]}
        """

    func report() async throws -> JSONValue {
        let store = try Store.open(at: options.directory)
        let kinds: [any StepKind] = [LabFlaky(), LabStep(id: "lab-pass", effect: .none), LabQuestion()] + FlowStep.all
        let engine = WorkflowEngine(store: store, kinds: kinds, clock: SystemWallClock(), ids: IdentifierSource(), concurrency: 8)
        var settings = SpanExporter.Settings(address: try HTTPAddress(parsing: options["otlp"] ?? ""))
        settings.batchCountMax = options.number("batch", 64)
        let exporter = SpanExporter(store: store, engine: engine, transport: HTTPClient(), settings: settings, clock: SystemWallClock())
        try await exporter.open()
        let sending = Task { await exporter.tend(pause: 0.02) }
        let runs = try definitions().map { ("run-\($0)", $1) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, run) in runs.enumerated() {
                if number >= 8 { try await group.next() }
                group.addTask { try await finish(run.0, run.1, engine) }
            }
            try await group.waitForAll()
        }
        sending.cancel()
        await sending.value
        await exporter.flush(seconds: 600)
        let report = try await expectation(runs.map(\.0), store)
        try store.close()
        return report
    }

    /// Half of them as above, half random ones that the checker takes.
    private func definitions() throws -> [(Int, WorkflowDefinition)] {
        let rich = try WorkflowDefinition(yaml: Self.rich), checker = WorkflowChecker(kinds: FlowStep.all)
        var (seed, found) = (UInt64(options.number("seed", 1)), [(Int, WorkflowDefinition)]())
        for number in 0..<options.number("runs", 300) {
            guard number % 2 == 1 else {
                found.append((number, rich))
                continue
            }
            while true {
                seed += 1
                var generator = RandomFlow(seed: seed)
                let definition = try WorkflowDefinition(yaml: generator.yaml())
                guard checker.check(definition).allSatisfy({ $0.severity != .error }) else { continue }
                found.append((number, definition))
                break
            }
        }
        return found
    }

    private func finish(_ id: String, _ definition: WorkflowDefinition, _ engine: WorkflowEngine) async throws {
        _ = try await engine.start(definition, input: LabDefinitions.input(for: definition), runID: id)
        while true {
            let status = try await engine.advance(id)
            if status.isFinal { return }
            for task in try await engine.tasks() where task.runID == id { try await engine.answer(task.id, LabQuestion.answer(to: task, at: 0)) }
            if status == .sleeping { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    /// What the journal says that the collector must have.
    private func expectation(_ runs: [String], _ store: Store) async throws -> JSONValue {
        var (spans, attempts, statuses) = ([String](), 0, [String: Int]())
        for run in runs {
            let events = try await store.read { try $0.events(of: "run/" + run) }
            let trace = try RunTrace(runID: run, events: events)
            spans += trace.spans.map { "\(trace.id)/\($0.id)" }
            // Counted from the events themselves, not by what makes spans of them.
            attempts += events.count { $0.kind == "step-started" }
            if let last = events.last { statuses[last.kind, default: 0] += 1 }
        }
        return [
            "runs": .int(runs.count), "attempts": .int(attempts), "ends": .object(statuses.mapValues { .int($0) }), "spans": .int(spans.count), "sha256": .string(SHA256.hex(Array(spans.sorted().joined(separator: "\n").utf8))),
        ]
    }
}
