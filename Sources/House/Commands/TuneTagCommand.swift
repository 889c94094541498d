import ArgumentParser
import Core
import Foundation
import Inference
import Kernels
import Tuning

/// `banyan tune tag`
struct TuneTagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "Find spans in texts with a tagger that was trained here, or measure it.",
        discussion: """
            Each line of a file is a text. The output is a JSON object for each: {"spans":[{"start":0,"end":3,"type":"…"}]}; places count Unicode scalars, ends are behind the last one. \
            With --evaluate the file has labels, as for `banyan tune tagger`, and the output is precision, recall and F1 of exact spans.
            """)

    @Option(name: .long, help: ArgumentHelp("A model of `banyan tune tagger`.", valueName: "file"))
    var model: String
    @Argument(help: "A file of texts, one a line; - is standard input.")
    var file: String = "-"
    @Flag(name: .long, help: "Show each text beside its spans.")
    var text = false
    @Option(name: .long, help: ArgumentHelp("Texts with spans to measure the model with.", valueName: "file"))
    var evaluate: String?
    @Option(name: .long, help: "Threads of a computation. The default is one a core.")
    var threads: Int?
    @OptionGroup var output: OutputOptions

    /// Texts that are in memory at once.
    private static let batchCount = 4_096

    func validate() throws {
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads must be 1 to 64") }
    }

    func run() async throws {
        let tagger = try LoadedTextTagger(path: model)
        let pool = try ThreadPool(width: threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount))
        if let evaluate { return try measure(tagger, evaluate, pool) }
        var lines = try TextInput.read(file).components(separatedBy: "\n")
        if lines.last == "" { lines.removeLast() }
        for start in stride(from: 0, to: lines.count, by: Self.batchCount) {
            let part = Array(lines[start..<min(lines.count, start + Self.batchCount)])
            for (line, spans) in zip(part, try tagger.tag(part, pool: pool)) {
                var json: JSONValue = ["spans": .array(spans.map { ["start": .int($0.start), "end": .int($0.end), "type": .string($0.type)] })]
                if text { json["text"] = .string(line) }
                Terminal.out(json.text)
            }
        }
    }

    private func measure(_ tagger: LoadedTextTagger, _ path: String, _ pool: ThreadPool) throws {
        var set = try TaggedSets.read([path])
        let unknown = Set(set.counts.keys).subtracting(tagger.types).sorted()
        if !unknown.isEmpty {
            Terminal.note(Terminal.say("warning: spans of types that the model does not know are left out: \(unknown.prefix(16).joined(separator: ", "))", "警告：模型不认识以下类型，未计入：\(unknown.prefix(16).joined(separator: "、"))"))
            set.keep(types: Set(tagger.types))
        }
        let texts = set.texts.map { String(String.UnicodeScalarView($0.scalars.compactMap(Unicode.Scalar.init))) }
        let start = ContinuousClock.now
        let found = try tagger.tag(texts, pool: pool)
        let seconds = Terminal.seconds(ContinuousClock.now - start)
        var scores = SpanScores()
        for (spans, text) in zip(found, set.texts) { scores.add(found: spans, there: text.spans) }
        let rate = Double(texts.reduce(0) { $0 + $1.utf8.count }) / max(seconds, 1e-9) / 1e6
        guard !output.json else {
            var json = scores.json
            (json["texts"], json["seconds"], json["megabytes_per_second"]) = (.int(texts.count), .double(seconds), .double(rate))
            return Terminal.out(json.prettyText)
        }
        func row(_ name: String, _ counts: SpanScores.Counts) -> [String] {
            [name, Terminal.rounded(counts.precision * 100, 2), Terminal.rounded(counts.recall * 100, 2), Terminal.rounded(counts.f1 * 100, 2), "\(counts.there)"].map { "\($0)" }
        }
        let head = [Terminal.say("type", "类型"), Terminal.say("precision", "精确率"), Terminal.say("recall", "召回率"), "F1", Terminal.say("spans", "片段数")]
        Terminal.out(Terminal.table([head] + scores.byType.sorted { $0.key < $1.key }.map { row($0.key, $0.value) } + [row(Terminal.say("all", "合计"), scores.all)]))
        Terminal.out(Terminal.say("\(Terminal.rounded(rate, 2)) MB/s", "\(Terminal.rounded(rate, 2)) MB/s"))
    }
}

/// A tagger of either kind, by what its file says.
private enum LoadedTextTagger {
    case network(LoadedTagger)
    case quick(QuickTagger)

    init(path: String) throws {
        let file = try SafetensorsFile(path: path)
        self = QuickTagger.isOne(file) ? .quick(try QuickTagger(file: file)) : .network(try LoadedTagger(file: file))
    }

    var types: [String] {
        switch self {
        case .network(let tagger): tagger.types
        case .quick(let tagger): tagger.types
        }
    }

    /// A quick one reads on one thread.
    func tag(_ texts: [String], pool: ThreadPool) throws -> [[TextSpan]] {
        switch self {
        case .network(let tagger): try tagger.tag(texts, pool: pool)
        case .quick(let tagger): texts.map(tagger.tag)
        }
    }
}
