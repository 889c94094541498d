import Core
import Foundation
import Inference
import Models

/// What a line of a conversation asks for.
enum ChatInput: Equatable {
    case message(String)
    case new, help, leave
    /// What the model is told first; an empty text for nothing.
    case system(String)
    case unknown(String)
    /// A blank line.
    case nothing

    /// A word after `/` is a command; `//` begins a message with a slash.
    init(_ line: String) {
        let text = line.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else {
            self = .nothing
            return
        }
        guard text.hasPrefix("/"), !text.contains("\n") || text.hasPrefix("/system") else {
            self = .message(line)
            return
        }
        let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
        switch (words[0], words.count) {
        case _ where text.hasPrefix("//"): self = .message(String(text.dropFirst()))
        case ("/new", 1): self = .new
        case ("/help", 1), ("/?", 1): self = .help
        case ("/quit", 1), ("/exit", 1), ("/bye", 1): self = .leave
        case ("/system", _): self = .system(words.count > 1 ? words[1] : "")
        default: self = .unknown(words[0])
        }
    }
}

/// A conversation in the terminal.
struct ChatSession {
    /// The model's name, as people call it.
    let name: String
    let chat: any ModelProvider
    let options: AnswerOptions
    /// Whether each answer gets a seed of its own.
    let drawsSeeds: Bool
    private(set) var messages: [ChatMessage]

    init(name: String, chat: any ModelProvider, options: AnswerOptions, drawsSeeds: Bool, system: String?) {
        (self.name, self.chat, self.options, self.drawsSeeds) = (name, chat, options, drawsSeeds)
        messages = system.map { [ChatMessage(role: "system", content: $0)] } ?? []
    }

    static var help: String {
        Terminal.say(
            """
            /new           forget the conversation
            /system TEXT   tell the model this first, in a new conversation
            /help          this text
            /quit          leave, as Ctrl-D does; //x sends a message that begins with /x
            A line that ends in \\ goes on in the next; pasted lines stay together.
            Ctrl-C stops an answer, and leaves at an empty prompt.
            """,
            """
            /new           清空对话
            /system 文本   设定系统提示，并开始新对话
            /help          显示本帮助
            /quit          退出（同 Ctrl-D）；//x 发送以 /x 开头的消息
            行末的 \\ 表示下一行继续；粘贴的多行保持为一条消息。
            Ctrl-C 停止当前回答；在空提示符下按 Ctrl-C 则退出。
            """)
    }

    /// Reads and answers until the person leaves.
    mutating func run(_ reader: LineReader) async throws {
        let interrupts = reader.isTerminal ? Interrupts(restore: reader.restoration) : nil
        defer { interrupts?.end() }
        if reader.isTerminal { Terminal.note(Terminal.say("\(name). /help tells what can be entered.", "\(name)。输入 /help 查看帮助。")) }
        while true {
            switch reader.next() {
            case .end, .interrupt: return
            case .dropped: continue
            case .line(let line):
                switch ChatInput(line) {
                case .nothing: continue
                case .leave: return
                case .help: Terminal.note(Self.help)
                case .unknown(let word): Terminal.note(Terminal.say("There is no \(word). ", "没有命令 \(word)。") + "\n" + Self.help)
                case .new:
                    messages.removeAll { $0.role != "system" }
                    Terminal.note(Terminal.say("A new conversation.", "已开始新对话。"))
                case .system(let text):
                    messages = text.isEmpty ? [] : [ChatMessage(role: "system", content: text)]
                    Terminal.note(Terminal.say("A new conversation.", "已开始新对话。"))
                case .message(let text): try await exchange(text, interrupts)
                }
            }
        }
    }

    /// One message and its answer. A message that cannot be answered is forgotten, and the conversation goes on.
    private mutating func exchange(_ text: String, _ interrupts: Interrupts?) async throws {
        messages.append(ChatMessage(role: "user", content: text))
        do {
            let answer = try await answer(interrupts)
            messages.append(ChatMessage(role: "assistant", content: answer))
        } catch let fault as Fault where interrupts != nil {
            messages.removeLast()
            Terminal.error(fault)
            if fault.code == .contextFull, messages.count > 1 { Terminal.note(Terminal.say("  /new forgets the conversation and makes room.", "  /new 可清空对话，腾出空间。")) }
        }
    }

    /// Answers a single message, for `--prompt`.
    mutating func answerOnce(_ text: String) async throws {
        messages.append(ChatMessage(role: "user", content: text))
        _ = try await answer(nil)
    }

    private func answer(_ interrupts: Interrupts?) async throws -> String {
        var options = options
        if drawsSeeds { options.sampling.seed = UInt64.random(in: .min ... .max) }
        let events = try await chat.answer(messages, options: options)
        let task = Task {
            var text = ""
            for try await event in events {
                switch event {
                case .text(let piece, _):
                    text += piece
                    FileHandle.standardOutput.write(Data(piece.utf8))
                case .finished(_, let cost): Self.report(cost)
                }
            }
            // A stream whose reader was cancelled ends without an end.
            if Task.isCancelled {
                FileHandle.standardOutput.write(Data("\n".utf8))
                Terminal.note(Terminal.say("[stopped]", "[已停止]"))
            }
            return text
        }
        interrupts?.onInterrupt { task.cancel() }
        defer { interrupts?.onInterrupt(nil) }
        return try await task.value
    }

    private static func report(_ cost: GenerationStatistics) {
        let speed = cost.seconds > cost.secondsToFirstToken ? Double(max(0, cost.answerTokens - 1)) / (cost.seconds - cost.secondsToFirstToken) : 0
        FileHandle.standardOutput.write(Data("\n".utf8))
        Terminal.note(
            Terminal.say(
                "[\(cost.answerTokens) tokens, \(Terminal.rounded(speed, 1)) tokens/s, first after \(Terminal.rounded(cost.secondsToFirstToken, 2)) s]",
                "[\(cost.answerTokens) 个词元，每秒 \(Terminal.rounded(speed, 1)) 个，首个用时 \(Terminal.rounded(cost.secondsToFirstToken, 2)) 秒]"))
    }
}
