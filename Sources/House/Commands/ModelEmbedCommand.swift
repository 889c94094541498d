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

    @Flag(name: .long, help: "Write how fast it was, in JSON, instead of the vectors. Reading the model does not count, tokenizing does.")
    var measure = false

    func validate() throws {
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads must be 1 to 64") }
    }

    func run() async throws {
        let record = try await argument.record()
        guard record.task == .embedding else { throw Fault(.modelTask, "\(record.name) is a language model: it answers and does not embed", remedy: "choose an encoder") }
        let service = try EmbeddingService(record: record, pool: try ThreadPool(width: threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)))
        let texts = try Self.texts(try TextInput.read(file))
        if measure { return try report(service, texts) }
        for start in stride(from: 0, to: texts.count, by: 256) {
            let part = texts[start..<min(texts.count, start + 256)]
            for vector in try service.embed(part.map { service.tokens(of: $0) }) { Terminal.out(JSONValue.array(vector.map { .double(Double($0)) }).text) }
        }
    }

    private func report(_ service: EmbeddingService, _ texts: [String]) throws {
        // The first batch warms what the system warms only once: pages of weights, frequencies.
        _ = try service.embed(texts.prefix(64).map { service.tokens(of: $0) })
        let clock = ContinuousClock()
        var tokens = 0
        let time = try clock.measure {
            for start in stride(from: 0, to: texts.count, by: 256) {
                let part = texts[start..<min(texts.count, start + 256)].map { service.tokens(of: $0) }
                tokens += part.reduce(0) { $0 + $1.count }
                _ = try service.embed(part)
            }
        }
        let seconds = Terminal.seconds(time)
        let json: JSONValue = [
            "texts": .int(texts.count), "tokens": .int(tokens), "width": .int(service.width), "seconds": .double(seconds), "texts_per_second": .double(Double(texts.count) / max(1e-9, seconds)),
        ]
        Terminal.out(json.prettyText)
    }

    /// A JSON array's texts, or the lines.
    static func texts(_ text: String) throws -> [String] {
        if text.first == "[", let texts = try? JSONValue(parsing: text).array { return texts.compactMap(\.string) }
        var lines = text.components(separatedBy: "\n")
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
