import Core
import Labels
import Store

/// A part of a step's work that is done: one turn of an agent's model, one call of a tool.
///
/// A step that may take long and must not repeat anything ends in ``StepOutcome/again(_:)`` after each part. The part's note is journaled in the transaction of its effect, and the step runs again with every note so far
/// (``StepContext/notes``); after a crash in the seventh part the first six are notes. A note is written once: what a step keeps grows by what is new, not by all that it knows.
///
/// Rejected: a state that each part replaces. It would write a conversation of n turns n times.
public struct StepTurn: Sendable {
    /// What later turns must know of this one.
    public var note: JSONValue
    /// Of the note, at least that of the step's input. Higher than the kind's rule gives is refused, because what comes after was checked against that.
    public var label: Label
    /// What a person is asked before the step runs again; the answer is another note.
    public var request: HumanTaskRequest?
    /// Changes to the store, committed together with the note.
    public var effect: (@Sendable (Transaction) throws -> Void)?

    /// The most notes of one step, answers of people among them.
    public static let countMax = 1_000
    /// The most bytes of all notes of one step as text.
    public static let byteCountMax = 8 << 20

    public init(note: JSONValue, label: Label, request: HumanTaskRequest? = nil, effect: (@Sendable (Transaction) throws -> Void)? = nil) {
        (self.note, self.label, self.request, self.effect) = (note, label, request, effect)
    }
}

/// What a step kept of an earlier turn, or was told by a person.
public struct StepNote: Sendable, Hashable {
    public let value: JSONValue
    public let label: Label
    /// Whether it is what a person answered: the outputs of `human`.
    public let isAnswer: Bool
    /// How long the attempt took that wrote it; 0 for an answer, as waiting is no work.
    public let seconds: Double

    public init(_ value: JSONValue, label: Label, isAnswer: Bool = false, seconds: Double = 0) {
        (self.value, self.label, self.isAnswer, self.seconds) = (value, label, isAnswer, seconds)
    }
}

/// Where a step of several turns stands.
struct StepTurns: Sendable {
    var notes: [StepNote] = []
    var byteCount = 0
    /// Attempts before the turn that is under way.
    var attempts = 0
    /// Whether a person's answer is another note, and not the end of the step.
    var isAsking = false
}

extension RunState {
    /// Takes the note of an event, if it has one.
    mutating func keepNote(of event: JournalEvent, at path: String, since start: Double) throws {
        guard let note = event.body["note"] else { return }
        let isAnswer = event.kind == RunEvent.stepTold, label = Label(json: event.body["label"])
        turns[path, default: StepTurns()].notes.append(StepNote(note, label: label, isAnswer: isAnswer, seconds: isAnswer ? 0 : max(0, event.at - start)))
        turns[path]?.byteCount += note.text.utf8.count
        turns[path]?.attempts = records[path]?.attempts ?? 0
        turns[path]?.isAsking = event.kind == RunEvent.taskOpened
        if !label.isAtMost(self.label) { self.label = self.label.joined(label) }
    }
}

extension StepOutcome {
    /// Whether a person is asked.
    var asksPerson: Bool {
        switch self {
        case .person: true
        case .again(let turn): turn.request != nil
        case .done, .sleep, .event: false
        }
    }
}

extension StartedAttempt {
    /// The inputs that stand in the definition as they are.
    var settings: [String: JSONValue] { (isUndo ? step.undo?.with ?? [:] : step.with).settings }
}

extension [String: Binding] {
    /// Those that hold no reference.
    var settings: [String: JSONValue] { filter { $0.value.references.isEmpty }.mapValues { $0.resolved { _ in nil } } }
}

extension WorkflowEngine {
    /// Takes the effect of a turn and says what to journal of it.
    func event(for turn: StepTurn, of start: StartedAttempt, rule: LabelRule, taskID: String, runID: String, now: Double, in transaction: Transaction) throws -> (kind: String, body: JSONValue) {
        guard start.notes.count + 2 < StepTurn.countMax, start.notes.reduce(turn.note.text.utf8.count, { $0 + $1.value.text.utf8.count }) <= StepTurn.byteCountMax else {
            throw Fault(.workflowTurns, "step \(start.path) keeps more than \(StepTurn.countMax) notes or \(StepTurn.byteCountMax) bytes of them", remedy: "give it a smaller budget")
        }
        let ruled = Self.label(rule: rule, input: start.input), label = turn.label.joined(start.input.label).joined(start.notes.map(\.label).joined())
        guard label.grade <= max(ruled.grade, start.input.label.grade) else {
            throw Fault(.workflowLabel, "step \(start.path) took in a value of \(label.grade); its rule promises at most \(ruled.grade)", remedy: "this is a defect of the step's kind")
        }
        try turn.effect?(transaction)
        let body: [String: JSONValue] = ["step": .string(start.path), "note": turn.note, "label": label.json]
        guard let request = turn.request else { return (RunEvent.stepTurned, .object(body)) }
        try open(HumanTask(id: taskID, runID: runID, stepID: start.path, request: request, label: request.label.joined(label), createdAt: now), in: transaction)
        return (RunEvent.taskOpened, .object(body.merging(["task": .string(taskID)]) { $1 }))
    }

    /// What a step of several turns has kept, the oldest first, ended or not.
    /// - Parameter after: only what is newer than that event of the run.
    public func notes(of runID: String, step: String, after: Int = 0) async throws -> [(sequence: Int, note: StepNote)] {
        let events = try await store.read { try $0.events(of: Self.stream(runID), after: after) }
        return events.compactMap { event in
            guard let note = event.body["note"], event.body["step"]?.string == step else { return nil }
            return (event.sequence, StepNote(note, label: Label(json: event.body["label"]), isAnswer: event.kind == RunEvent.stepTold))
        }
    }
}

extension WorkflowChecker {
    /// The signature of a step, its settings considered.
    func signature(of step: Step) -> StepSignature? { signature(of: step.kind, with: step.with) }

    func signature(of kind: String, with bindings: [String: Binding]) -> StepSignature? {
        guard let kind = kinds[kind] else { return nil }
        return (try? kind.signature(of: bindings.settings)) ?? kind.signature
    }

    /// What kinds have against the settings of a step.
    func wrongSettings(of step: Step) -> [Diagnostic] {
        [(step.kind, step.with)].appending(step.undo.map { ($0.kind, $0.with) }).compactMap { kind, with in
            do {
                _ = try kinds[kind]?.signature(of: with.settings)
                return nil
            } catch {
                return Self.error("settings", (error as? Fault)?.message ?? "its settings are refused", step.id)
            }
        }
    }
}

extension Array {
    fileprivate func appending(_ element: Element?) -> [Element] { element.map { self + [$0] } ?? self }
}

extension Fault.Code {
    /// A step keeps more notes than its bound.
    public static let workflowTurns = Fault.Code("workflows.turns", .refused)
}
