import Core
import Foundation
import Labels
import Store
import Support
import Testing

@testable import Workflows

/// Tasks over a store, asked by the `human` step.
@Suite struct HumanTaskTests {
    let directory: TemporaryDirectory
    let store: Store
    let clock = ManualWallClock()
    let engine: WorkflowEngine

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
        engine = WorkflowEngine(store: store, kinds: Kinds.all, clock: clock, ids: IdentifierSource(random: SeededRandom(seed: 11)))
    }

    /// Starts a run whose one step asks with `with` (YAML in braces) and returns its task.
    private func task(_ with: String, grade: Grade = .level2, run: String = "r") async throws -> HumanTask {
        let yaml = "workflow: w\ninputs: {text: {type: string, grade: core}}\nsteps:\n  - {id: ask, kind: human, with: {title: t, body: {text: \"${input.text}\"}, \(with)}}\n"
        _ = try await engine.start(try WorkflowDefinition(yaml: yaml), input: Labeled(["text": "x"], Label(grade)), runID: run)
        #expect(try await engine.advance(run) == .waiting)
        return try #require(try await engine.tasks().first { $0.runID == run })
    }

    private func answer(_ choice: String = "approve", by: String = "li", _ values: [String: JSONValue] = [:], at: Double = 1) -> TaskAnswer {
        TaskAnswer(choice: choice, comment: nil, by: by, at: at, attachments: [], values: values)
    }

    @Test func anAnswersValuesAreTheStepsOutput() async throws {
        let image = try store.blobs.put(Media.png(width: 100, height: 50))
        let task = try await task("form: [{id: boxes, type: image, media: \(image), value: [{label: a, x: 1, y: 1, w: 5, h: 5}]}, {id: n, type: number, required: true}]")
        #expect(task.form["boxes"]?.width == 100 && task.form["boxes"]?.media?.mediaType == "image/png")
        let boxes: JSONValue = [["label": "b", "x": 2, "y": 3, "w": 10, "h": 10]]
        await #expect { try await engine.answer(task.id, answer("approve", ["boxes": boxes])) } throws: { ($0 as? Fault)?.message.contains("field n") == true }
        #expect(try await engine.task(task.id).status == .open)
        try await engine.answer(task.id, answer("approve", ["boxes": boxes, "n": 4]))
        #expect(try await engine.advance("r") == .completed)
        #expect(try await engine.detail("r").outputs["ask"]?["values"] == ["boxes": boxes, "n": 4])
    }

    @Test func inlineMediaBecomesABlob() async throws {
        let data = Data(Media.wav).base64EncodedString()
        let task = try await task("form: [{id: heard, type: audio, media: \"data:audio/wav;base64,\(data)\"}]")
        #expect(try store.blobs.get(try #require(task.form["heard"]?.media?.blob)) == Media.wav)
    }

    @Test func highGradesNeedTwoPeople() async throws {
        let task = try await task("form: [{id: n, type: number}]", grade: .level4)
        #expect(task.approvals == 2)
        try await engine.answer(task.id, answer(by: "li", ["n": 1]))
        #expect(try await engine.advance("r") == .waiting)
        for same in ["li", "Li", " LI "] {
            await #expect { try await engine.answer(task.id, answer(by: same, ["n": 1])) } throws: { ($0 as? Fault)?.code == .taskPerson }
        }
        // Another value is another proposal; it needs its own second voice.
        try await engine.answer(task.id, answer(by: "wang", ["n": 2]))
        #expect(try await engine.task(task.id).status == .open)
        try await engine.answer(task.id, answer(by: "li", ["n": 2]))
        #expect(try await engine.advance("r") == .completed)
        #expect(try await engine.detail("r").outputs["ask"]?["people"] == ["wang", "li"])
        #expect(try await engine.decisions().count { $0.isFinal } == 1)
        #expect(try await engine.decisions().count == 3)
    }

    @Test func oneReturnEndsATaskForTwo() async throws {
        let task = try await task("form: [{id: n, type: number, required: true}]", grade: .core)
        try await engine.answer(task.id, answer(by: "li", ["n": 1]))
        try await engine.answer(task.id, answer("return", by: "wang"))
        #expect(try await engine.advance("r") == .completed)
        #expect(try await engine.detail("r").outputs["ask"]?["choice"] == "return")
    }

    @Test func onlyThoseNamedMayAnswerAndOthersOnceItEscalates() async throws {
        let task = try await task("assignee: li, candidates: [chen], due: 60, escalate: [wang]")
        for other in ["wang", "zhao", ""] { await #expect { try await engine.answer(task.id, answer(by: other)) } throws: { ($0 as? Fault)?.code == .taskPerson } }
        #expect(try await engine.tasks(TaskFilter(person: "chen")).count == 1)
        #expect(try await engine.tasks(TaskFilter(person: "wang")).isEmpty)
        #expect(try await engine.escalateOverdue() == 0)
        #expect(try await engine.tasks(TaskFilter(isOverdue: true)).isEmpty)
        clock.advance(by: 61)
        #expect(try await engine.tasks(TaskFilter(isOverdue: true)).count == 1)
        #expect(try await engine.escalateOverdue() == 1)
        #expect(try await engine.escalateOverdue() == 0)
        #expect(try await engine.task(task.id).priority == .high)
        try await engine.answer(task.id, answer(by: "wang"))
        #expect(try await engine.task(task.id).status == .answered)
    }

    @Test func tooFewPeopleForTwoVoicesFailTheStep() async throws {
        let yaml = "workflow: w\ninputs: {text: {type: string, grade: L4}}\nsteps:\n  - {id: ask, kind: human, with: {title: t, body: \"${input.text}\", assignee: li}}\n"
        _ = try await engine.start(try WorkflowDefinition(yaml: yaml), input: Labeled(["text": "x"], Label(.level4)), runID: "r")
        #expect(try await engine.advance("r") == .failed)
        #expect(try await engine.detail("r").summary.failure?.contains("name more candidates") == true)
    }

    @Test func recordingsMustBeSoundsThatTheStoreHas() async throws {
        let task = try await task("form: [{id: spoken, type: recording, required: true}]")
        func spoken(_ bytes: [UInt8], blob: String? = nil) throws -> [String: JSONValue] {
            ["spoken": TaskAnswer.Attachment(name: "a.wav", mediaType: "audio/wav", blob: try blob ?? store.blobs.put(bytes), byteCount: bytes.count).json]
        }
        for values in [try spoken(Array("<script>".utf8)), try spoken([], blob: String(repeating: "0", count: 64))] {
            await #expect { try await engine.answer(task.id, answer("approve", values)) } throws: { ($0 as? Fault)?.code == .taskAnswer }
        }
        try await engine.answer(task.id, answer("approve", try spoken(Media.wav)))
        #expect(try await engine.task(task.id).answer?.files.count == 1)
    }

    @Test func decisionsSayWhatWasShownProposedAndAnswered() async throws {
        let image = try store.blobs.put(Media.png(width: 100, height: 50))
        let task = try await task("form: [{id: boxes, type: image, media: \(image), value: [{label: a, x: 1, y: 1, w: 5, h: 5}]}]", grade: .level3)
        try await engine.answer(task.id, answer("approve", ["boxes": []]))
        let decision = try #require(try await engine.decisions().first)
        #expect(decision.runID == "r" && decision.stepID == "ask" && decision.taskID == task.id && decision.workflow == "w" && decision.by == "li" && decision.label.grade == .level3)
        #expect(decision.shownBlobs == [image] && decision.values == ["boxes": []] && decision.proposed["boxes"]?.array?.count == 1 && decision.isFinal)
        #expect(try await engine.decisions(clearance: Clearance(upTo: .level2)).isEmpty)
        #expect(try JSONValue(parsing: decision.line)["shown"]?["blobs"] == [.string(image)])
    }

    @Test func tasksAreListedByPriorityThenDueTime() async throws {
        for (run, with) in [("a", "due: 500"), ("b", "due: 100"), ("c", "priority: urgent"), ("d", "priority: low, due: 1")] { _ = try await task(with, run: run) }
        #expect(try await engine.tasks(TaskFilter()).map(\.runID) == ["c", "b", "a", "d"])
    }

    /// What Banyan 0.1 journaled, letter by letter.
    @Test func tasksFromBeforeFormsAreStillRead() throws {
        let old = """
            {"answer":{"at":5,"attachments":[{"blob":"b","byteCount":3,"mediaType":"text/plain","name":"n"}],"by":"li","choice":"approve","comment":"fine"},"body":{"text":"x"},"choices":["approve","return"],\
            "createdAt":1,"id":"task-1","label":{"categories":["contact"],"grade":3},"runID":"run-1","status":"answered","stepID":"review","title":"t"}
            """
        let task = try JSONDecoder().decode(HumanTask.self, from: Data(old.utf8))
        #expect(task.approvals == 1 && task.form.fields.isEmpty && task.voices.isEmpty && task.people.isEmpty && task.dueAt == nil && task.priority == .normal)
        #expect(task.answer?.values == [:] && task.answer?.attachments.count == 1 && task.mayAnswer("anybody"))
        let open = try JSONDecoder().decode(HumanTask.self, from: Data(old.replacing("\"status\":\"answered\"", with: "\"status\":\"open\"").utf8))
        #expect(open.isOverdue(at: 1e12) == false)
    }
}
