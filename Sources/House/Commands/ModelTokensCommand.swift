import ArgumentParser
import Core
import Foundation
import Inference
import Models

/// `banyan model tokens`
struct ModelTokensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens", abstract: "Show the tokens that a model reads a text as.",
        discussion: "TEXT is the text itself, or - for standard input. Marks written in the text are plain text unless --specials.")

    @OptionGroup var argument: ModelArgument
    @Argument(help: "The text, or - to read it from standard input.")
    var text: String
    @Flag(name: .long, help: "Leave out the marks that the tokenizer puts around a text.")
    var bare = false
    @Flag(name: .long, help: "Read marks such as <|im_start|> in the text as what they stand for.")
    var specials = false
    @Option(name: .long, help: "The text between these words is several texts, each tokenized alone; --json gives one object a text.")
    var separator: String?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let record = try await argument.record()
        let tokenizer = try Tokenizers.make(Vocabulary(try GGUFFile(path: record.path)))
        let whole = text == "-" ? try TextInput.read("-") : text
        let texts = separator.map { whole.components(separatedBy: $0) } ?? [whole]
        for text in texts {
            let tokens = tokenizer.encode(text, addsSpecials: !bare, parsesSpecials: specials)
            let pieces = tokens.map { String(decoding: tokenizer.bytes(of: $0, showsSpecials: true), as: UTF8.self) }
            if output.json {
                Terminal.out(JSONValue.object(["tokens": .array(tokens.map { .int(Int($0)) }), "pieces": .array(pieces.map { .string($0) })]).text)
            } else {
                let rows = zip(tokens, pieces).map { ["\($0)", $1.debugDescription] }
                Terminal.out(Terminal.table(rows))
                Terminal.note(Terminal.say("\(tokens.count) tokens", "\(tokens.count) 个词元"))
            }
        }
    }
}
