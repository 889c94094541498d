import Core
import Labels

/// How pressing a task is.
public enum TaskPriority: String, Sendable, Codable, CaseIterable, Comparable {
    case low, normal, high, urgent

    public static func < (left: TaskPriority, right: TaskPriority) -> Bool { (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0) }
}

/// What a step asks a person.
public struct HumanTaskRequest: Sendable, Codable, Hashable {
    public var title: String
    /// What the person is shown.
    public var body: JSONValue
    /// The answers to choose from.
    public var choices: [String]
    public var label: Label
    /// What the person fills in, corrects and looks at.
    public var form = TaskForm()
    /// Whose task it is. Once anybody is named here or in `candidates`, nobody else may answer.
    public var assignee: String?
    public var candidates: [String] = []
    /// Seconds until it is due.
    public var dueSeconds: Double?
    /// Who may answer too, and is told, once the task is overdue.
    public var escalatesTo: [String] = []
    /// How many different people must agree, 1 to 5. The default is 2 from grade L4 on, else 1.
    public var approvals: Int?
    public var priority = TaskPriority.normal

    public init(title: String, body: JSONValue, choices: [String], label: Label) {
        self.title = title
        self.body = body
        self.choices = choices
        self.label = label
    }
}

/// A question to a person that a run waits for.
public struct HumanTask: Sendable, Codable, Hashable {
    /// Where a task stands.
    public enum Status: String, Sendable, Codable, CaseIterable { case open, answered, cancelled }
    public var id: String
    public var runID: String
    public var stepID: String
    public var title: String
    public var body: JSONValue
    public var choices: [String]
    public var label: Label
    public var status: Status
    public var createdAt: Double
    /// What ended the task.
    public var answer: TaskAnswer?
    public var form = TaskForm()
    public var assignee: String?
    public var candidates: [String] = []
    /// Seconds since 1970.
    public var dueAt: Double?
    public var escalatesTo: [String] = []
    public var escalatedAt: Double?
    public var approvals = 1
    public var priority = TaskPriority.normal
    /// What people have said so far, one voice a person, the newest last.
    public var voices: [TaskAnswer] = []

    /// People who have a voice in one task.
    static let voiceCountMax = 20

    var sort: String { "\(status.rawValue)|\(timestampText(createdAt))" }

    init(id: String, runID: String, stepID: String, request: HumanTaskRequest, label: Label, createdAt: Double) {
        (self.id, self.runID, self.stepID, title, body, choices) = (id, runID, stepID, request.title, request.body, request.choices)
        (self.label, status, self.createdAt, form) = (label, .open, createdAt, request.form)
        (assignee, candidates, escalatesTo, priority) = (request.assignee, request.candidates, request.escalatesTo, request.priority)
        dueAt = request.dueSeconds.map { createdAt + $0 }
        approvals = request.approvals ?? Self.approvals(of: label)
    }

    /// How many people must agree on a task of a label that says nothing itself.
    public static func approvals(of label: Label) -> Int { label.grade >= .level4 ? 2 : 1 }

    /// Tasks journaled before there were forms have none of the members after `answer`.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        id = try members.decode(String.self, forKey: .id)
        runID = try members.decode(String.self, forKey: .runID)
        stepID = try members.decode(String.self, forKey: .stepID)
        title = try members.decode(String.self, forKey: .title)
        body = try members.decode(JSONValue.self, forKey: .body)
        choices = try members.decode([String].self, forKey: .choices)
        label = try members.decode(Label.self, forKey: .label)
        status = try members.decode(Status.self, forKey: .status)
        createdAt = try members.decode(Double.self, forKey: .createdAt)
        answer = try members.decodeIfPresent(TaskAnswer.self, forKey: .answer)
        form = try members.decodeIfPresent(TaskForm.self, forKey: .form) ?? TaskForm()
        assignee = try members.decodeIfPresent(String.self, forKey: .assignee)
        candidates = try members.decodeIfPresent([String].self, forKey: .candidates) ?? []
        dueAt = try members.decodeIfPresent(Double.self, forKey: .dueAt)
        escalatesTo = try members.decodeIfPresent([String].self, forKey: .escalatesTo) ?? []
        escalatedAt = try members.decodeIfPresent(Double.self, forKey: .escalatedAt)
        approvals = try members.decodeIfPresent(Int.self, forKey: .approvals) ?? 1
        priority = try members.decodeIfPresent(TaskPriority.self, forKey: .priority) ?? .normal
        voices = try members.decodeIfPresent([TaskAnswer].self, forKey: .voices) ?? []
    }

    /// Who may answer now; empty for everybody whose clearance permits the label.
    public var people: [String] {
        let named = (assignee.map { [$0] } ?? []) + candidates
        return named.isEmpty ? [] : named + (escalatedAt == nil ? [] : escalatesTo)
    }

    /// Whether a person may answer, their clearance aside.
    public func mayAnswer(_ person: String) -> Bool { people.isEmpty || people.contains { Self.isSame($0, person) } }
    /// Whether it is open past its time.
    public func isOverdue(at now: Double) -> Bool { status == .open && (dueAt ?? .infinity) <= now }

    /// Choices that one person makes alone, however many must agree: what ends a matter needs no second voice.
    public func isDecidedAlone(_ choice: String) -> Bool { ["return", "refuse", "reject"].contains(choice) }

    /// Names are compared as people read them: the second of two must be another person, not another spelling.
    static func isSame(_ one: String, _ other: String) -> Bool { plain(one) == plain(other) }
    private static func plain(_ name: String) -> String { name.lowercased().filter { !$0.isWhitespace } }

    /// What the next person sees in the form: the newest proposal, or else what stood there.
    public var proposed: [String: JSONValue] { voices.last.map { form.values.merging($0.values) { $1 } } ?? form.values }

    /// Holds an answer against the task without taking it in.
    ///
    /// - Returns: the answer as it is kept: its values checked, fields left out as they stood.
    /// - Throws: `workflows.task-choice`, `workflows.task-person`, `workflows.task-answer`; the task stays as it is.
    public func checked(_ answer: TaskAnswer) throws -> TaskAnswer {
        guard choices.contains(answer.choice) else {
            throw Fault(.taskChoice, "task \(id) has no such choice", remedy: "choose one of \(choices.joined(separator: ", "))")
        }
        guard mayAnswer(answer.by), !answer.by.allSatisfy(\.isWhitespace) else {
            throw Fault(.taskPerson, "task \(id) is for others", remedy: "ask one of those it is for: \(people.joined(separator: ", "))")
        }
        guard answer.attachments.count <= TaskForm.fileCountMax, (answer.comment ?? "").unicodeScalars.count <= TaskForm.longCharacterCountMax else {
            throw Fault(.taskAnswer, "the answer has more than \(TaskForm.fileCountMax) attachments, or a longer comment than \(TaskForm.longCharacterCountMax) characters", remedy: "shorten it; the task stays open")
        }
        var kept = answer
        kept.values = try form.checked(proposed.merging(answer.values) { $1 }, isComplete: !isDecidedAlone(answer.choice))
        return kept
    }

    /// Takes in a checked answer; sets `answer` once enough different people agree in choice and values.
    /// - Throws: `workflows.task-person` when the same person says the same again.
    mutating func take(_ answer: TaskAnswer) throws {
        if let own = voices.first(where: { Self.isSame($0.by, answer.by) }), own.choice == answer.choice, own.values == answer.values {
            throw Fault(.taskPerson, "task \(id) has this answer of yours; it needs another person's", remedy: "ask a second person to agree")
        }
        voices.removeAll { Self.isSame($0.by, answer.by) }
        guard voices.count < Self.voiceCountMax else { throw Fault(.taskPerson, "task \(id) has \(Self.voiceCountMax) voices and no agreement", remedy: "let one of those who answered change their answer") }
        voices.append(answer)
        let agreeing = voices.filter { $0.choice == answer.choice && $0.values == answer.values }
        guard isDecidedAlone(answer.choice) || agreeing.count >= approvals else { return }
        status = .answered
        self.answer = answer
        self.answer?.attachments = agreeing.flatMap(\.attachments)
    }

    /// What the step that asked gives.
    var output: JSONValue {
        guard let answer else { return [:] }
        let agreeing = voices.filter { $0.choice == answer.choice && $0.values == answer.values }.map { JSONValue.string($0.by) }
        return [
            "choice": .string(answer.choice), "comment": .string(answer.comment ?? ""), "by": .string(answer.by), "people": .array(agreeing), "values": .object(answer.values),
            "attachments": .array(answer.attachments.map(\.json)),
        ]
    }
}

extension Fault.Code {
    /// An answer does not fit the task's form; the message names the field.
    public static let taskAnswer = Fault.Code("workflows.task-answer", .input)
    /// A task is for other people, or needs another person's answer.
    public static let taskPerson = Fault.Code("workflows.task-person", .refused)
}
