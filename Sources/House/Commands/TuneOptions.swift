import ArgumentParser
import Core
import Foundation
import Kernels
import Tensors
import Tuning

/// What every command that trains a network takes.
struct TuneOptions: ParsableArguments {
    /// What an option is when nobody gives it: each kind of network has its own.
    struct Defaults {
        var epochs: Int
        var batch: Int
        var rate: Double
        var heldOut: Double
    }

    @Option(name: .long, help: ArgumentHelp("The model to write.", valueName: "file"))
    var out: String
    @Option(name: .long, help: "Times that all examples are seen.")
    var epochs: Int?
    @Option(name: .long, help: ArgumentHelp("Examples of a step.", valueName: "n"))
    var batch: Int?
    @Option(name: .long, help: "The highest rate.")
    var rate: Double?
    @Option(name: .long, help: ArgumentHelp("The share of examples that are kept to measure with.", valueName: "share"))
    var heldOut: Double?
    @Option(name: .long, help: ArgumentHelp("End after this many epochs without progress.", valueName: "epochs"))
    var patience: Int?
    @Option(name: .long, help: "The same seed gives the same model.")
    var seed: UInt64 = 1
    @Option(name: .long, help: "The license of the data, for the card.")
    var license: String = "not stated"
    @Option(name: .long, help: "Threads of a computation. The default is one a core.")
    var threads: Int?
    @Option(name: .long, help: ArgumentHelp("Memory that tensors may take, in MiB.", valueName: "mib"))
    var memory: Int = 8_192
    @Option(name: .long, help: ArgumentHelp("Keep the run each time so many seconds have passed, and after each epoch.", valueName: "seconds"))
    var keepEvery: Int = 30
    @Flag(name: .long, help: "Go on with a run that was stopped.")
    var resume = false
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(epochs ?? 1), (1...4_096).contains(batch ?? 1) else { throw ValidationError("--epochs must be 1 to 10000, --batch 1 to 4096") }
        let (rate, share) = (rate ?? 1e-3, heldOut ?? 0.1)
        guard rate > 0, rate <= 1, share > 0, share < 1 else { throw ValidationError("--rate must be above 0 and at most 1, --held-out between 0 and 1") }
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads must be 1 to 64") }
        if let patience, patience < 1 { throw ValidationError("--patience must be positive") }
        guard (16...1 << 22).contains(memory) else { throw ValidationError("--memory must be 16 to 4194304") }
        guard (1...86_400).contains(keepEvery) else { throw ValidationError("--keep-every must be 1 to 86400") }
    }

    /// Threads to compute with.
    var width: Int { threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

    func workspace() throws -> Workspace { Workspace(pool: try ThreadPool(width: width), byteCountMax: memory << 20) }

    /// The share of examples to measure with.
    func share(_ defaults: Defaults) -> Double { heldOut ?? defaults.heldOut }

    /// The plan that these options ask for.
    ///
    /// - Parameter data: what the run learns from: a kept run goes on with the same only.
    func plan(_ defaults: Defaults, data: [TuneReport.DataFile]) -> TrainingPlan {
        var plan = TrainingPlan()
        (plan.epochs, plan.batchCount, plan.rate) = (epochs ?? defaults.epochs, batch ?? defaults.batch, Float(rate ?? defaults.rate))
        (plan.patience, plan.seed, plan.data) = (patience, seed, data.map(\.hash).joined(separator: " "))
        return plan
    }

    /// Files with their SHA-256.
    static func hashed(_ paths: [String]) throws -> [TuneReport.DataFile] {
        try paths.map { (name: ($0 as NSString).lastPathComponent, hash: SHA256.hex(try FileTree.read($0, byteCountMax: 1 << 30))) }
    }

    /// Warns of examples that stand in both parts: they flatter the figures.
    static func warn(repeated: Int, of count: Int) {
        guard repeated > 0 else { return }
        Terminal.note(Terminal.say("warning: \(repeated) of \(count) held-out examples also stand among the others", "警告：\(count) 个留出样本中有 \(repeated) 个也出现在训练样本中"))
    }
}
