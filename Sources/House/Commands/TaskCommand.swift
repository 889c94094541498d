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
        commandName: "task", abstract: "Human tasks: list and answer them.", subcommands: [TaskListCommand.self, TaskAnswerCommand.self])
}

/// `banyan task list`
struct TaskListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List open tasks, the oldest first.")

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let platform = try await DataOptions.platform(in: try dataOptions.shared())
        let tasks = try await platform.engine.tasks(status: .open, limit: 1000)
        if output.json {
            let rows = tasks.map { task -> JSONValue in
                [
                    "id": .string(task.id), "run": .string(task.runID), "title": .string(task.title), "label": .string(task.label.description),
                    "choices": .array(task.choices.map { .string($0) }),
                ]
            }
            Terminal.out(JSONValue.array(rows).prettyText)
        } else {
            let rows = tasks.map { [$0.id, $0.runID, $0.label.description, $0.choices.joined(separator: "|"), $0.title] }
            Terminal.out(Terminal.table([["task", "run", "label", "choices", "title"]] + rows))
        }
    }
}

/// `banyan task answer`
struct TaskAnswerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "answer", abstract: "Answer a task; its run goes on.")

    @Argument(help: "The id of a task.")
    var task: String
    @Argument(help: "One of the task's choices.")
    var choice: String
    @Option(name: .long, help: "Who answers.")
    var by: String
    @Option(name: .long, help: "A remark that is kept with the answer.")
    var comment: String?
    @OptionGroup var dataOptions: DataOptions

    func run() async throws {
        let store = try dataOptions.owned()
        let platform = try await DataOptions.platform(in: store)
        let answer = TaskAnswer(choice: choice, comment: comment, by: by, at: SystemWallClock().now, attachments: [])
        try await platform.engine.answer(task, answer)
        let runID = try await platform.engine.task(task).runID
        let status = try await platform.engine.advance(runID)
        Terminal.out("\(runID): \(status.rawValue)")
        try store.close()
    }
}
