import Core
import Foundation
import Synchronization
import Tensors
import Tuning

/// What a command says about a model that it trained, beyond what every run knows.
struct TuneReport {
    typealias DataFile = (name: String, hash: String)

    /// What the model is for, in a sentence.
    var purpose: String
    var data: [DataFile]
    /// Held-out examples, and how many of them also stand among the others.
    var heldOut: Int
    var repeated: Int
    /// More lines of the card.
    var figures: [(name: String, value: String)] = []
    var limits = "Measured on examples held out of the same files only; the best of all epochs was chosen by them."
    /// More members of the JSON.
    var json: [String: JSONValue] = [:]
    /// More lines for the terminal.
    var rows: [[String]] = []
}

/// A run that a command drives: it shows progress, stops at Ctrl-C, keeps the run so that a killed one goes on, and writes the model with its card and curve.
struct TuneRun<Network: TrainableNetwork> {
    let options: TuneOptions
    private(set) var trainer: Trainer<Network>
    /// Texts in the model's file, by which it is read back.
    let about: [String: String]
    /// What the best epoch is chosen by, a share of 1.
    let measure: (en: String, zh: String)
    /// Time of training.
    private(set) var seconds = 0.0
    /// The loss of every step of this process.
    private(set) var stepLosses: [Float] = []
    private var examples = 0
    /// Writes the model's file.
    private let write: (Network, String) throws -> Void

    /// Goes on with the kept run when the options say so.
    ///
    /// - Parameter write: writes the model's file; nil writes all parameters.
    init(
        _ trainer: Trainer<Network>, about: [String: String], measure: (en: String, zh: String) = ("right", "正确率"), options: TuneOptions, write: ((Network, String) throws -> Void)? = nil
    ) throws {
        (self.trainer, self.about, self.measure, self.options) = (trainer, about, measure, options)
        self.write = write ?? { network, path in try Checkpoint.write(network.parameterNames, network.parameters, about: about, to: path) }
        if options.resume { try self.trainer.resume(from: runPath) }
    }

    /// Where the run is kept.
    private var runPath: String { options.out + ".run" }
    /// Examples learned from in a second.
    var examplesPerSecond: Double { seconds > 0 ? Double(examples) / seconds : 0 }

    /// The network with the parameters that did best.
    var best: Network {
        var network = trainer.network
        if let best = trainer.best { network.parameters = best.parameters }
        return network
    }

    /// Takes steps to the end, keeping the run after each epoch, every some seconds, and when it is stopped.
    mutating func drive() throws {
        let stopped = Mutex(false)
        // Ctrl-C ends the run between two steps.
        let interrupts = Interrupts(cancelling: { stopped.withLock { $0 = true } })
        defer { interrupts.end() }
        let start = ContinuousClock.now, firstStep = trainer.step
        var kept = start
        defer {
            seconds += Terminal.seconds(ContinuousClock.now - start)
            examples += (trainer.step - firstStep) * trainer.plan.batchCount
        }
        let sink = ProgressLine(isQuiet: options.output.json).sink
        do {
            while true {
                switch try trainer.next() {
                case .finished: return
                case .trained(let step, let loss, _):
                    stepLosses.append(loss)
                    sink(JobProgress(phase: Terminal.say("training", "训练"), done: step, total: trainer.stepCount))
                case .evaluated(let epoch, let loss, let score, _):
                    try trainer.write(to: runPath)
                    kept = ContinuousClock.now
                    show(epoch: epoch, loss: Double(loss), score: score)
                }
                if stopped.withLock({ $0 }) { throw try stop() }
                if ContinuousClock.now - kept >= .seconds(options.keepEvery) {
                    try trainer.write(to: runPath)
                    kept = ContinuousClock.now
                }
            }
        } catch let fault as Fault where fault.code == .trainingNotFinite {
            if trainer.best != nil { try write(best, options.out) }
            throw fault
        }
    }

    private func show(epoch: Int, loss: Double, score: Double) {
        guard !options.output.json else { return }
        let (loss, score) = (Terminal.rounded(loss, 4), Terminal.rounded(score * 100, 2))
        Terminal.note(Terminal.say("epoch \(epoch): loss \(loss), \(measure.en) \(score) %", "第 \(epoch) 轮：损失 \(loss)，\(measure.zh) \(score)%"))
    }

    private func stop() throws -> Fault {
        try trainer.write(to: runPath)
        return Fault(
            .tuningStopped, Terminal.say("stopped at step \(trainer.step) of \(trainer.stepCount)", "已停在第 \(trainer.step) 步，共 \(trainer.stepCount) 步"),
            remedy: Terminal.say("go on with --resume", "用 --resume 继续"))
    }

    private var curve: LossCurve {
        LossCurve([
            .init(Terminal.say("training", "训练"), trainer.points.map { ($0.step, Double($0.loss)) }), .init(Terminal.say("held out", "留出"), trainer.points.map { ($0.step, Double($0.heldOutLoss)) }),
        ])
    }

    /// Writes the model, its card and its curve, removes the kept run, and prints the figures.
    func finish(_ report: TuneReport) throws {
        guard let best = trainer.best else { return }
        let out = options.out
        try write(self.best, out)
        try Data(curve.svg(title: Terminal.say("Loss by step", "各步损失")).utf8).write(to: URL(fileURLWithPath: out + ".svg"), options: .atomic)
        let count = trainer.network.parameters.reduce(0) { $0 + $1.count }
        try Data(card(report, best: best.accuracy, parameters: count).markdown.utf8).write(to: URL(fileURLWithPath: out + ".md"), options: .atomic)
        try? FileManager.default.removeItem(atPath: runPath)
        guard !options.output.json else {
            let json: [String: JSONValue] = [
                "model": .string(out), "accuracy": .double(best.accuracy), "held_out": .int(report.heldOut), "repeated": .int(report.repeated), "parameters": .int(count), "seconds": .double(seconds),
                "examples_per_second": .double(examplesPerSecond), "losses": .array(trainer.points.map { .double(Double($0.heldOutLoss)) }),
            ]
            return Terminal.out(JSONValue.object(json.merging(report.json) { $1 }).prettyText)
        }
        let rows = [[Terminal.say("model", "模型"), out], [Terminal.say(measure.en, measure.zh), "\(Terminal.rounded(best.accuracy * 100, 2)) %"]] + report.rows
        let last = [
            [Terminal.say("loss", "损失"), curve.text(width: 40)], [Terminal.say("time", "用时"), "\(Terminal.rounded(seconds, 1)) s"], [Terminal.say("card, curve", "卡片、曲线"), "\(out).md, \(out).svg"],
        ]
        Terminal.out(Terminal.table(rows + last))
    }

    private func card(_ report: TuneReport, best: Double, parameters: Int) -> ModelCard {
        let plan = trainer.plan
        return ModelCard(
            title: (options.out as NSString).lastPathComponent, purpose: report.purpose, data: report.data, license: options.license, seed: plan.seed,
            figures: [
                ("parameters", "\(parameters)"), ("examples learned from", "\(trainer.trainingCount)"), ("examples measured with", "\(report.heldOut), \(report.repeated) of them also learned from"),
                (measure.en, "\(Terminal.rounded(best * 100, 2)) %"), ("epochs, batch, rate", "\(trainer.points.count), \(plan.batchCount), \(plan.rate)"),
            ] + report.figures, limits: report.limits)
    }
}

extension Fault.Code {
    /// Training was stopped by a person.
    static let tuningStopped = Fault.Code("tuning.stopped", .cancelled)
}
