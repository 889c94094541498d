import ArgumentParser
import Core
import Tuning

/// `banyan tune tabular`
struct TuneTabularCommand: AsyncParsableCommand {
    /// What the target is taken for.
    enum Task: String, CaseIterable, ExpressibleByArgument { case label, number }

    static let configuration = CommandConfiguration(
        commandName: "tabular", abstract: "Train a network that predicts a column of a table from the others.",
        discussion: """
            The table has a header (.csv, .tsv). Columns of numbers are scaled, all others are names; empty values, NA, NaN, null and ? are missing, which is no error except in the target. Beside the model (safetensors) stand \
            its card (.md), the loss curve (.svg) and, until the run is complete, the run itself (.run): a run that was stopped goes on with --resume, to the same result.
            """)

    @Option(name: .long, help: ArgumentHelp("The table.", valueName: "file"))
    var data: String
    @Option(name: .long, help: ArgumentHelp("The column to predict.", valueName: "name"))
    var target: String
    @Option(name: .long, help: ArgumentHelp("What it is: label or number. The default is a number when all values are, more than 20 of them different.", valueName: "kind"))
    var task: Task?
    @Option(name: .long, parsing: .upToNextOption, help: ArgumentHelp("Columns not to look at, such as identifiers.", valueName: "name"))
    var ignore: [String] = []
    @Option(name: .long, help: ArgumentHelp("Numbers of a layer.", valueName: "n"))
    var width: Int = 64
    @OptionGroup var options: TuneOptions

    private static let defaults = TuneOptions.Defaults(epochs: 20, batch: 128, rate: 2e-3, heldOut: 0.2)

    func validate() throws {
        guard (4...1_024).contains(width) else { throw ValidationError("--width must be 4 to 1024") }
    }

    func run() async throws {
        let table = try DelimitedText(path: data)
        var random = SeededRandom(seed: options.seed)
        let rows = table.rows.shuffled(using: &random), count = min(rows.count, max(0, Int((Double(rows.count) * options.share(Self.defaults)).rounded())))
        let (training, measured) = (Array(rows.dropFirst(count)), Array(rows.prefix(count)))
        let known = Set(training.map(\.fields)), repeated = measured.count { known.contains($0.fields) }
        TuneOptions.warn(repeated: repeated, of: measured.count)
        let schema = try TableSchema(table, rows: training, target: target, isNumber: task.map { $0 == .number }, ignoring: Set(ignore), in: data)
        let network = try TableNetwork(schema, width: width, in: options.workspace(), seed: options.seed)
        let examples = try schema.examples(measured, of: table, in: data)
        let files = try TuneOptions.hashed([data])
        let trainer = try Trainer(network, training: schema.examples(training, of: table, in: data), heldOut: examples, plan: options.plan(Self.defaults, data: files))
        let measure = if case .labels = schema.target { (en: "right", zh: "正确率") } else { (en: "variance explained", zh: "解释方差") }
        var run = try TuneRun(trainer, about: network.about, measure: measure, options: options)
        try run.drive()
        try run.finish(report(run.best, schema, examples, files: files, repeated: repeated))
    }

    private func report(_ network: TableNetwork, _ schema: TableSchema, _ examples: [TableNetwork.Example], files: [TuneReport.DataFile], repeated: Int) throws -> TuneReport {
        var report = TuneReport(purpose: "Predicts \(target) from \(schema.columns.count) columns.", data: files, heldOut: examples.count, repeated: repeated)
        report.figures = [("columns", schema.columns.map(\.title).joined(separator: ", "))]
        if let matrix = try network.confusion(examples) {
            let f1 = "\(Terminal.rounded(matrix.macroF1 * 100, 2)) %"
            report.figures.append(("macro F1", f1))
            report.rows = [[Terminal.say("macro F1", "宏平均 F1"), f1]]
            report.json = ["confusion": matrix.json, "macro_f1": .double(matrix.macroF1)]
        } else if case .number(_, let deviation) = schema.target {
            let error = (Double(try network.evaluate(examples).loss)).squareRoot() * deviation
            report.figures.append(("root of the mean squared error", Terminal.rounded(error, 4)))
            report.rows = [[Terminal.say("root mean squared error", "均方根误差"), Terminal.rounded(error, 4)]]
            report.json = ["rmse": .double(error)]
        }
        return report
    }
}

extension TableSchema.Column {
    /// What a card says of the column.
    var title: String {
        switch self {
        case .number(let name, _, _): name + " (number)"
        case .names(let name, let values): name + " (\(values.count) names)"
        }
    }
}
