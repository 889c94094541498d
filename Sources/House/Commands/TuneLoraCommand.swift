import ArgumentParser
import Core
import Foundation
import Inference
import Models
import Store
import Tensors
import Tuning

/// `banyan tune lora`
struct TuneLoraCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lora", abstract: "Fine-tune a language model: an adapter learns beside its weights.",
        discussion: """
            Data are JSONL or a JSON array: chat messages, alpaca, conversations, plain text, or preferences (`banyan tune check` says what is wrong with them). Only answers are learned; preferences are learned by DPO. The model \
            may be quantized: its weights stay as they are. --out is a GGUF adapter that llama.cpp reads, too. With --register it answers as MODEL:NAME at once; `banyan model merge` makes a model of both.
            """)

    @Option(name: .long, help: "A model's name, or a GGUF file.")
    var model: String
    @Option(name: .long, help: ArgumentHelp("What is learned.", valueName: "file"))
    var data: String
    @Option(name: .long, help: ArgumentHelp("What is measured with, instead of a part of the data.", valueName: "file"))
    var validation: String?
    @Option(name: .long, help: "The form of the data. The default is that of the first row.")
    var format: InstructionFormat?
    @Option(name: .long, help: "Which answers of a conversation are learned: all or last.")
    var answers: ConversationTokenizer.Answers = .all
    @OptionGroup var adapter: AdapterOptions
    @Option(name: .long, help: ArgumentHelp("Go on from this adapter, of the same layers and rank.", valueName: "file"))
    var from: String?
    @Option(name: .long, help: ArgumentHelp("Register the adapter under this name after its model's.", valueName: "name"))
    var register: String?
    @Option(name: .long, help: ArgumentHelp("The data directory that holds the model.", valueName: "dir"))
    var models: String = "./banyan-data"
    @OptionGroup var options: TuneOptions

    func validate() throws {
        _ = try adapter.settings()
        if register != nil, FileManager.default.fileExists(atPath: model) { throw ValidationError("--register needs a model that is registered: import it first") }
    }

    func run() async throws {
        var plan = options.plan(AdapterRun.defaults, data: [])
        (plan.weightDecay, plan.accumulationCount) = (Float(adapter.decay), adapter.accumulate)
        let request = AdapterRun.Request(
            model: try await AdapterRun.path(of: model, in: models), data: data, validation: validation, format: format, answers: answers, settings: try adapter.settings(), isExact: adapter.exact,
            isPacked: adapter.pack, plan: plan, heldOut: options.share(AdapterRun.defaults))
        let run = try AdapterRun(request, byteCountMax: options.memory << 20)
        for warning in run.set.warnings { Terminal.note(warning) }
        TuneOptions.warn(repeated: run.set.repeated, of: run.set.heldOutCount)
        let decoder = try run.decoder(in: options.workspace(), from: try from.map { try Adapter(path: $0) }, progress: ProgressLine(isQuiet: options.output.json).sink)
        if run.set.isPreference {
            try train(try PreferenceTuning(decoder, beta: Float(adapter.beta)), run.set.preferences, run) { $0.decoder }
        } else {
            try train(decoder, run.set.examples, run) { $0 }
        }
        guard let register else { return }
        let directory = try DataOptions.of(directory: models)
        let store = try directory.owned()
        let record = try await ModelRegistry(store: store, clock: SystemWallClock()).addAdapter(options.out, base: model, name: register)
        Terminal.note(Terminal.say("registered as \(record.name)", "已注册为 \(record.name)"))
        try store.close()
    }

    private func train<Network: TrainableNetwork>(
        _ network: Network, _ parts: (training: [Network.Example], heldOut: [Network.Example]), _ prepared: AdapterRun, decoder: @escaping (Network) -> AdaptedDecoder
    ) throws {
        let (set, memory) = (prepared.set, prepared.memory)
        var plan = prepared.plan
        if let from { plan.data += " " + SHA256.hex(try FileTree.read(from, byteCountMax: 1 << 30)) }
        if set.isPreference { plan.data += " \(adapter.beta)" }
        let notes = prepared.notes(license: options.license)
        var run = try TuneRun(try Trainer(network, training: parts.training, heldOut: parts.heldOut, plan: plan), about: [:], measure: set.measure, options: options) { network, path in
            try decoder(network).adapter(notes: notes).write(to: path)
        }
        try run.drive()
        let seconds = run.seconds
        let tokens = run.examplesPerSecond * set.meanTokens
        let loss = run.trainer.points.last?.heldOutLoss ?? .nan
        let highest = (decoder(run.trainer.network).base.workspace.highestByteCount + memory.weights) >> 20
        try run.finish(
            TuneReport(
                purpose: "An adapter for \((model as NSString).lastPathComponent).", data: set.files, heldOut: set.heldOutCount, repeated: set.repeated,
                figures: [
                    ("rank, alpha", "\(adapter.rank), \(adapter.alpha ?? 2 * Double(adapter.rank))"), ("tokens learned", "\(set.learned.answerTokenCount)"), ("held-out loss", "\(Terminal.rounded(Double(loss), 4))"),
                ],
                json: [
                    "tokens_per_second": .double(tokens), "step_losses": .array(run.stepLosses.map { .double(Double($0)) }), "memory_mib": .int(highest), "estimated_mib": .int(memory.total >> 20),
                    "train_seconds": .double(seconds),
                ],
                rows: [
                    [Terminal.say("tokens/s", "词元/秒"), Terminal.rounded(tokens, 1)], [Terminal.say("held-out loss, perplexity", "留出损失、困惑度"), "\(Terminal.rounded(Double(loss), 4)), \(Terminal.rounded(exp(Double(loss)), 2))"],
                    [Terminal.say("memory", "内存"), "\(highest) MiB"],
                ]))
    }
}

/// What an adapter is made of, on the command line.
struct AdapterOptions: ParsableArguments {
    @Option(name: .long, help: "Rank of the added matrices.")
    var rank: Int = 8
    @Option(name: .long, help: "What they are weighed by: alpha / rank. The default is twice the rank.")
    var alpha: Double?
    @Option(name: .long, help: ArgumentHelp("Layers that get one, by comma: q,k,v,o,gate,up,down, or all.", valueName: "layers"))
    var targets: String = "all"
    @Option(name: .long, help: "The share of inputs that is left out while training.")
    var dropout: Double = 0
    @Flag(name: .long, help: "Weigh by alpha / sqrt(rank) (rsLoRA), for high ranks.")
    var rankStabilized = false
    @Flag(name: .long, help: "Learn the length of every row by itself (DoRA).")
    var magnitudes = false
    @Option(name: .long, help: ArgumentHelp("Tokens of the longest example.", valueName: "tokens"))
    var context: Int = 1024
    @Option(name: .long, help: ArgumentHelp("Parts that a batch is computed in, for less memory.", valueName: "n"))
    var accumulate: Int = 1
    @Flag(name: .long, help: "Pack examples into rows of --context tokens; --batch counts rows then.")
    var pack = false
    @Flag(name: .long, help: "Compute what lies inside blocks again instead of keeping it: less memory, more time.")
    var recompute = false
    @Flag(name: .long, help: "Compute with floats throughout, rounding nothing: slower, and four times the memory.")
    var exact = false
    @Option(name: .long, help: "How far preferences may carry the model: small is far (DPO).")
    var beta: Double = 0.1
    @Option(name: .long, help: "Weight decay.")
    var decay: Double = 0.01

    private static let names: [String: LinearKind] = ["q": .query, "k": .key, "v": .value, "o": .output, "gate": .gate, "up": .up, "down": .down]

    func settings() throws -> AdapterSettings {
        var settings = AdapterSettings()
        (settings.rank, settings.alpha, settings.dropout, settings.context) = (rank, Float(alpha ?? 2 * Double(rank)), Float(dropout), context)
        (settings.isRankStabilized, settings.hasMagnitudes, settings.savesMemory) = (rankStabilized, magnitudes, recompute)
        if targets != "all" {
            settings.targets = try Set(
                targets.split(separator: ",").map { name in
                    guard let kind = Self.names[String(name)] else { throw ValidationError("--targets knows q, k, v, o, gate, up, down and all, not \(name)") }
                    return kind
                })
        }
        guard (1...4096).contains(accumulate) else { throw ValidationError("--accumulate must be 1 to 4096") }
        try settings.check()
        return settings
    }
}
