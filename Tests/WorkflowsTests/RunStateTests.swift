import Core
import Labels
import Store
import Testing

@testable import Workflows

@Suite struct RunStateTests {
    private func started(_ definition: WorkflowDefinition) -> JournalEvent {
        JournalEvent(
            sequence: 1, kind: RunEvent.started, at: 0,
            body: ["definition": .string(definition.yaml), "input": ["text": "x"], "label": Label(.level2, [.contact]).json])
    }

    private func event(_ sequence: Int, _ kind: String, _ step: String, _ more: JSONValue = [:]) -> JournalEvent {
        var body = more
        body["step"] = .string(step)
        return JournalEvent(sequence: sequence, kind: kind, at: Double(sequence), body: body)
    }

    @Test func namesTheNextActionOfEachState() throws {
        var state = try RunState(runID: "r", events: [started(try .chain(1))])
        #expect(state.actions(now: 0) == [.run(step: "s0", attempt: 1, isResumed: false)])
        try state.apply(event(2, RunEvent.stepStarted, "s0", ["attempt": 1]))
        #expect(state.actions(now: 0) == [.run(step: "s0", attempt: 2, isResumed: true)])
        #expect(state.actions(now: 0, running: ["s0"]).isEmpty && state.status(now: 0, running: ["s0"]) == .running)
        try state.apply(event(3, RunEvent.stepFailed, "s0", ["attempt": 1, "retryAt": 10.0]))
        #expect(state.actions(now: 0).isEmpty && state.nextTime == 10 && state.retryTime { _ in true } == 10)
        #expect(state.actions(now: 10) == [.run(step: "s0", attempt: 2, isResumed: false)])
        try state.apply(event(4, RunEvent.taskOpened, "s0", ["task": "t"]))
        #expect(state.actions(now: 10).isEmpty && state.status(now: 10) == .waiting)
        try state.apply(event(5, RunEvent.timerSet, "s0", ["until": 20.0]))
        #expect(state.actions(now: 15).isEmpty && state.status(now: 15) == .sleeping && state.nextTime == 20)
        #expect(state.actions(now: 20) == [.wake(step: "s0")])
        try state.apply(event(6, RunEvent.stepDone, "s0", ["output": ["text": "y"], "label": Label(.level3).json]))
        #expect(state.value(Reference(source: "s0", field: "text"), in: "") == "y")
        #expect(state.actions(now: 20) == [.complete])
        try state.apply(JournalEvent(sequence: 7, kind: RunEvent.completed, at: 7, body: [:]))
        #expect(state.actions(now: 20).isEmpty && state.status(now: 20) == .completed)
        #expect(state.label == Label(.level3, [.contact]))
    }

    @Test func aGapOrForeignEventIsADefect() throws {
        var state = try RunState(runID: "r", events: [started(try .chain(2))])
        #expect(throws: Fault.self) { try state.apply(event(3, RunEvent.stepStarted, "s0")) }
        #expect(throws: Fault.self) { try state.apply(event(2, RunEvent.stepStarted, "elsewhere")) }
        // Its need has not ended.
        #expect(throws: Fault.self) { try state.apply(event(3, RunEvent.stepStarted, "s1")) }
        #expect { try RunState(runID: "r", events: []) } throws: { ($0 as? Fault)?.code == .workflowUnknown }
    }

    @Test func stepsThatTakeFromASkippedOneAreSkipped() throws {
        let definition = try WorkflowDefinition(
            yaml: """
                workflow: w
                inputs: {text: {type: string, grade: L3}}
                steps:
                  - {id: a, kind: copy, with: {text: "${input.text}"}, when: {value: "${input.text}", equals: no}}
                  - {id: b, kind: copy, with: {text: "${a.text}"}}
                  - {id: c, kind: copy, with: {text: "${input.text}"}, after: [b]}
                """)
        let state = try RunState(runID: "r", events: [started(definition)])
        // `after` is order, not data.
        #expect(state.status(of: "a") == .skipped && state.status(of: "b") == .skipped)
        #expect(state.actions(now: 0) == [.run(step: "c", attempt: 1, isResumed: false)])
    }

    @Test func journalsOfBeforeThatSaySkippedStillRead() throws {
        let definition = try WorkflowDefinition(yaml: "workflow: w\ninputs: {text: string}\nsteps:\n  - {id: a, kind: copy, with: {text: \"${input.text}\"}, when: {value: \"${input.text}\", equals: no}}")
        let state = try RunState(runID: "r", events: [started(definition), event(2, RunEvent.stepSkipped, "a")])
        #expect(state.status(of: "a") == .skipped && state.actions(now: 0) == [.complete])
    }

    @Test func aDamagedLabelReadsAsTheHighest() {
        for json in [nil, JSONValue.null, [:], ["grade": 99], ["grade": "L1"]] as [JSONValue?] { #expect(Label(json: json).grade == .core) }
        let label = Label(.level3, [.contact, .health])
        #expect(Label(json: label.json) == label)
    }
}
