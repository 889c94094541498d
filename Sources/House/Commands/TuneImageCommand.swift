import ArgumentParser
import Core
import Tuning

/// `banyan tune image`
struct TuneImageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image", abstract: "Train a classifier of gray images.",
        discussion: """
            Images and labels are a pair of idx files, packed by gzip or not. Beside the model (safetensors) stand its card (.md), the loss curve (.svg) and, until the run is complete, the run itself (.run): a run that was \
            stopped goes on with --resume, to the same result.
            """)

    @Option(name: .long, help: ArgumentHelp("Images in the idx format.", valueName: "file"))
    var data: String
    @Option(name: .long, help: ArgumentHelp("Their labels in the idx format.", valueName: "file"))
    var labels: String
    @OptionGroup var options: TuneOptions

    private static let defaults = TuneOptions.Defaults(epochs: 5, batch: 64, rate: 2e-3, heldOut: 1.0 / 6)

    func run() async throws {
        let set = try ImageSet(images: data, labels: labels)
        let (training, measured) = set.split(heldOut: options.share(Self.defaults), seed: options.seed)
        let repeated = ImageSet.repeated(training, measured)
        TuneOptions.warn(repeated: repeated, of: measured.count)
        let files = try TuneOptions.hashed([data, labels])
        let network = try ImageClassifier(.init(rows: set.rows, columns: set.columns, classes: set.classes), in: options.workspace(), seed: options.seed)
        let trainer = try Trainer(network, training: training, heldOut: measured, plan: options.plan(Self.defaults, data: files))
        var run = try TuneRun(trainer, about: ["banyan.model": "image-classifier", "banyan.shape": "\(set.rows) \(set.columns) \(set.classes)"], options: options)
        try run.drive()
        try run.finish(
            TuneReport(
                purpose: "Classifies gray images of \(set.rows) x \(set.columns) pixels into \(set.classes) classes.", data: files, heldOut: measured.count, repeated: repeated,
                json: ["images_per_second": .double(run.examplesPerSecond)]))
    }
}
