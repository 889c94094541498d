import ArgumentParser
import Core
import Tuning

/// `banyan tune classifier`
struct TuneClassifierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classifier", abstract: "Train a classifier of texts.",
        discussion: """
            Texts and labels are JSON objects, one a line ({"text":"…","label":"…"}), or rows with a header (.csv, .tsv). Any language, Chinese and English mixed: pieces of text are hashed, there is no vocabulary. \
            Beside the model (safetensors) stand its card (.md), the loss curve (.svg) and, until the run is complete, the run itself (.run): a run that was stopped goes on with --resume, to the same result.
            """)

    @Option(name: .long, help: ArgumentHelp("Texts with labels.", valueName: "file"))
    var data: String
    @Option(name: .long, help: ArgumentHelp("The column or member that holds the text. The default is one of: text, sentence, review, content.", valueName: "name"))
    var text: String?
    @Option(name: .long, help: ArgumentHelp("The column or member that holds the label. The default is one of: label, category, class.", valueName: "name"))
    var label: String?
    @Option(name: .long, help: ArgumentHelp("Texts to measure with, instead of a share of the others.", valueName: "file"))
    var heldOutData: String?
    @Option(name: .long, help: ArgumentHelp("Places that pieces of text are hashed into.", valueName: "n"))
    var buckets: Int = 1 << 15
    @Option(name: .long, help: ArgumentHelp("Numbers of a piece's vector.", valueName: "n"))
    var width: Int = 64
    @OptionGroup var options: TuneOptions

    private static let defaults = TuneOptions.Defaults(epochs: 8, batch: 64, rate: 3e-3, heldOut: 0.1)

    func validate() throws {
        guard (1 << 8...1 << 22).contains(buckets), (4...1_024).contains(width) else { throw ValidationError("--buckets must be 256 to 4194304, --width 4 to 1024") }
    }

    func run() async throws {
        let set = try TextSet(path: data, text: text, label: label)
        var (training, measured) = set.split(heldOut: options.share(Self.defaults), seed: options.seed)
        if let heldOutData { (training, measured) = (set.items, try TextSet(path: heldOutData, text: text, label: label).items) }
        let repeated = TextSet.repeated(training, measured)
        TuneOptions.warn(repeated: repeated, of: measured.count)
        warnOfImbalance(set)
        let files = try TuneOptions.hashed([data] + (heldOutData.map { [$0] } ?? []))
        let shape = TextClassifier.Shape(bucketCount: buckets, width: width, heads: [.init(name: "label", labels: set.labels)])
        let network = try TextClassifier(shape, in: options.workspace(), seed: options.seed)
        let examples = try measured.map { try network.example($0) }
        let trainer = try Trainer(network, training: training.map { try network.example($0) }, heldOut: examples, plan: options.plan(Self.defaults, data: files))
        var run = try TuneRun(trainer, about: network.about, options: options)
        try run.drive()
        try finish(run, set, files: files, repeated: repeated, examples: examples)
    }

    private func warnOfImbalance(_ set: TextSet) {
        guard set.imbalance >= 10 else { return }
        let (most, least, times) = (set.counts.max() ?? 0, set.counts.min() ?? 0, Terminal.rounded(set.imbalance, 0))
        Terminal.note(Terminal.say("warning: labels have \(least) to \(most) texts, \(times) times as many; look at the macro F1", "警告：各标签有 \(least) 至 \(most) 条文本，相差 \(times) 倍；请看宏平均 F1"))
    }

    private func finish(_ run: TuneRun<TextClassifier>, _ set: TextSet, files: [TuneReport.DataFile], repeated: Int, examples: [TextClassifier.Example]) throws {
        let matrix = try run.best.confusion(examples)
        let confusions = matrix.confusions(5).map { "\(matrix.labels[$0.truth]) → \(matrix.labels[$0.found]): \($0.count)" }
        let f1 = Terminal.rounded(matrix.macroF1 * 100, 2)
        let counts = zip(set.labels, set.counts).map { "\($0): \($1)" }
        try run.finish(
            TuneReport(
                purpose: "Gives a text one of \(set.labels.count) labels.", data: files, heldOut: examples.count, repeated: repeated,
                figures: [
                    ("macro F1", "\(f1) %"), ("labels", counts.prefix(50).joined(separator: ", ")), ("most confused (true → found)", confusions.joined(separator: "; ")),
                    ("buckets, width", "\(buckets), \(width)"),
                ],
                json: ["confusion": matrix.json, "imbalance": .double(set.imbalance), "macro_f1": .double(matrix.macroF1)],
                rows: [[Terminal.say("macro F1", "宏平均 F1"), "\(f1) %"], [Terminal.say("confused", "混淆"), confusions.joined(separator: "; ")]]))
    }
}
