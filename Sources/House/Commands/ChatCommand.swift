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
        discussion: "MODEL is a registered name, local or remote, or a GGUF file. An empty line or Ctrl-D ends; /new forgets the conversation. With --prompt it answers once and exits.")

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
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var machine: MachineOptions

    func run() async throws {
        let chat = try await load()
        var messages = system.map { [ChatMessage(role: "system", content: $0)] } ?? []
        let opening = messages
        if let prompt {
            messages.append(ChatMessage(role: "user", content: prompt))
            _ = try await answer(chat, messages)
            return
        }
        while true {
            FileHandle.standardError.write(Data("> ".utf8))
            guard let line = readLine(), !line.isEmpty else { return }
            if line == "/new" {
                messages = opening
                continue
            }
            messages.append(ChatMessage(role: "user", content: line))
            messages.append(ChatMessage(role: "assistant", content: try await answer(chat, messages)))
        }
    }

    private func load() async throws -> any ModelProvider {
        if FileManager.default.fileExists(atPath: model) {
            let record = try ModelRecord(name: (model as NSString).lastPathComponent, path: model, at: SystemWallClock().now)
            return try await machine.chat(record)
        }
        let registry = ModelRegistry(store: try dataOptions.shared(), clock: SystemWallClock())
        if let remote = try await registry.findRemote(model) {
            Terminal.note(Terminal.say("\(remote.name) is outside: what you write goes to \(remote.url)", "\(remote.name) 是外部模型：您输入的内容会发送到 \(remote.url)"))
            return RemoteProvider(model: remote, transport: HTTPClient())
        }
        let record = try await registry.record(model)
        return try await machine.chat(record)
    }

    private func answer(_ chat: any ModelProvider, _ messages: [ChatMessage]) async throws -> String {
        var options = AnswerOptions()
        options.sampling.temperature = temperature
        options.sampling.seed = seed ?? UInt64.random(in: .min ... .max)
        options.tokenCountMax = maxTokens
        var text = ""
        for try await event in try await chat.answer(messages, options: options) {
            switch event {
            case .text(let piece, _):
                text += piece
                FileHandle.standardOutput.write(Data(piece.utf8))
            case .finished(_, let cost):
                let speed = cost.seconds > cost.secondsToFirstToken ? Double(max(0, cost.answerTokens - 1)) / (cost.seconds - cost.secondsToFirstToken) : 0
                FileHandle.standardOutput.write(Data("\n".utf8))
                Terminal.note(
                    Terminal.say(
                        "[\(cost.answerTokens) tokens, \(Terminal.rounded(speed, 1)) tokens/s, first after \(Terminal.rounded(cost.secondsToFirstToken, 2)) s]",
                        "[\(cost.answerTokens) 个词元，每秒 \(Terminal.rounded(speed, 1)) 个，首个用时 \(Terminal.rounded(cost.secondsToFirstToken, 2)) 秒]"))
            }
        }
        return text
    }
}
