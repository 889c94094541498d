import ArgumentParser
import Core
import Foundation
import Kernels
import Tuning

/// `banyan tune embed`
struct TuneEmbedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed", abstract: "Write the vectors that a sentence encoder gives texts, or find the nearest text.",
        discussion: """
            The file has one text a line, or is a JSON array of texts. The output is one JSON array of numbers a text, each of length 1; with --search it is the nearest texts with their lines, as a table or with --json \
            as an object a line.
            """)

    @Option(name: .long, help: ArgumentHelp("A model of `banyan tune embedding`. The default is the bundled one.", valueName: "file"))
    var model: String?
    @Argument(help: "A file of texts; - is standard input.")
    var file: String = "-"
    @Option(name: .long, help: ArgumentHelp("Find the texts that are nearest to this one.", valueName: "query"))
    var search: String?
    @Option(name: .long, help: ArgumentHelp("Texts to find.", valueName: "n"))
    var limit: Int = 5
    @Flag(name: .long, help: "Write how fast it was, in JSON, instead of the vectors.")
    var measure = false
    @Option(name: .long, help: "Threads of a computation. The default is one a core.")
    var threads: Int?
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads must be 1 to 64") }
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be 1 to 10000") }
    }

    func run() async throws {
        let encoder = try LoadedSentenceEncoder(path: model ?? BundledEmbedding.path(), pool: ThreadPool(width: threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)))
        let texts = try ModelEmbedCommand.texts(TextInput.read(file))
        if measure { return try report(encoder, texts) }
        if let search { return try find(search, among: texts, encoder) }
        for start in stride(from: 0, to: texts.count, by: 256) {
            for vector in try encoder.vectors(of: Array(texts[start..<min(texts.count, start + 256)])) { Terminal.out(JSONValue.array(vector.map { .double(Double($0)) }).text) }
        }
    }

    private func find(_ query: String, among texts: [String], _ encoder: LoadedSentenceEncoder) throws {
        let asked = try encoder.vector(of: query)
        let nearness = try encoder.vectors(of: texts).map { vector in zip(vector, asked).reduce(Float(0)) { $0 + $1.0 * $1.1 } }
        // The first of equal ones first.
        let best = texts.indices.sorted { (nearness[$1], $0) < (nearness[$0], $1) }.prefix(limit)
        guard !output.json else {
            for place in best { Terminal.out(JSONValue.object(["line": .int(place + 1), "nearness": .double(Double(nearness[place])), "text": .string(texts[place])]).text) }
            return
        }
        Terminal.out(Terminal.table(best.map { ["\($0 + 1)", Terminal.rounded(Double(nearness[$0]), 3), texts[$0]] }))
    }

    private func report(_ encoder: LoadedSentenceEncoder, _ texts: [String]) throws {
        // The first batch warms what the system warms only once.
        _ = try encoder.vectors(of: Array(texts.prefix(256)))
        let seconds = Terminal.seconds(try ContinuousClock().measure { _ = try encoder.vectors(of: texts) })
        let json: JSONValue = [
            "texts": .int(texts.count), "scalars": .int(texts.reduce(0) { $0 + $1.unicodeScalars.count }), "width": .int(encoder.width), "seconds": .double(seconds),
            "texts_per_second": .double(Double(texts.count) / max(1e-9, seconds)),
        ]
        Terminal.out(json.prettyText)
    }
}
