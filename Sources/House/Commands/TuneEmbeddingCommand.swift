import ArgumentParser
import Core
import Foundation
import Tuning

/// `banyan tune embedding`
struct TuneEmbeddingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embedding", abstract: "Train an encoder of sentences, for search by meaning and by words.",
        discussion: """
            Pairs are JSON objects, one a line: {"query":"…","text":"…"}, or {"text":"…","same":"…"} for two ways to say the same. Of all texts of a step, a query's own must be the nearest, \
            so that larger steps (--batch) teach more. A list of words with their frequencies ("word count", one a line, as segmenters have) tells from the start what in Chinese is a word \
            and how rare it is. Beside the model (safetensors, in bytes) stand its card (.md), \
            the loss curve (.svg) and, until the run is complete, the run itself (.run): a run that was stopped goes on with --resume, to the same result.
            """)

    @Option(name: .long, help: ArgumentHelp("Pairs of texts.", valueName: "file"))
    var data: String
    @Option(name: .long, help: ArgumentHelp("Words with their frequencies.", valueName: "file"))
    var words: String?
    @Option(name: .long, help: ArgumentHelp("Pairs to measure with, instead of a share of the others.", valueName: "file"))
    var heldOutData: String?
    @Option(name: .long, help: ArgumentHelp("Numbers of the memory that vectors of pieces are windows of: bytes of the model.", valueName: "n"))
    var memorySize: Int = 1 << 21
    @Option(name: .long, help: ArgumentHelp("Numbers of a vector.", valueName: "n"))
    var width: Int = 1_536
    @Option(name: .long, help: ArgumentHelp("Numbers of the hidden layer.", valueName: "n"))
    var hidden: Int = 64
    @OptionGroup var options: TuneOptions

    private static let defaults = TuneOptions.Defaults(epochs: 4, batch: 256, rate: 1e-3, heldOut: 0.05)
    private static let wordsMax = 4_000_000

    func validate() throws {
        guard (16...4_096).contains(width), (width...1 << 26).contains(memorySize), (1...1_024).contains(hidden) else {
            throw ValidationError("--width must be 16 to 4096, --memory-size the width to 67108864, --hidden 1 to 1024")
        }
    }

    func run() async throws {
        let set = try TextPairSet(path: data)
        var (training, measured) = set.split(heldOut: options.share(Self.defaults), seed: options.seed)
        if let heldOutData { (training, measured) = (set.items, try TextPairSet(path: heldOutData).items) }
        let known = Set(training), repeated = measured.count { known.contains($0) }
        TuneOptions.warn(repeated: repeated, of: measured.count)
        let files = try TuneOptions.hashed([data] + [heldOutData, words].compactMap { $0 })
        let weights = PieceWeights(words: try words.map(Self.list) ?? [], texts: training.flatMap { [$0.query, $0.text] })
        let network = try SentenceEncoder(.init(memoryCount: memorySize, width: width, hiddenWidth: hidden), weights: weights, in: options.workspace(), seed: options.seed)
        let before = try network.rounded().figures(measured)
        let (examples, own) = (training.map { SentenceEncoder.Example($0) }, measured.map { SentenceEncoder.Example($0) })
        let trainer = try Trainer(network, training: examples, heldOut: own, plan: options.plan(Self.defaults, data: files))
        let measure = (en: "nearest of those measured together", zh: "同批最近")
        var run = try TuneRun(trainer, about: network.about, measure: measure, options: options) { network, path in try network.write(to: path) }
        try run.drive()
        try run.finish(report(before, try run.best.rounded().figures(measured), files: files, measured: measured.count, repeated: repeated))
    }

    /// Words with their counts.
    ///
    /// - Throws: `core.file`; `tuning.data` naming the line.
    private static func list(_ path: String) throws -> [(word: String, count: Double)] {
        let lines = Array(TextDecoder.decode(try FileTree.read(path, byteCountMax: 1 << 28)).text.utf8).split(separator: 10, maxSplits: wordsMax, omittingEmptySubsequences: false)
        return try lines.enumerated().compactMap { index, line in
            let fields = line.split { $0 == 32 || $0 == 9 || $0 == 13 }
            guard !fields.isEmpty else { return nil }
            guard fields.count >= 2, let count = Double(String(decoding: fields[1], as: UTF8.self)), count >= 0, count.isFinite else {
                throw Fault(.trainingData, "\(path) line \(index + 1): no word with its count", remedy: "give each line a word, a space and how often it occurs")
            }
            return (String(decoding: fields[0], as: UTF8.self), count)
        }
    }

    private func report(_ before: RetrievalFigures, _ after: RetrievalFigures, files: [TuneReport.DataFile], measured: Int, repeated: Int) -> TuneReport {
        func percent(_ share: Double) -> String { "\(Terminal.rounded(share * 100, 2)) %" }
        let rows = [("recall@1", after.recallAt1, before.recallAt1), ("recall@10", after.recallAt10, before.recallAt10), ("MRR@10", after.reciprocalRank, before.reciprocalRank)]
        let figures = rows.map { ("\($0.0) among all \(after.textCount) held-out texts (before training)", "\(percent($0.1)) (\(percent($0.2)))") }
        return TuneReport(
            purpose: "Gives texts vectors of \(width) numbers that are near each other when the texts belong together.", data: files, heldOut: measured, repeated: repeated,
            figures: figures + [("memory, width, hidden", "\(memorySize), \(width), \(hidden)")],
            limits: """
                Measured on pairs held out of the same files only; the best of all epochs was chosen by them. A vector says which words and characters a text has, weighed by how much they tell: \
                it knows few synonyms and no world.
                """,
            json: ["retrieval": after.json, "before": before.json], rows: rows.map { [$0.0, percent($0.1)] })
    }
}
