import ArgumentParser
import Core
import Foundation
import Kernels
import Synchronization
import Tensors
import Tuning

/// `banyan tune`
struct TuneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "tune", abstract: "Train small models on this machine.", subcommands: [TuneImageCommand.self, TuneCheckCommand.self])
}

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
    @Option(name: .long, help: ArgumentHelp("The model to write.", valueName: "file"))
    var out: String
    @Option(name: .long, help: "Times that all images are seen.")
    var epochs: Int = 5
    @Option(name: .long, help: ArgumentHelp("Images of a step.", valueName: "n"))
    var batch: Int = 64
    @Option(name: .long, help: "The highest rate.")
    var rate: Double = 2e-3
    @Option(name: .long, help: ArgumentHelp("The share of images that are kept to measure with.", valueName: "share"))
    var heldOut: Double = 1.0 / 6
    @Option(name: .long, help: ArgumentHelp("End after this many epochs without progress.", valueName: "epochs"))
    var patience: Int?
    @Option(name: .long, help: "The same seed gives the same model.")
    var seed: UInt64 = 1
    @Option(name: .long, help: "The license of the data, for the card.")
    var license: String = "not stated"
    @Option(name: .long, help: "Threads of a computation. The default is one a core.")
    var threads: Int?
    @Flag(name: .long, help: "Go on with a run that was stopped.")
    var resume = false
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(epochs), (1...4_096).contains(batch) else { throw ValidationError("--epochs must be 1 to 10000, --batch 1 to 4096") }
        guard rate > 0, rate <= 1, heldOut > 0, heldOut < 1 else { throw ValidationError("--rate must be above 0 and at most 1, --held-out between 0 and 1") }
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads must be 1 to 64") }
        if let patience, patience < 1 { throw ValidationError("--patience must be positive") }
    }

    func run() async throws {
        let set = try ImageSet(images: data, labels: labels)
        let (training, measured) = set.split(heldOut: heldOut, seed: seed)
        let repeated = ImageSet.repeated(training, measured)
        if repeated > 0 {
            Terminal.note(Terminal.say("warning: \(repeated) of \(measured.count) held-out images also stand among the others", "警告：\(measured.count) 张留出图像中有 \(repeated) 张也出现在训练图像中"))
        }
        let width = threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
        let workspace = Workspace(pool: try ThreadPool(width: width))
        let network = try ImageClassifier(.init(rows: set.rows, columns: set.columns, classes: set.classes), in: workspace, seed: seed)
        var plan = TrainingPlan()
        (plan.epochs, plan.batchCount, plan.rate, plan.patience, plan.seed) = (epochs, batch, Float(rate), patience, seed)
        let files = try [data, labels].map { (name: ($0 as NSString).lastPathComponent, hash: SHA256.hex(try FileTree.read($0, byteCountMax: 1 << 30))) }
        plan.data = files.map(\.hash).joined(separator: " ")
        var trainer = try Trainer(network, training: training, heldOut: measured, plan: plan)
        if resume { try trainer.resume(from: out + ".run") }
        let start = ContinuousClock.now, firstStep = trainer.step
        try drive(&trainer)
        let seconds = Terminal.seconds(ContinuousClock.now - start)
        try finish(trainer, files: files, set: set, measured: measured.count, repeated: repeated, seconds: seconds, images: (trainer.step - firstStep) * batch)
    }

    /// Takes steps to the end, keeping the run after each epoch and when it is stopped.
    private func drive(_ trainer: inout Trainer<ImageClassifier>) throws {
        let stopped = Mutex(false)
        // Ctrl-C ends the run between two steps.
        let interrupts = Interrupts(cancelling: { stopped.withLock { $0 = true } })
        defer { interrupts.end() }
        let sink = ProgressLine(isQuiet: output.json).sink
        do {
            while true {
                switch try trainer.next() {
                case .finished: return
                case .trained(let step, _, _): sink(JobProgress(phase: Terminal.say("training", "训练"), done: step, total: trainer.stepCount))
                case .evaluated(let epoch, let loss, let accuracy, _):
                    try trainer.write(to: out + ".run")
                    if !output.json {
                        Terminal.note(Terminal.say("epoch \(epoch): loss \(Terminal.rounded(Double(loss), 4)), \(Terminal.rounded(accuracy * 100, 2)) % right", "第 \(epoch) 轮：损失 \(Terminal.rounded(Double(loss), 4))，正确率 \(Terminal.rounded(accuracy * 100, 2))%"))
                    }
                }
                if stopped.withLock({ $0 }) {
                    try trainer.write(to: out + ".run")
                    throw Fault(.tuningStopped, Terminal.say("stopped at step \(trainer.step) of \(trainer.stepCount)", "已停在第 \(trainer.step) 步，共 \(trainer.stepCount) 步"), remedy: Terminal.say("go on with --resume", "用 --resume 继续"))
                }
            }
        } catch let fault as Fault where fault.code == .trainingNotFinite {
            if let best = trainer.best { try Checkpoint.write(trainer.network.parameterNames, best.parameters, about: about(trainer.network.shape), to: out) }
            throw fault
        }
    }

    private func about(_ shape: ImageClassifier.Shape) -> [String: String] {
        ["banyan.model": "image-classifier", "banyan.shape": "\(shape.rows) \(shape.columns) \(shape.classes)"]
    }

    private func finish(_ trainer: Trainer<ImageClassifier>, files: [(name: String, hash: String)], set: ImageSet, measured: Int, repeated: Int, seconds: Double, images: Int) throws {
        guard let best = trainer.best else { return }
        try Checkpoint.write(trainer.network.parameterNames, best.parameters, about: about(trainer.network.shape), to: out)
        let curve = LossCurve([
            .init(Terminal.say("training", "训练"), trainer.points.map { ($0.step, Double($0.loss)) }), .init(Terminal.say("held out", "留出"), trainer.points.map { ($0.step, Double($0.heldOutLoss)) }),
        ])
        try Data(curve.svg(title: Terminal.say("Loss by step", "各步损失")).utf8).write(to: URL(fileURLWithPath: out + ".svg"), options: .atomic)
        let count = trainer.network.parameters.reduce(0) { $0 + $1.count }
        let card = ModelCard(
            title: (out as NSString).lastPathComponent, purpose: "Classifies gray images of \(set.rows) x \(set.columns) pixels into \(set.classes) classes.",
            data: files, license: license, seed: seed,
            figures: [
                ("parameters", "\(count)"), ("images learned from", "\(set.images.count - measured)"), ("images measured with", "\(measured), \(repeated) of them also learned from"),
                ("right", "\(Terminal.rounded(best.accuracy * 100, 2)) %"), ("epochs, batch, rate", "\(trainer.points.count), \(batch), \(rate)"),
            ], limits: "Measured on images held out of the same files only; the best of all epochs was chosen by them.")
        try Data(card.markdown.utf8).write(to: URL(fileURLWithPath: out + ".md"), options: .atomic)
        try? FileManager.default.removeItem(atPath: out + ".run")
        if output.json {
            let json: JSONValue = [
                "model": .string(out), "accuracy": .double(best.accuracy), "held_out": .int(measured), "repeated": .int(repeated), "parameters": .int(count), "seconds": .double(seconds),
                "images_per_second": .double(seconds > 0 ? Double(images) / seconds : 0), "losses": .array(trainer.points.map { .double(Double($0.heldOutLoss)) }),
            ]
            return Terminal.out(json.prettyText)
        }
        Terminal.out(
            Terminal.table([
                [Terminal.say("model", "模型"), out], [Terminal.say("right", "正确率"), "\(Terminal.rounded(best.accuracy * 100, 2)) %"],
                [Terminal.say("loss", "损失"), curve.text(width: 40)], [Terminal.say("time", "用时"), "\(Terminal.rounded(seconds, 1)) s"],
                [Terminal.say("card, curve", "卡片、曲线"), "\(out).md, \(out).svg"],
            ]))
    }
}

extension Fault.Code {
    /// Training was stopped by a person.
    static let tuningStopped = Fault.Code("tuning.stopped", .cancelled)
}
