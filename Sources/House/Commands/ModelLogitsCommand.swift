import ArgumentParser
import Core
import Foundation
import Inference
import Kernels
import Models

/// `banyan model logits`, for comparing the engine with others; help does not show it.
struct ModelLogitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logits", abstract: "Write what a model computes for tokens: scores after each, or an encoder's vector.", shouldDisplay: false)

    @OptionGroup var argument: ModelArgument
    @Option(name: .long, help: "Token ids between commas.")
    var tokens: String
    @Option(name: .long, help: "The longest sequence of the session. The default is that of the model, at most 4096.")
    var context: Int?
    @Option(name: .long, help: "Threads of a computation.")
    var threads: Int = 1
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let ids = tokens.split(separator: ",").compactMap { Int32($0.trimmingCharacters(in: .whitespaces)) }
        guard !ids.isEmpty, ids.count == tokens.split(separator: ",").count else { throw ValidationError("--tokens must be whole numbers between commas") }
        guard (1...64).contains(threads), (1...1_048_576).contains(context ?? 1) else { throw ValidationError("--threads must be 1 to 64, --context 1 to 1048576") }
        let record = try await argument.record()
        let file = try GGUFFile(path: record.path)
        let pool = try ThreadPool(width: threads)
        let rows =
            record.task == .embedding
            ? try EmbeddingModel(file: file, pool: pool).embed([ids])
            : try DecoderModel(file: file, pool: pool, contextLimit: context ?? 4096).allScores(of: ids)
        for row in rows { Terminal.out(output.json ? JSONValue.array(row.map { .double(Double($0)) }).text : row.map { "\($0)" }.joined(separator: " ")) }
    }
}
