import ArgumentParser
import Core
import Tuning

/// `banyan tune audio`
struct TuneAudioCommand: AsyncParsableCommand {
    /// Where labels stand when no table is given.
    enum Place: String, CaseIterable, ExpressibleByArgument { case name, folder }

    static let configuration = CommandConfiguration(
        commandName: "audio", abstract: "Train a classifier of sounds.",
        discussion: """
            Sounds are WAV files of one rate (PCM of 8 to 32 bits, or floats), in a folder or in an archive (.tar, .tar.gz). A label stands in the file's name before the first _ or -, in the folder's name, or in a table with \
            the columns file and label. Beside the model (safetensors) stand its card (.md), the loss curve (.svg) and, until the run is complete, the run itself (.run): a run that was stopped goes on with --resume.
            """)

    @Option(name: .long, help: ArgumentHelp("A folder or an archive of WAV files.", valueName: "path"))
    var data: String
    @Option(name: .long, help: ArgumentHelp("Where labels stand: name or folder.", valueName: "place"))
    var labelFrom: Place = .name
    @Option(name: .long, help: ArgumentHelp("A table of labels, instead.", valueName: "file"))
    var labels: String?
    @Option(name: .long, help: ArgumentHelp("Hundredths of a second that are looked at. The default fits 19 of 20 sounds.", valueName: "n"))
    var frames: Int?
    @OptionGroup var options: TuneOptions

    private static let defaults = TuneOptions.Defaults(epochs: 30, batch: 32, rate: 3e-3, heldOut: 0.15)

    func validate() throws {
        if let frames, !(16...1_024).contains(frames) { throw ValidationError("--frames must be 16 to 1024") }
    }

    func run() async throws {
        let source = labels.map { AudioLabels.table($0) } ?? (labelFrom == .name ? .name : .folder)
        let set = try AudioSet(path: data, labels: source)
        let (training, measured) = set.split(heldOut: options.share(Self.defaults), seed: options.seed)
        let repeated = AudioSet.repeated(training, measured)
        TuneOptions.warn(repeated: repeated, of: measured.count)
        let shape = AudioClassifier.Shape(rate: set.rate, frames: frames ?? usualFrames(training, rate: set.rate), labels: set.labels)
        let network = try AudioClassifier(shape, in: options.workspace(), seed: options.seed)
        let examples = try measured.map { try network.example($0.sound, label: $0.label) }
        let files = try hashed(set)
        let trainer = try Trainer(network, training: training.map { try network.example($0.sound, label: $0.label) }, heldOut: examples, plan: options.plan(Self.defaults, data: files))
        var run = try TuneRun(trainer, about: network.about, options: options)
        try run.drive()
        let matrix = try run.best.confusion(examples)
        let confusions = matrix.confusions(5).map { "\(matrix.labels[$0.truth]) → \(matrix.labels[$0.found]): \($0.count)" }.joined(separator: "; ")
        try run.finish(
            TuneReport(
                purpose: "Gives a sound of \(set.rate) samples a second one of \(set.labels.count) labels.", data: files, heldOut: examples.count, repeated: repeated,
                figures: [("macro F1", "\(Terminal.rounded(matrix.macroF1 * 100, 2)) %"), ("labels", set.labels.joined(separator: ", ")), ("frames", "\(shape.frames)"), ("most confused (true → found)", confusions)],
                json: ["confusion": matrix.json, "macro_f1": .double(matrix.macroF1)], rows: [[Terminal.say("confused", "混淆"), confusions]]))
    }

    /// Frames of all but the longest twentieth of the sounds.
    private func usualFrames(_ sounds: [LabeledSound], rate: Int) -> Int {
        let mel = LogMel(rate: rate)
        let counts = sounds.map { mel.frameCount(samples: $0.sound.samples.count) }.sorted()
        return counts.isEmpty ? 16 : counts[(counts.count - 1) * 19 / 20]
    }

    /// The archive, or the sounds of a folder as one: their names and samples.
    private func hashed(_ set: AudioSet) throws -> [TuneReport.DataFile] {
        let tables = labels.map { [$0] } ?? []
        if [".tar", ".tar.gz", ".tgz"].contains(where: { data.lowercased().hasSuffix($0) }) { return try TuneOptions.hashed([data] + tables) }
        let texts = set.sounds.map { sound in sound.name + " " + sound.label + " " + SHA256.hex(sound.sound.samples.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) } }) }
        return [(name: data, hash: SHA256.hex(Array(texts.joined(separator: "\n").utf8)))] + (try TuneOptions.hashed(tables))
    }
}
