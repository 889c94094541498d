import ArgumentParser
import Core
import Foundation
import Inference
import Kernels
import Models

/// `banyan model perplexity`
struct ModelPerplexityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perplexity", abstract: "Measure how well a model predicts a text.",
        discussion: """
            The text is cut into chunks of --context tokens; the second half of each is predicted from what stands before it in the chunk. The result is the exponential of the mean \\
            negative logarithm of the probabilities: comparable between files of one model, and with llama.cpp's llama-perplexity at the same context.
            """)

    @OptionGroup var argument: ModelArgument
    @Argument(help: "A text file, or - for standard input.")
    var file: String
    @Option(name: .long, help: "Tokens of a chunk.")
    var context: Int = 512
    @Option(name: .long, help: "The most chunks. The default is all.")
    var chunks: Int?
    @Option(name: .long, help: "Threads of a computation. The default is one a core.")
    var threads: Int?
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (8...1_048_576).contains(context) else { throw ValidationError("--context must be 8 to 1048576") }
        if let chunks, chunks < 1 { throw ValidationError("--chunks must be positive") }
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads must be 1 to 64") }
    }

    func run() async throws {
        let record = try await argument.record()
        guard record.task == .chat else { throw Fault(.modelTask, "\(record.name) is an encoder: it does not predict text", remedy: "choose a language model") }
        let model = try GGUFFile(path: record.path)
        let tokenizer = try Tokenizers.make(Vocabulary(model))
        let tokens = tokenizer.encode(try TextInput.read(file), addsSpecials: true, parsesSpecials: false)
        let pool = try ThreadPool(width: threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount))
        let decoder = try DecoderModel(file: model, pool: pool, contextLimit: context)
        let bos = tokenizer.vocabulary.addsBOS ? tokenizer.vocabulary.bos : nil
        let line = ProgressLine(isQuiet: output.json)
        let result = try Perplexity.measure(decoder, tokens: tokens, context: context, bos: bos, chunkCountMax: chunks, progress: line.sink)
        if output.json {
            let json: JSONValue = [
                "model": .string(record.name), "perplexity": .double(result.perplexity), "error": .double(result.error), "tokens": .int(result.scored), "chunks": .int(result.chunks),
                "context": .int(context),
            ]
            Terminal.out(json.text)
        } else {
            let figures = "\(Terminal.rounded(result.perplexity, 4)) ± \(Terminal.rounded(result.error, 4))"
            Terminal.out(Terminal.say("perplexity \(figures) over \(result.scored) tokens in \(result.chunks) chunks", "困惑度 \(figures)，\(result.chunks) 段共 \(result.scored) 个词元"))
        }
    }
}
