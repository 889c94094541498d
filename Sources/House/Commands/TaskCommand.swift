import ArgumentParser
import Core
import Demonstrations
import Foundation
import Labels
import Store
import Workflows

/// `banyan task …`
struct TaskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "Human tasks: list, show and answer them; export what people decided.",
        subcommands: [TaskListCommand.self, TaskShowCommand.self, TaskAnswerCommand.self, TaskDecisionsCommand.self])
}

/// `banyan task list`
struct TaskListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List open tasks, the most pressing first.")

    @Option(name: .long, help: "Only tasks that this person may answer by name.")
    var person: String?
    @Flag(name: .long, help: "Only tasks that are overdue.")
    var overdue = false
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let platform = try await DataOptions.platform(in: try dataOptions.shared())
        let tasks = try await platform.engine.tasks(TaskFilter(person: person, isOverdue: overdue), limit: 1000)
        if output.json {
            Terminal.out(JSONValue.array(tasks.map(\.listed)).prettyText)
        } else {
            let rows = tasks.map { [$0.id, $0.runID, $0.label.description, $0.priority.rawValue, $0.dueAt.map(timestampText) ?? "", $0.choices.joined(separator: "|"), $0.title] }
            Terminal.out(Terminal.table([["task", "run", "label", "priority", "due", "choices", "title"]] + rows))
        }
    }
}

/// `banyan task show`
struct TaskShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show what a task asks, and what people have said.")

    @Argument(help: "The id of a task.")
    var task: String
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let task = try await DataOptions.platform(in: try dataOptions.shared()).engine.task(task)
        if output.json {
            Terminal.out(try JSONText.of(task))
            return
        }
        Terminal.out("\(task.id)  \(task.runID)/\(task.stepID)  \(task.status.rawValue)  \(task.label)  \(task.title)")
        if let due = task.dueAt { Terminal.out(Terminal.say("due \(timestampText(due))", "截止 \(timestampText(due))")) }
        if !task.people.isEmpty { Terminal.out(Terminal.say("for \(task.people.joined(separator: ", "))", "办理人：\(task.people.joined(separator: "、"))")) }
        if task.approvals > 1 { Terminal.out(Terminal.say("\(task.approvals) people must agree", "需要 \(task.approvals) 人一致同意")) }
        Terminal.out(task.body.prettyText)
        let rows = task.form.fields.map { field in
            [field.id, field.kind.rawValue, field.isRequired ? "*" : "", field.options.joined(separator: "|"), field.media.map { "blobs/\($0.blob.prefix(2))/\($0.blob.dropFirst(2))" } ?? "", field.value == .null ? "" : field.value.text]
        }
        if !rows.isEmpty { Terminal.out(Terminal.table([["field", "type", "required", "options", "media", "value"]] + rows)) }
        for voice in task.voices { Terminal.out("\(voice.by)  \(timestampText(voice.at))  \(voice.choice)  \(JSONValue.object(voice.values).text)") }
        Terminal.out(Terminal.say("choices: \(task.choices.joined(separator: ", "))", "可选：\(task.choices.joined(separator: "、"))"))
    }
}

/// `banyan task answer`
struct TaskAnswerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Answer a task; its run goes on.",
        discussion: "An answer that does not fit the task's form is refused with the name of the field; the task stays open. Where two people must agree, the run goes on after the second.")

    @Argument(help: "The id of a task.")
    var task: String
    @Argument(help: "One of the task's choices.")
    var choice: String
    @Option(name: .long, help: "Who answers.")
    var by: String
    @Option(name: .long, help: "A remark that is kept with the answer.")
    var comment: String?
    @Option(name: .long, help: ArgumentHelp("A JSON object with values of the form's fields, by their ids.", valueName: "file"))
    var values: String?
    @Option(name: .long, help: ArgumentHelp("A file to attach, or FIELD=FILE for a field that takes recordings or files; again for each.", valueName: "file"))
    var attach: [String] = []
    @OptionGroup var telemetry: TelemetryOptions
    @OptionGroup var dataOptions: DataOptions

    func run() async throws {
        let store = try dataOptions.owned()
        let engine = try await DataOptions.platform(in: store).engine
        let spans = try await telemetry.begin(in: store, engine: engine)
        let form = try await engine.task(task).form
        var filled: [String: JSONValue] = [:]
        if let values {
            guard let object = try JSONValue(parsing: TextDecoder.decode(try FileTree.read(values, byteCountMax: 4 << 20)).text).object else { throw ValidationError("the values in \(values) are not a JSON object") }
            filled = object
        }
        var attachments: [TaskAnswer.Attachment] = []
        for item in attach.prefix(TaskForm.fileCountMax + 1) {
            let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
            let field = parts.count == 2 ? form[parts[0]].flatMap { $0.kind.takesFiles ? $0 : nil } : nil, path = field == nil ? item : parts[1]
            let bytes = try FileTree.read(path, byteCountMax: TaskForm.fileByteCountMax)
            let file = TaskAnswer.Attachment(
                name: (path as NSString).lastPathComponent, mediaType: MediaType.of(bytes) ?? "application/octet-stream", blob: try store.blobs.put(bytes), byteCount: bytes.count)
            guard let field else {
                attachments.append(file)
                continue
            }
            filled[field.id] = field.kind == .recording ? file.json : .array((filled[field.id]?.array ?? []) + [file.json])
        }
        try await engine.answer(task, TaskAnswer(choice: choice, comment: comment, by: by, at: SystemWallClock().now, attachments: attachments, values: filled))
        let answered = try await engine.task(task)
        if answered.status == .open {
            let left = Terminal.say("kept; another person must agree (\(answered.approvals) in all)", "已记录；还需他人一致同意（共 \(answered.approvals) 人）")
            Terminal.out(left)
        }
        let status = try await engine.advance(answered.runID)
        await spans.end()
        Terminal.out("\(answered.runID): \(status.rawValue)")
        try store.close()
    }
}

/// `banyan task decisions`
struct TaskDecisionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions", abstract: "Export what people decided, one JSON object a line, the newest first.",
        discussion: "Each line says what was shown (hash and blobs), what stood in the form, what was answered, by whom and when, and the label of all of it: examples to learn from, with where they came from.")

    @Option(name: .long, help: "Only decisions up to this grade: L1, L2, L3, L4, important, core.")
    var upTo: String = "core"
    @Option(name: .long, help: "At most this many.")
    var limit: Int = 100_000
    @OptionGroup var dataOptions: DataOptions

    func run() async throws {
        guard let grade = Grade(upTo) else { throw ValidationError("unknown grade '\(upTo)'") }
        let engine = try await DataOptions.platform(in: try dataOptions.shared()).engine
        let (page, most) = (1_000, max(1, min(limit, 10_000_000)))
        var (offset, count) = (0, 0)
        while count < most {
            let (decisions, isLast) = try await engine.decisions(clearance: Clearance(upTo: grade), page: page, offset: offset)
            for decision in decisions.prefix(most - count) { Terminal.out(decision.line) }
            (offset, count) = (offset + page, count + decisions.count)
            if isLast { return }
        }
    }
}

extension HumanTask {
    /// The task in a list for `--json`.
    fileprivate var listed: JSONValue {
        [
            "id": .string(id), "run": .string(runID), "title": .string(title), "label": .string(label.description), "choices": .array(choices.map { .string($0) }),
            "priority": .string(priority.rawValue), "due": dueAt.map { .string(timestampText($0)) } ?? .null, "people": .array(people.map { .string($0) }), "approvals": .int(approvals),
        ]
    }
}
