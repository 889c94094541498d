import ArgumentParser
import Core
import Foundation
import Inference
import Models
import Tuning

extension InstructionFormat: ExpressibleByArgument {}
extension ConversationTokenizer.Answers: ExpressibleByArgument {}

/// `banyan tune check`
struct TuneCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check data for fine-tuning a language model, without training.",
        discussion: """
            Data are JSONL or a JSON array: chat messages, alpaca, conversations (ShareGPT), plain text, or preferences. Wrong rows are named by line, never shown. With --model, rows are laid out by the model's template and \
            counted in its tokens. The exit status tells whether every row can be used.
            """)

    @Option(name: .long, help: ArgumentHelp("The data.", valueName: "file"))
    var data: String
    @Option(name: .long, help: ArgumentHelp("Data to measure with, compared with the others.", valueName: "file"))
    var validation: String?
    @Option(name: .long, help: "The form of the data. The default is that of the first row.")
    var format: InstructionFormat?
    @Option(name: .long, help: "A model's name, or a GGUF file: counts tokens.")
    var model: String?
    @Option(name: .long, help: ArgumentHelp("Tokens of a row at most.", valueName: "tokens"))
    var length: Int = 2048
    @Option(name: .long, help: "Which answers of a conversation are learned: all or last.")
    var answers: ConversationTokenizer.Answers = .all
    @Option(name: .long, help: ArgumentHelp("The data directory that holds the model.", valueName: "dir"))
    var models: String = "./banyan-data"
    @Flag(name: .long, help: "With --json and --model, show the tokens of every example and which of them are learned.")
    var tokens = false
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (8...1 << 20).contains(length) else { throw ValidationError("--length must be 8 to 1048576") }
    }

    private struct Checked {
        var report: InstructionReport
        var counted: TokenizedFile?
        var sequences: Int?
    }

    func run() async throws {
        let tokenizer = try await tokenizer()
        let files = try [data, validation].compactMap { $0 }.map { try check($0, tokenizer) }
        let shared = files.count == 2 ? files[1].report.sharedCount(with: files[0].report) : nil
        if output.json {
            var json: JSONValue = ["files": .array(files.map(json))]
            if let shared { json["shared"] = .int(shared) }
            Terminal.out(json.prettyText)
        } else {
            for file in files {
                Terminal.out(Terminal.table(rows(file)))
                for diagnostic in file.report.diagnostics { Terminal.out("\(diagnostic.place ?? ""): \(diagnostic.message)") }
                if file.report.furtherCount > 0 { Terminal.out(Terminal.say("and \(file.report.furtherCount) more", "另有 \(file.report.furtherCount) 处")) }
            }
            if let shared, shared > 0 { Terminal.note(Terminal.say("warning: \(shared) rows stand in both files", "警告：两个文件有 \(shared) 行相同")) }
        }
        let refused = files.reduce(0) { $0 + $1.report.refusedCount }
        guard refused == 0 else {
            throw Fault(.trainingData, Terminal.say("\(refused) rows cannot be used", "有 \(refused) 行不能使用"), remedy: Terminal.say("correct them, or train without them", "修正这些行，或在训练中略过"))
        }
    }

    private func tokenizer() async throws -> ConversationTokenizer? {
        guard let model else { return nil }
        return try AdapterRun.tokenizer(try GGUFFile(path: try await AdapterRun.path(of: model, in: models)), answers)
    }

    private func check(_ path: String, _ tokenizer: ConversationTokenizer?) throws -> Checked {
        let file = InstructionFile(path: path, format: format)
        guard let tokenizer else { return Checked(report: try file.read { _, _ in }) }
        let counted = try TokenizedFile(file, tokenizer: tokenizer, lengthMax: length)
        let sequences = counted.examples.isEmpty ? nil : try SequencePacking.pack(counted.examples, length: length).rows.count
        return Checked(report: counted.report, counted: counted, sequences: sequences)
    }

    private func rows(_ file: Checked) -> [[String]] {
        let report = file.report
        var rows = [
            [Terminal.say("file", "文件"), report.path], [Terminal.say("format", "格式"), report.format?.rawValue ?? ""], [Terminal.say("rows", "行数"), "\(report.rowCount)"],
            [Terminal.say("wrong", "有误"), "\(report.refusedCount)"], [Terminal.say("repeated", "重复"), "\(report.repeatedCount)"], [Terminal.say("answers", "回答"), "\(report.answerCount)"],
        ]
        if let counted = file.counted {
            rows += [
                [Terminal.say("too long", "过长"), "\(report.tooLongCount)"], [Terminal.say("tokens", "词元"), "\(counted.tokenCount)"],
                [Terminal.say("learned", "其中学习"), "\(counted.answerTokenCount)"], [Terminal.say("longest", "最长"), "\(counted.longest)"],
            ]
        }
        if let sequences = file.sequences { rows.append([Terminal.say("packed", "打包后"), Terminal.say("\(sequences) rows of \(length)", "\(sequences) 行，每行长度 \(length)")]) }
        return rows
    }

    private func json(_ file: Checked) -> JSONValue {
        let report = file.report
        var json: JSONValue = [
            "file": .string(report.path), "sha256": .string(report.hash), "format": report.format.map { .string($0.rawValue) } ?? .null, "rows": .int(report.rowCount), "wrong": .int(report.refusedCount),
            "too_long": .int(report.tooLongCount), "repeated": .int(report.repeatedCount), "answers": .int(report.answerCount),
            "diagnostics": .array(report.diagnostics.map { ["place": .string($0.place ?? ""), "message": .string($0.message)] }),
        ]
        if let counted = file.counted {
            json["tokens"] = .int(counted.tokenCount)
            json["learned_tokens"] = .int(counted.answerTokenCount)
            json["longest"] = .int(counted.longest)
        }
        if let sequences = file.sequences { json["sequences"] = .int(sequences) }
        if tokens, let counted = file.counted {
            let all = counted.examples + counted.preferences.flatMap { [$0.chosen, $0.rejected] }
            json["examples"] = .array(all.map { ["tokens": .array($0.tokens.map { .int(Int($0)) }), "learned": .array($0.isAnswer.map { .bool($0) })] })
        }
        return json
    }
}
