import ArgumentParser
import Core
import Foundation
import Inference
import Models
import Traffic

/// `banyan chat`
struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "Talk with a model in the terminal.",
        discussion: """
            MODEL is a registered name, local or remote, or a GGUF file. In a terminal lines can be edited (arrows, Home, End, Ctrl-A E B F K U W L, Alt-B F) and earlier ones brought back (up, down);
            a line that ends in a backslash goes on in the next. Ctrl-C stops an answer; Ctrl-D, or Ctrl-C at an empty prompt, leaves. /help tells the commands.
            With --prompt it answers once and exits.
            """)

    @Argument(help: "A model's name, or a GGUF file.")
    var model: String
    @Option(name: .long, help: "Answer this and exit.")
    var prompt: String?
    @Option(name: .long, help: "What the model is told first.")
    var system: String?
    @Option(name: .long, help: "0 takes the most probable token always.")
    var temperature: Double = 0.8
    @Option(name: .long, help: "The same seed gives the same answer.")
    var seed: UInt64?
    @Option(name: .long, help: "The most tokens of an answer.")
    var maxTokens: Int?
    @Option(name: .long, help: ArgumentHelp("Keep the history of lines in this file. Without it nothing is written: prompts are private.", valueName: "file"))
    var history: String?
    @OptionGroup var constraint: ConstraintOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var machine: MachineOptions

    func validate() throws {
        guard temperature.isFinite, (0...100).contains(temperature) else { throw ValidationError("--temperature must be 0 to 100") }
        if let maxTokens, maxTokens < 1 { throw ValidationError("--max-tokens must be positive") }
    }

    func run() async throws {
        var options = AnswerOptions()
        options.sampling.temperature = temperature
        options.sampling.seed = seed ?? 0
        options.tokenCountMax = maxTokens
        try constraint.apply(to: &options)
        let file = history.map { HistoryFile(path: $0) }
        let past = try file?.read() ?? LineHistory()
        var session = ChatSession(name: (model as NSString).lastPathComponent, chat: try await NamedModel.provider(model, store: dataOptions.shared, machine: machine), options: options, drawsSeeds: seed == nil, system: system)
        if let prompt {
            try await session.answerOnce(prompt)
            return
        }
        let reader = LineReader(prompt: "> ", history: past)
        let result: Result<Void, any Error>
        do { result = .success(try await session.run(reader)) } catch { result = .failure(error) }
        try file?.write(reader.history)
        try result.get()
    }
}
