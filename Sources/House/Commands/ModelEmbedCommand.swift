import ArgumentParser
import Core
import Foundation
import Kernels
import Models

/// `banyan model embed`
struct ModelEmbedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed", abstract: "Write the vectors that an encoder gives texts.",
        discussion: "The file has one text a line, or is a JSON array of texts. The output is one JSON array of numbers a text, each of length 1.")

    @OptionGroup var argument: ModelArgument
    @Argument(help: "A file of texts, or - for standard input.")
    var file: String
    @Option(name: .long, help: "Threads of a computation. The default is one a core.")
    var threads: Int?

    func validate() throws {
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads must be 1 to 64") }
    }

    func run() async throws {
        let record = try await argument.record()
        guard record.task == .embedding else { throw Fault(.modelTask, "\(record.name) is a language model: it answers and does not embed", remedy: "choose an encoder") }
        let service = try EmbeddingService(record: record, pool: try ThreadPool(width: threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)))
        let texts = try Self.texts(try TextInput.read(file))
        for start in stride(from: 0, to: texts.count, by: 256) {
            let part = texts[start..<min(texts.count, start + 256)]
            for vector in try service.embed(part.map { service.tokens(of: $0) }) { Terminal.out(JSONValue.array(vector.map { .double(Double($0)) }).text) }
        }
    }

    /// A JSON array's texts, or the lines.
    private static func texts(_ text: String) throws -> [String] {
        if text.first == "[", let texts = try? JSONValue(parsing: text).array { return texts.compactMap(\.string) }
        var lines = text.components(separatedBy: "\n")
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
