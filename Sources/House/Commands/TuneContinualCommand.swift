import ArgumentParser
import Core
import Foundation
import Synchronization
import Tuning

extension ContinualMethod: ExpressibleByArgument {}

/// `banyan tune continual`
struct TuneContinualCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "continual", abstract: "Train a classifier of texts on tasks one after another, and measure what it forgets.",
        discussion: """
            Each task is a file as of `banyan tune classifier`, with labels of its own. Methods: replay learns a bounded sample of earlier texts along; ewc holds what earlier tasks depend on (elastic weight consolidation); \
            adapters gives each source an orthogonal low-rank adapter, which `banyan tune withdraw` takes away again; plain does nothing against forgetting, and joint learns all tasks at once: between the two lies what can be reached. \
            Beside the model stand its card (.md) and the matrix of accuracies (.svg).
            """)

    @Option(name: .long, help: ArgumentHelp("A task and its file, in the order of learning; give several.", valueName: "name=file"))
    var task: [String]
    @Option(name: .long, help: ArgumentHelp("How it keeps what it knows: plain, replay, ewc, adapters or joint.", valueName: "method"))
    var method: ContinualMethod = .replay
    @Option(name: .long, help: ArgumentHelp("Texts of a task at most, by chance.", valueName: "n"))
    var limit: Int?
    @Option(name: .long, help: ArgumentHelp("Texts that replay keeps, of all tasks together.", valueName: "n"))
    var buffer: Int = TaskStream.Options().bufferCount
    @Option(name: .long, help: ArgumentHelp("How much elastic weight consolidation counts against the loss.", valueName: "number"))
    var strength: Double = Double(TaskStream.Options().strength)
    @Option(name: .long, help: ArgumentHelp("Outputs that an adapter may change. The default is an even share of the width.", valueName: "n"))
    var rank: Int?
    @Option(name: .long, help: ArgumentHelp("Places that pieces of text are hashed into.", valueName: "n"))
    var buckets: Int = 1 << 15
    @Option(name: .long, help: ArgumentHelp("Numbers of a piece's vector.", valueName: "n"))
    var width: Int = 64
    @OptionGroup var options: TuneOptions

    /// An adapter has fewer numbers to learn with, and forgets nothing by learning longer.
    private var defaults: TuneOptions.Defaults { .init(epochs: method == .adapters ? 12 : 4, batch: 64, rate: 3e-3, heldOut: 0.15) }

    func validate() throws {
        guard !task.isEmpty, task.count <= 64, task.allSatisfy({ $0.split(separator: "=", maxSplits: 1).count == 2 }) else { throw ValidationError("give 1 to 64 tasks, each --task NAME=FILE") }
        guard (1 << 8...1 << 22).contains(buckets), (4...1_024).contains(width) else { throw ValidationError("--buckets must be 256 to 4194304, --width 4 to 1024") }
        guard (0...1_000_000).contains(buffer), strength >= 0, strength <= 1e9, (1...1_024).contains(rank ?? 1), (2...10_000_000).contains(limit ?? 2) else {
            throw ValidationError("--buffer must be 0 to 1000000, --strength 0 to 1e9, --rank 1 to 1024, --limit 2 to 10000000")
        }
        if options.resume { throw ValidationError("a stream cannot be resumed: start it again") }
    }

    private var streamOptions: TaskStream.Options {
        var all = TaskStream.Options()
        (all.method, all.bucketCount, all.width, all.bufferCount, all.strength, all.rank) = (method, buckets, width, buffer, Float(strength), rank)
        return all
    }

    func run() async throws {
        let named = task.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        var repeated = 0
        let tasks = try named.map { parts in
            let found = try loaded(parts[0], parts[1])
            repeated += TextSet.repeated(found.training, found.heldOut)
            return found
        }
        TuneOptions.warn(repeated: repeated, of: tasks.reduce(0) { $0 + $1.heldOut.count })
        let files = try TuneOptions.hashed(named.map { $0[1] })
        var stream = try TaskStream(tasks, options: streamOptions, plan: options.plan(defaults, data: files), in: options.workspace())
        let start = ContinuousClock.now
        try drive(&stream)
        try finish(stream, files: files, repeated: repeated, heldOut: tasks.reduce(0) { $0 + $1.heldOut.count }, seconds: Terminal.seconds(ContinuousClock.now - start))
    }

    private func loaded(_ name: String, _ path: String) throws -> TextTask {
        var set = try TextSet(path: path)
        if let limit, set.items.count > limit {
            var random = SeededRandom(seed: options.seed)
            set = try TextSet(Array(set.items.shuffled(using: &random).prefix(limit)), name: path)
        }
        let (training, heldOut) = set.split(heldOut: options.share(defaults), seed: options.seed)
        return TextTask(name: name, labels: set.labels, training: training, heldOut: heldOut)
    }

    private func drive(_ stream: inout TaskStream) throws {
        let stopped = Mutex(false)
        let interrupts = Interrupts(cancelling: { stopped.withLock { $0 = true } })
        defer { interrupts.end() }
        let sink = ProgressLine(isQuiet: options.output.json).sink
        while true {
            switch try stream.next() {
            case .finished: return
            case .trained(let task, let step, let total): sink(JobProgress(phase: method == .joint ? Terminal.say("all tasks", "全部任务") : stream.matrix.tasks[task], done: step, total: total))
            case .learned(_, let accuracies):
                if !options.output.json { Terminal.note(accuracies.map { Terminal.rounded($0 * 100, 1) }.joined(separator: "  ")) }
            }
            if stopped.withLock({ $0 }) {
                throw Fault(.tuningStopped, Terminal.say("stopped before all tasks were learned", "未学完全部任务即停止"), remedy: Terminal.say("start it again", "重新开始"))
            }
        }
    }

    private func finish(_ stream: TaskStream, files: [TuneReport.DataFile], repeated: Int, heldOut: Int, seconds: Double) throws {
        let (out, matrix) = (options.out, stream.matrix)
        if method == .adapters {
            try stream.stack.write(to: out)
        } else {
            let network = try stream.result()
            try Checkpoint.write(network.parameterNames, network.parameters, about: network.about, to: out)
        }
        try Data(matrix.svg(title: Terminal.say("Right answers after each task, %", "每个任务之后的正确率（%）")).utf8).write(to: URL(fileURLWithPath: out + ".svg"), options: .atomic)
        let figures = figures(matrix, kept: stream.keptByteCount)
        let card = ModelCard(
            title: (out as NSString).lastPathComponent, purpose: "Answers \(matrix.tasks.count) questions about texts, \(method == .joint ? "learned together" : "learned one after another by " + method.rawValue): \(matrix.tasks.joined(separator: ", ")).", data: files, license: options.license,
            seed: options.seed, figures: figures.map { ($0.en, $0.value) } + [("examples measured with", "\(heldOut), \(repeated) of them also learned from")],
            limits: "Measured on texts held out of the same files only. A question must be named: the network does not tell tasks apart.")
        try Data(card.markdown.utf8).write(to: URL(fileURLWithPath: out + ".md"), options: .atomic)
        guard !options.output.json else {
            var json = matrix.json
            (json["method"], json["seconds"], json["kept_bytes"], json["model"]) = (.string(method.rawValue), .double(seconds), .int(stream.keptByteCount), .string(out))
            json["forgetting_per_megabyte"] = matrix.forgettingPerMegabyte(stream.keptByteCount).map { .double($0) } ?? .null
            return Terminal.out(json.prettyText)
        }
        let names = matrix.rows.count == 1 ? [Terminal.say("all tasks", "全部任务")] : matrix.tasks
        let header = [Terminal.say("right after, %", "之后的正确率 %")] + matrix.tasks
        Terminal.out(Terminal.table([header] + zip(names, matrix.rows).map { name, row in [name] + row.map { Terminal.rounded($0 * 100, 1) } }))
        Terminal.out("\n" + Terminal.table(figures.map { [Terminal.say($0.en, $0.zh), $0.value] } + [[Terminal.say("time", "用时"), "\(Terminal.rounded(seconds, 1)) s"]]))
    }

    private func figures(_ matrix: TransferMatrix, kept: Int) -> [(en: String, zh: String, value: String)] {
        func points(_ value: Double) -> String { Terminal.rounded(value * 100, 2) + " %" }
        let average = (en: "average accuracy", zh: "平均正确率", value: points(matrix.averageAccuracy))
        // What is learned at once is not transferred.
        guard matrix.rows.count > 1 else { return [average] }
        let each = matrix.forgettingPerMegabyte(kept).map(points) ?? "-"
        return [
            average, ("backward transfer", "后向迁移", points(matrix.backwardTransfer)), ("forward transfer", "前向迁移", points(matrix.forwardTransfer)),
            ("forgetting", "遗忘", points(matrix.forgetting)), ("kept beside the network", "网络之外保留", "\(Terminal.rounded(Double(kept) / 1e6, 2)) MB"), ("forgetting per MB", "每 MB 遗忘", each),
        ]
    }
}
